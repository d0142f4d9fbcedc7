#include "report/html.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace vya {

namespace {

/// The number of a character from its UTF-8, which is right and is `character` alone.
char32_t number_of(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1) return byte(0);
  char32_t number = byte(0) & (0x7FU >> character.size());
  for (std::size_t i = 1; i < character.size(); ++i) number = number << 6 | (byte(i) & 0x3FU);
  return number;
}

/// Controls (C0, C1), what changes the direction or the place of lines (UAX 9), and what takes no
/// room. Characters that HTML forbids are among them.
bool is_hidden(char32_t c) {
  if (c == '\n' || c == '\t') return false;
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE;
}

void add_character(std::string& to, std::string_view character) {
  switch (const char32_t c = number_of(character)) {
    case '&':
      to += "&amp;";
      break;
    case '<':
      to += "&lt;";
      break;
    case '>':
      to += "&gt;";
      break;
    case '"':
      to += "&quot;";
      break;
    case '\'':
      to += "&#39;";
      break;
    default:
      if (is_hidden(c)) {
        to += fmt::format("[U+{:04X}]", static_cast<std::uint32_t>(c));
      } else {
        to += character;
      }
  }
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) {
      escaped += "\xEF\xBF\xBD";
    } else {
      add_character(escaped, text.substr(0, length));
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return escaped;
}

void Html::add_name(std::string_view tag, const HtmlAttributes& attributes) {
  text_ += fmt::format("<{}", tag);
  for (const auto& [name, value] : attributes)
    text_ += fmt::format(" {}=\"{}\"", name, html_escaped(value));
}

void Html::begin(std::string_view tag, const HtmlAttributes& attributes) {
  add_name(tag, attributes);
  text_ += '>';
}

void Html::end(std::string_view tag) { text_ += fmt::format("</{}>", tag); }

void Html::in(std::string_view tag, const HtmlAttributes& attributes, const std::string& text) {
  in(tag, attributes, [&] { this->text(text); });
}

void Html::empty(std::string_view tag, const HtmlAttributes& attributes) {
  add_name(tag, attributes);
  // HTML does not look at the slash of its own empty elements; elements of SVG need it.
  text_ += " />";
}

}  // namespace vya
