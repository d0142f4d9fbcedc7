#include "engine/postgresql/small_databases.h"

#include <algorithm>
#include <mutex>
#include <vector>

namespace vya::pg {

namespace {

constexpr const char* kBytes =
    "SELECT coalesce(sum(pg_catalog.pg_relation_size(oid)), 0) FROM pg_catalog.pg_class"
    " WHERE relkind IN ('r', 'm') AND oid >= 16384";

std::size_t entries_of(const DatabaseModel& database) {
  const auto found = database.entries.find(Stage::kIndexes);
  return found == database.entries.end() ? 0 : found->second;
}

/// Where databases are fewer than sessions, each small one with a session of its own leaves some
/// idle.
bool are_many(const Restoration& restoration) {
  const auto with_entries =
      std::ranges::count_if(restoration.backup.databases,
                            [](const DatabaseModel& database) { return entries_of(database) > 0; });
  return static_cast<std::size_t>(with_entries) > restoration.jobs;
}

bool is_small(Restoration& restoration, const DatabaseModel& database) {
  if (entries_of(database) > kMostEntriesOfSmall) return false;
  TargetSession session = restoration.sessions.borrow(database.database.name);
  const std::int64_t bytes = session->query(kBytes).number(0, 0);
  return static_cast<std::uint64_t>(bytes) <= kMostBytesOfSmall;
}

}  // namespace

void for_each_by_size(Restoration& restoration,
                      const std::function<void(const DatabaseModel&, unsigned jobs)>& work) {
  const bool may_share = are_many(restoration);
  std::mutex mutex;
  std::vector<const DatabaseModel*> large;
  for_each_database(restoration, [&](const DatabaseModel& database) {
    if (entries_of(database) == 0 || (may_share && is_small(restoration, database)))
      return work(database, 1);
    const std::lock_guard lock(mutex);
    large.push_back(&database);
  });
  std::ranges::sort(large, {}, [](const DatabaseModel* one) { return one->database.number; });
  for (const DatabaseModel* database : large) work(*database, restoration.jobs);
}

}  // namespace vya::pg
