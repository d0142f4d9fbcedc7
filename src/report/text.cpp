#include "report/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/printable.h"

namespace vya {

namespace {

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

/// How many characters a UTF-8 text shows, near enough: bytes that continue a character are not
/// counted.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void add_cell(std::string& line, const std::string& cell, std::size_t width, Align align) {
  const std::string padding(width - width_of(cell), ' ');
  line += align == Align::kLeft ? cell + padding : padding + cell;
}

void end_line(std::string& text, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  text += line + '\n';
}

}  // namespace

std::string table_to_text(const std::vector<Column>& columns,
                          const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::vector<std::string>> lines(1);
  for (const Column& column : columns) lines[0].push_back(column.heading);
  for (const std::vector<std::string>& row : rows) {
    std::vector<std::string>& cells = lines.emplace_back();
    std::ranges::transform(row, std::back_inserter(cells), printable_line);
  }
  std::string text;
  std::vector<std::size_t> widths(columns.size());
  for (const auto& cells : lines) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      widths[i] = std::max(widths[i], width_of(cells[i]));
    }
  }
  for (const auto& cells : lines) {
    std::string line;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) line += "  ";
      add_cell(line, cells[i], widths[i], columns[i].align);
    }
    end_line(text, std::move(line));
  }
  return text;
}

std::string pairs_to_text(const std::vector<std::pair<std::string, std::string>>& pairs,
                          std::size_t indent) {
  std::size_t width = 0;
  for (const auto& [name, value] : pairs) width = std::max(width, width_of(name));
  std::string text;
  for (const auto& [name, value] : pairs) {
    std::string line(indent, ' ');
    add_cell(line, name, width, Align::kLeft);
    end_line(text, line + "  " + printable_line(value));
  }
  return text;
}

std::string finding_to_text(const Finding& finding, std::size_t indent) {
  const char* word = finding.severity == Severity::kFault ? "fault" : "notice";
  std::string text = fmt::format("{:{}}{}: {} {}\n", "", indent, word,
                                 printable_line(finding.where), printable_line(finding.what));
  if (!finding.cure.empty()) text += fmt::format("{:{}}  cure: {}\n", "", indent, finding.cure);
  return text;
}

std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
  return text;
}

std::string second_of(Time time) {
  const std::string text = to_text(time);
  return text.substr(0, 10) + ' ' + text.substr(11, 8) + " UTC";
}

std::string minute_of(Time time) { return second_of(time).substr(0, 16); }

std::string brief(std::chrono::microseconds duration) {
  const auto total = duration.count() / 1'000'000;
  if (total < 60) return human_duration(duration);
  const auto in_two = [&](std::int64_t large, const char* unit, std::int64_t small,
                          const char* part) {
    const std::string text = fmt::format("{} {}", total / large, unit);
    const std::int64_t rest = total % large / small;
    return rest == 0 ? text : fmt::format("{} {} {}", text, rest, part);
  };
  if (total < kHour) return in_two(kMinute, "min", 1, "s");
  if (total < 2 * kDay) return in_two(kHour, "h", kMinute, "min");
  return in_two(kDay, "d", kHour, "h");
}

std::string counted(std::uint64_t number, const std::string& noun) {
  return grouped(number) + ' ' + noun + (number == 1 ? "" : "s");
}

}  // namespace vya
