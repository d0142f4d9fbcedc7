// Brings back the definitions: those before the rows, those after, and those that come last of all.
#include <algorithm>

#include "engine/postgresql/globals_sql.h"
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

Statement public_schema(const Catalog& catalog) {
  if (catalog.has_public_schema) return set_comment("SCHEMA", "\"public\"", catalog.public_comment);
  return {.what = "drop schema \"public\"", .sql = "DROP SCHEMA IF EXISTS \"public\""};
}

Statement plpgsql(const Catalog& catalog) {
  const auto found = std::ranges::find(catalog.extensions, "plpgsql", &Extension::name);
  if (found != catalog.extensions.end())
    return set_comment("EXTENSION", "\"plpgsql\"", found->comment);
  return {.what = "drop extension \"plpgsql\"", .sql = "DROP EXTENSION IF EXISTS \"plpgsql\""};
}

/// A new database has things by itself, and pg_dump does not say when they were dropped or changed.
void correct_what_is_there(Restoration& restoration, const DatabaseModel& database) {
  const std::string& name = database.database.name;
  TargetSession session = restoration.sessions.borrow(name);
  execute(*session, in_database(name, public_schema(database.catalog)));
  execute(*session, in_database(name, plpgsql(database.catalog)));
}

void restore_schema_of(Restoration& restoration, const DatabaseModel& database) {
  correct_what_is_there(restoration, database);
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
