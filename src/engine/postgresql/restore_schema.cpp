// Brings back the definitions: those before the rows, those after, and those that come last of all.
#include <algorithm>

#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/not_null_names.h"
#include "engine/postgresql/phases.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/restore_extensions.h"
#include "engine/postgresql/restore_large_objects.h"
#include "engine/postgresql/row_loader.h"
#include "engine/postgresql/run_entries.h"
#include "engine/postgresql/small_databases.h"

namespace vya::pg {

namespace {

std::size_t number_of_entries(const DatabaseModel& database, Stage stage) {
  const auto found = database.entries.find(stage);
  return found == database.entries.end() ? 0 : found->second;
}

std::size_t number_of_entries(const Restoration& restoration, Stage stage) {
  std::size_t number = 0;
  for (const DatabaseModel& database : restoration.backup.databases)
    number += number_of_entries(database, stage);
  return number;
}

/// Runs a statement about what every new database has, if it has it. It may belong to somebody
/// else.
void correct(Restoration& restoration, Connection& connection, const DatabaseModel& database,
             const Statement& statement) {
  const Statement of_this = in_database(database.database.name, statement);
  execute_if_allowed(restoration, connection, of_this, "definition", of_this.what);
}

/// The comment of a schema or an extension, if it is another than wanted.
void correct_comment(Restoration& restoration, Connection& connection,
                     const DatabaseModel& database, const std::string& kind,
                     const std::string& name, const std::optional<std::string>& wanted) {
  const Result found = connection.query(
      kind == "SCHEMA" ? "SELECT obj_description(to_regnamespace($1)::oid, 'pg_namespace')"
                       : "SELECT obj_description(oid, 'pg_extension') FROM pg_extension WHERE "
                         "extname = $1",
      {name});
  const bool is_there = found.rows() > 0;
  if (is_there && found.optional_text(0, 0) == wanted) return;
  correct(restoration, connection, database, set_comment(kind, quote_name(name), wanted));
}

/// A new database has things by itself, and pg_dump does not say when they were dropped or changed.
void correct_what_is_there(Restoration& restoration, const DatabaseModel& database) {
  const Catalog& catalog = database.catalog;
  TargetSession session = restoration.sessions.borrow(database.database.name);
  if (catalog.has_public_schema) {
    correct_comment(restoration, *session, database, "SCHEMA", "public", catalog.public_comment);
  } else {
    correct(restoration, *session, database,
            {.what = "drop schema \"public\"", .sql = "DROP SCHEMA IF EXISTS \"public\""});
  }
  const auto plpgsql = std::ranges::find(catalog.extensions, "plpgsql", &Extension::name);
  if (plpgsql != catalog.extensions.end()) {
    correct_comment(restoration, *session, database, "EXTENSION", "plpgsql", plpgsql->comment);
  } else {
    correct(restoration, *session, database,
            {.what = "drop extension \"plpgsql\"", .sql = "DROP EXTENSION IF EXISTS \"plpgsql\""});
  }
}

void restore_schema_of(Restoration& restoration, const DatabaseModel& database) {
  if (restoration.plan.tables.empty()) correct_what_is_there(restoration, database);
  run_in_order(restoration, database, Stage::kSchema);
  correct_members(restoration, database);
  correct_not_null_names(restoration, database);
  if (loads_rows(restoration.scope) && database.large_objects > 0)
    create_large_objects(restoration, database);
}

void restore_indexes_of(Restoration& restoration, const DatabaseModel& database, unsigned jobs) {
  put_back_checks(restoration, database);
  if (restoration.row_ways.later_of(database.database.number).empty()) {
    run_in_parallel(restoration, database, Stage::kIndexes, jobs);
  } else {
    run_indexes_first(restoration, database, Stage::kIndexes, jobs,
                      [&] { load_late_rows(restoration, database.database); });
  }
}

}  // namespace

std::string restore_schema(Restoration& restoration) {
  restoration.borrowed_roles.borrow(restoration.plan.powers.role, restoration.plan.borrowed_roles);
  for_each_database(restoration, [&](const DatabaseModel& database) {
    restore_schema_of(restoration, database);
  });
  return in_words({{"definitions", number_of_entries(restoration, Stage::kSchema)},
                   {"large objects", restoration.outcome.number(Count::kLargeObjects)}});
}

std::string restore_large_objects(Restoration& restoration) {
  restoration.borrowed_roles.borrow(restoration.plan.powers.role, restoration.plan.borrowed_roles);
  for_each_database(restoration, [&](const DatabaseModel& database) {
    if (database.large_objects > 0) create_large_objects(restoration, database);
  });
  return in_words({{"large objects", restoration.outcome.number(Count::kLargeObjects)}});
}

std::string restore_indexes(Restoration& restoration) {
  for_each_by_size(restoration, [&](const DatabaseModel& database, unsigned jobs) {
    restore_indexes_of(restoration, database, jobs);
  });
  return in_words({{"definitions", number_of_entries(restoration, Stage::kIndexes)},
                   {"indexes", restoration.outcome.number(Count::kIndexes)},
                   {"constraints", restoration.outcome.number(Count::kConstraints)}});
}

std::string restore_last(Restoration& restoration) {
  for_each_database(restoration, [&](const DatabaseModel& database) {
    if (number_of_entries(database, Stage::kLast) > 0)
      run_in_order(restoration, database, Stage::kLast);
  });
  return in_words({{"definitions", number_of_entries(restoration, Stage::kLast)}});
}

}  // namespace vya::pg
