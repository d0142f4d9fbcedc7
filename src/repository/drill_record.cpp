#include "repository/drill_record.h"

#include <fmt/format.h>

#include <algorithm>

namespace vya {

namespace {

constexpr std::string_view kPicture = "dddd/dd/";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool DrillRecord::passed() const {
  const bool failed = std::ranges::any_of(
      checks, [](const DrillCheck& check) { return check.result == DrillCheck::Result::kFailed; });
  const bool found = std::ranges::any_of(findings, &RecordedFinding::fault);
  return !failed && !found && !checks.empty();
}

std::string evidence_name(Time time, const std::string& random) {
  const std::string compact = to_compact(time);
  return fmt::format("{}/{}/{}-{}", compact.substr(0, 4), compact.substr(4, 2), compact, random);
}

bool is_evidence_name(std::string_view name) {
  if (name.size() < kPicture.size()) return false;
  const std::string_view folders = name.substr(0, kPicture.size());
  const bool fits = std::ranges::equal(folders, kPicture, [](char c, char wanted) {
    return wanted == 'd' ? is_digit(c) : c == wanted;
  });
  return fits && is_epoch(name.substr(kPicture.size()));
}

const char* word_of(DrillCheck::Result result) {
  switch (result) {
    case DrillCheck::Result::kPassed:
      return "passed";
    case DrillCheck::Result::kFailed:
      return "failed";
    case DrillCheck::Result::kSkipped:
      return "skipped";
  }
  return "";
}

}  // namespace vya
