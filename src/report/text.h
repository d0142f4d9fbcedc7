// Aligned text for people.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "report/finding.h"

namespace vya {

enum class Align { kLeft, kRight };

/// A column of a table: its heading, and where its cells stand.
struct Column {
  std::string heading;
  Align align = Align::kLeft;
};

/// A table with a line of headings; each row has a cell per column, which is made printable. Lines
/// have no spaces at their ends.
std::string table_to_text(const std::vector<Column>& columns,
                          const std::vector<std::vector<std::string>>& rows);

/// Lines of `name  value`, the values below each other, each line after `indent` spaces.
std::string pairs_to_text(const std::vector<std::pair<std::string, std::string>>& pairs,
                          std::size_t indent = 0);

/// A finding and its cure, behind `indent` spaces.
std::string finding_to_text(const Finding& finding, std::size_t indent);

/// `1,234,567`.
std::string grouped(std::uint64_t number);

/// `2026-11-22 03:00:00 UTC`.
std::string second_of(Time time);

/// `2026-11-22 03:00`, for a table that says that it is UTC.
std::string minute_of(Time time);

/// A duration without what is zero: `0.4 s`, `41 s`, `30 min`, `7 h 12 min`, `12 d 3 h`.
std::string brief(std::chrono::microseconds duration);

/// `1 file`, `2 files`; the plural is formed with an `s`.
std::string counted(std::uint64_t number, const std::string& noun);

}  // namespace vya
