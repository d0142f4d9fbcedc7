#include "engine/postgresql/missing_entries.h"

#include <algorithm>

namespace vya::pg {

void MissingEntries::add(int database, const Entry& entry) {
  const std::lock_guard lock(mutex_);
  Missing& missing = databases_[database];
  missing.ids.insert(entry.id);
  const bool is_relation = entry.kind.ends_with("TABLE") || entry.kind.ends_with("VIEW");
  if (is_relation) missing.relations.insert({entry.schema, entry.name});
}

bool MissingEntries::any() const {
  const std::lock_guard lock(mutex_);
  return !databases_.empty();
}

bool MissingEntries::needs_one(int database, const Entry& entry) const {
  const std::lock_guard lock(mutex_);
  const auto found = databases_.find(database);
  return found != databases_.end() && std::ranges::any_of(entry.dependencies, [&](int id) {
           return found->second.ids.contains(id);
         });
}

bool MissingEntries::has(int database, const TableName& relation) const {
  const std::lock_guard lock(mutex_);
  const auto found = databases_.find(database);
  return found != databases_.end() && found->second.relations.contains(relation);
}

}  // namespace vya::pg
