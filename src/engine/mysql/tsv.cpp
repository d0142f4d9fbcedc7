#include "engine/mysql/tsv.h"

#include <cstdint>
#include <cstring>

namespace vya::mysql {

namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);

constexpr std::uint64_t repeated(unsigned char byte) { return 0x0101010101010101ull * byte; }

bool is_special(char c) { return c == '\t' || c == '\n' || c == '\\' || c == '\0'; }

/// Whether one of eight bytes may be special: exactly for the backslash, and for all that is not
/// above a line feed. (Bit tricks: a byte below n in a word; a zero byte in a word.)
bool may_be_special(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, kWord);
  constexpr std::uint64_t kHigh = repeated(0x80);
  const std::uint64_t low = (word - repeated('\n' + 1)) & ~word & kHigh;
  const std::uint64_t slash = word ^ repeated('\\');
  return (low | ((slash - repeated(1)) & ~slash & kHigh)) != 0;
}

/// How many bytes from the first on need no escape.
std::size_t plain_length(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (at + kWord <= bytes.size() && !may_be_special(bytes.data() + at)) {
      at += kWord;
      continue;
    }
    const std::size_t end = at + kWord < bytes.size() ? at + kWord : bytes.size();
    for (; at < end; ++at) {
      if (is_special(bytes[at])) return at;
    }
  }
  return at;
}

char letter_of(char special) {
  switch (special) {
    case '\t':
      return 't';
    case '\n':
      return 'n';
    case '\0':
      return '0';
    default:
      return special;
  }
}

char meant_by(char letter) {
  switch (letter) {
    case 't':
      return '\t';
    case 'n':
      return '\n';
    case '0':
      return '\0';
    default:
      return letter;
  }
}

std::optional<std::string> field_of(std::string_view text) {
  if (text == "\\N") return std::nullopt;
  std::string field;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && i + 1 < text.size();
    field += escape ? meant_by(text[++i]) : text[i];
  }
  return field;
}

}  // namespace

void append_escaped(std::string& to, std::string_view bytes) {
  for (;;) {
    const std::size_t plain = plain_length(bytes);
    to.append(bytes, 0, plain);
    if (plain == bytes.size()) return;
    to += '\\';
    to += letter_of(bytes[plain]);
    bytes.remove_prefix(plain + 1);
  }
}

std::vector<std::optional<std::string>> tsv_fields(std::string_view row) {
  std::vector<std::optional<std::string>> fields;
  for (;;) {
    const std::size_t tab = row.find('\t');
    fields.push_back(field_of(row.substr(0, tab)));
    if (tab == std::string_view::npos) return fields;
    row.remove_prefix(tab + 1);
  }
}

}  // namespace vya::mysql
