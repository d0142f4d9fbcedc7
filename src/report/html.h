// HTML and SVG that is well-formed because it is written no other way: every element is closed by
// the one who opened it, and every text and value is escaped.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vya {

/// As HTML text or the value of an attribute. What is no UTF-8 becomes U+FFFD; characters that
/// nobody sees but that change what is seen (controls, the directions of text) become their names:
/// `[U+202E]`. Lines and tabs stay.
std::string html_escaped(std::string_view text);

using HtmlAttributes = std::vector<std::pair<std::string_view, std::string>>;

class Html {
 public:
  /// An element with what `inside()` writes in it.
  template <std::invocable Inside>
  void in(std::string_view tag, const HtmlAttributes& attributes, Inside inside) {
    begin(tag, attributes);
    inside();
    end(tag);
  }
  template <std::invocable Inside>
  void in(std::string_view tag, Inside inside) {
    in(tag, {}, inside);
  }

  /// An element with a text in it.
  void in(std::string_view tag, const HtmlAttributes& attributes, const std::string& text);
  void in(std::string_view tag, const std::string& text) { in(tag, {}, text); }

  /// An element with nothing in it: `<meta />`, in SVG `<line />`.
  void empty(std::string_view tag, const HtmlAttributes& attributes);

  void text(std::string_view text) { text_ += html_escaped(text); }

  /// `<!DOCTYPE html>`, a style sheet: what is written in this program and nowhere else.
  void verbatim(const char* constant) { text_ += constant; }

  std::string take() { return std::move(text_); }

 private:
  void add_name(std::string_view tag, const HtmlAttributes& attributes);
  void begin(std::string_view tag, const HtmlAttributes& attributes);
  void end(std::string_view tag);

  std::string text_;
};

}  // namespace vya
