#include "engine/postgresql/outcome.h"

#include <fmt/format.h>

namespace vya::pg {

namespace {

/// In the plural, as the counts are shown.
std::string name(Count what) {
  switch (what) {
    case Count::kRoles:
      return "roles";
    case Count::kMemberships:
      return "memberships";
    case Count::kTablespaces:
      return "tablespaces";
    case Count::kDatabases:
      return "databases";
    case Count::kExtensions:
      return "extensions";
    case Count::kTables:
      return "tables";
    case Count::kDefinitions:
      return "definitions";
    case Count::kSequences:
      return "sequences";
    case Count::kLargeObjects:
      return "large objects";
    case Count::kIndexes:
      return "indexes";
    case Count::kConstraints:
      return "constraints";
    case Count::kGrants:
      return "grants";
    case Count::kMaterializedViews:
      return "materialized views";
    case Count::kSettings:
      return "settings";
  }
  return "others";
}

std::string singular(std::string plural) {
  if (plural.ends_with("xes")) plural.pop_back();
  plural.pop_back();
  return plural;
}

}  // namespace

void Outcome::add(Count what, std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  counts_[what] += number;
}

void Outcome::add_table(const std::string& database, const std::string& table) {
  const std::lock_guard lock(mutex_);
  tables_[database].push_back(table);
}

std::map<std::string, std::vector<std::string>> Outcome::tables() const {
  const std::lock_guard lock(mutex_);
  return tables_;
}

void Outcome::add(Gap gap) {
  const std::lock_guard lock(mutex_);
  gaps_.push_back(std::move(gap));
}

std::uint64_t Outcome::number(Count what) const {
  const std::lock_guard lock(mutex_);
  const auto found = counts_.find(what);
  return found == counts_.end() ? 0 : found->second;
}

Totals Outcome::totals() const {
  const std::lock_guard lock(mutex_);
  Totals totals;
  for (const auto& [what, number] : counts_) {
    if (number != 0) totals.emplace_back(name(what), number);
  }
  return totals;
}

std::vector<Gap> Outcome::gaps() const {
  const std::lock_guard lock(mutex_);
  return gaps_;
}

std::string in_words(const std::vector<std::pair<std::string, std::uint64_t>>& counts) {
  std::string text;
  for (const auto& [what, number] : counts) {
    if (number == 0) continue;
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", number, number == 1 ? singular(what) : what);
  }
  return text.empty() ? "nothing to do" : text;
}

}  // namespace vya::pg
