// What a restore did: counts and gaps, added by several threads.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace vya::pg {

/// What is counted, in the order in which people expect to read it.
enum class Count {
  kRoles,
  kMemberships,
  kTablespaces,
  kDatabases,
  kExtensions,
  kTables,
  kDefinitions,  ///< all entries, tables and indexes among them
  kSequences,
  kLargeObjects,
  kIndexes,
  kConstraints,
  kGrants,
  kMaterializedViews,
  kSettings,
};

class Outcome {
 public:
  void add(Count what, std::uint64_t number = 1);
  void add(Gap gap);
  /// A table that was made, quoted.
  void add_table(const std::string& database, const std::string& table);

  std::uint64_t number(Count what) const;
  /// All that is not zero.
  Totals totals() const;
  std::vector<Gap> gaps() const;
  /// By database.
  std::map<std::string, std::vector<std::string>> tables() const;

 private:
  mutable std::mutex mutex_;
  std::map<Count, std::uint64_t> counts_;
  std::vector<Gap> gaps_;
  std::map<std::string, std::vector<std::string>> tables_;
};

/// `3 roles, 1 membership`; what is zero is left out, and `nothing to do` stands for nothing.
std::string in_words(const std::vector<std::pair<std::string, std::uint64_t>>& counts);

}  // namespace vya::pg
