#include "report/table_html.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace vya {

namespace {

/// A cell is not broken into lines when it is no longer, nor an id.
constexpr std::size_t kShortCell = 18;
constexpr std::size_t kLongestId = 32;
/// Of one text: an error of a server may be a whole page.
constexpr std::size_t kMostCharacters = 2000;

/// The text, or its beginning and how many bytes more it has.
std::string bounded(const std::string& text) {
  if (text.size() <= kMostCharacters) return text;
  std::size_t end = 0;
  while (end < kMostCharacters) {
    const std::size_t length = utf8_length(std::string_view(text).substr(end));
    end += length == 0 ? 1 : length;
  }
  return fmt::format("{} [and {} more]", text.substr(0, end),
                     counted(text.size() - std::min(end, text.size()), "byte"));
}

bool is_short(const std::string& text) {
  return text.size() <= kShortCell ||
         (text.size() <= kLongestId && text.find(' ') == std::string::npos);
}

std::string style_of(const Cell& cell, const Column& column) {
  std::string style;
  if (cell.tone == Tone::kGood) style = "good ";
  if (cell.tone == Tone::kBad) style = "bad ";
  if (column.align == Align::kRight) return style + "number";
  if (is_short(cell.text)) return style + "short";
  return style;
}

void write_cell(Html& html, const Cell& cell, const SectionIds& sections) {
  const auto section = sections.find(cell.instance);
  if (cell.instance.empty() || section == sections.end()) {
    html.text(bounded(cell.text));
  } else {
    html.in("a", {{"href", "#" + section->second}}, bounded(cell.text));
  }
}

void write_row(Html& html, const ReportTable& table, const std::vector<Cell>& row,
               const SectionIds& sections) {
  html.in("tr", [&] {
    for (std::size_t i = 0; i < row.size(); ++i) {
      HtmlAttributes attributes;
      if (i == 0) attributes.emplace_back("scope", "row");
      const std::string style = style_of(row[i], table.columns[i]);
      if (!style.empty()) attributes.emplace_back("class", style);
      html.in(i == 0 ? "th" : "td", attributes, [&] { write_cell(html, row[i], sections); });
    }
  });
  html.text("\n");
}

}  // namespace

void write_table(Html& html, const ReportTable& table, const SectionIds& sections) {
  if (table.rows.empty()) return;
  // What is wider than the window is scrolled, with the keyboard too.
  const HtmlAttributes region = {
      {"class", "wide"}, {"role", "region"}, {"aria-label", table.caption}, {"tabindex", "0"}};
  html.in("div", region, [&] {
    html.in("table", [&] {
      html.in("caption", table.caption);
      html.in("thead", [&] {
        html.in("tr", [&] {
          for (const Column& column : table.columns) {
            HtmlAttributes attributes = {{"scope", "col"}};
            if (column.align == Align::kRight) attributes.emplace_back("class", "number");
            html.in("th", attributes, column.heading);
          }
        });
      });
      html.text("\n");
      html.in("tbody", [&] {
        for (const auto& row : table.rows) write_row(html, table, row, sections);
      });
    });
  });
  if (!table.rest.empty()) html.in("p", {{"class", "rest"}}, table.rest + ".");
  html.text("\n");
}

void write_facts(Html& html, const std::vector<Fact>& facts, const std::string& style) {
  html.in("dl", {{"class", style}}, [&] {
    for (const Fact& fact : facts) {
      const char* tone = fact.value.tone == Tone::kGood  ? "good"
                         : fact.value.tone == Tone::kBad ? "bad"
                                                         : "plain";
      const auto write = [&] {
        html.in("dt", fact.name);
        html.in("dd", {{"class", tone}}, bounded(fact.value.text));
      };
      html.in("div", write);
    }
  });
  html.text("\n");
}

}  // namespace vya
