// Brings back the definitions: those before the rows, those after, and those that come last of all.
#include "engine/postgresql/phases.h"
#include "engine/postgresql/restore_large_objects.h"
#include "engine/postgresql/run_entries.h"

namespace vya::pg {

namespace {

std::size_t number_of_entries(const Restoration& restoration, Stage stage) {
  std::size_t number = 0;
  for (const DatabaseModel& database : restoration.backup.databases) {
    const auto found = database.entries.find(stage);
    if (found != database.entries.end()) number += found->second;
  }
  return number;
}

void restore_schema_of(Restoration& restoration, const DatabaseModel& database) {
  if (!database.catalog.has_public_schema) {
    TargetSession session = restoration.sessions.borrow(database.database.name);
    execute(*session,
            in_database(database.database.name, {.what = "drop schema \"public\"",
                                                 .sql = "DROP SCHEMA IF EXISTS \"public\""}));
  }
  run_in_order(restoration, database, Stage::kSchema);
  if (loads_rows(restoration.scope)) create_large_objects(restoration, database);
}

}  // namespace

std::string restore_schema(Restoration& restoration) {
  for_each_database(restoration, [&](const DatabaseModel& database) {
    restore_schema_of(restoration, database);
  });
  return in_words({{"definitions", number_of_entries(restoration, Stage::kSchema)},
                   {"large objects", restoration.outcome.number(Count::kLargeObjects)}});
}

std::string restore_large_objects(Restoration& restoration) {
  for_each_database(restoration, [&](const DatabaseModel& database) {
    create_large_objects(restoration, database);
  });
  return in_words({{"large objects", restoration.outcome.number(Count::kLargeObjects)}});
}

std::string restore_indexes(Restoration& restoration) {
  // One database after another: each can use all the sessions.
  for (const DatabaseModel& database : restoration.backup.databases) {
    run_in_parallel(restoration, database, Stage::kIndexes);
  }
  return in_words({{"definitions", number_of_entries(restoration, Stage::kIndexes)},
                   {"indexes", restoration.outcome.number(Count::kIndexes)},
                   {"constraints", restoration.outcome.number(Count::kConstraints)}});
}

std::string restore_last(Restoration& restoration) {
  for_each_database(restoration, [&](const DatabaseModel& database) {
    run_in_order(restoration, database, Stage::kLast);
  });
  return in_words({{"definitions", number_of_entries(restoration, Stage::kLast)}});
}

}  // namespace vya::pg
