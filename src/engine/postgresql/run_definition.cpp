#include "engine/postgresql/run_definition.h"

#include <fmt/format.h>

#include <string_view>

#include "engine/postgresql/foreign_key.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/source_path.h"

namespace vya::pg {

namespace {

constexpr std::string_view kDeadlock = "40P01";
constexpr std::string_view kForeignKeyViolation = "23503";
constexpr std::string_view kUniqueViolation = "23505";
constexpr std::string_view kExclusionViolation = "23P01";
constexpr std::string_view kWrongObjectType = "42809";

/// As run_unless; again when the server ended it to resolve a deadlock, which the schedule does not
/// lead to but a trigger or an extension of the target may.
std::optional<std::string> run_patiently(Restoration& restoration, Connection& connection,
                                         const Statement& statement,
                                         const IsExpected& is_expected) {
  constexpr int kAttempts = 5;
  for (int attempt = 1;; ++attempt) {
    bool is_deadlock = false;
    std::optional<std::string> refusal =
        run_unless(connection, statement, [&](const std::string& state) {
          is_deadlock = state == kDeadlock && attempt < kAttempts;
          return is_deadlock || is_expected(state);
        });
    if (!is_deadlock) return refusal;
    restoration.watcher.notice("the server found a deadlock, so this is tried again: " +
                               statement.what);
  }
}

/// The backup itself may lack what a definition names.
bool is_left_out(const DatabaseModel& database, const std::string& state) {
  return !database.catalog.left_out.empty() && may_miss_a_name(state);
}

/// The table that a restored one refers to may be there and another than on the source.
bool may_lack(const Restoration& restoration, const DatabaseModel& database,
              const std::string& state) {
  return (!restoration.plan.tables.empty() && can_go_without(state)) ||
         is_left_out(database, state);
}

/// Adds it without looking at the rows. Servers before 18 cannot do that to a partitioned table.
bool add_unchecked(Restoration& restoration, Connection& connection, const DatabaseModel& database,
                   const Entry& entry, const Statement& statement, const std::string& refusal) {
  const std::optional<UncheckedForeignKey> unchecked = without_check(entry.definition);
  const Statement add = {.what = statement.what, .sql = unchecked ? unchecked->add : ""};
  const auto is_impossible = [&](const std::string& state) {
    return state == kWrongObjectType || may_lack(restoration, database, state);
  };
  if (!unchecked || run_patiently(restoration, connection, add, is_impossible)) {
    restoration.outcome.add(missing_definition(entry, "the target refuses it: " + refusal));
    return false;
  }
  restoration.outcome.add(
      {.kind = "foreign-key",
       .what = unchecked->name,
       .why = "rows of the backup do not hold it, so it is there as NOT VALID: " + refusal,
       .cure = unchecked->validate});
  return true;
}

bool run_with_path(Restoration& restoration, Connection& connection, const DatabaseModel& database,
                   const Entry& entry, const Statement& statement, const std::string& refusal) {
  const std::string path =
      source_path(restoration.backup.globals, database.database.name, entry.owner);
  Statement with_path = statement;
  with_path.sql = set_path(path) + statement.sql;
  // From 17 on the server itself takes the path away while it builds an index.
  const bool can_wait = entry.kind == "INDEX";
  const auto second =
      run_patiently(restoration, connection, with_path, [&](const std::string& state) {
        return is_left_out(database, state) || (can_wait && may_miss_a_name(state));
      });
  if (second && !database.catalog.left_out.empty()) {
    restoration.outcome.add(missing_definition(
        entry, "it names what is not there, and the backup lacks some tables: " + *second));
    return false;
  }
  if (second) {
    Gap gap = missing_definition(entry, "a function that it calls needs a search_path: " + *second);
    gap.cure = "ALTER FUNCTION ... SET search_path = " + path + "; " + entry.definition;
    restoration.outcome.add(gap);
    return false;
  }
  restoration.watcher.notice("search_path was " + path + " to " + statement.what +
                             ", because without it the server said: " + refusal);
  return true;
}

/// Who gets an object must be allowed to create such in its schema, if only for a moment: the
/// grants come later, and on the source they may be gone.
bool run_with_room_for_owner(Restoration& restoration, Connection& connection,
                             const DatabaseModel& database, const Entry& entry,
                             Statement statement) {
  const bool has_schema = !entry.schema.empty();
  const std::string where = has_schema ? "SCHEMA " + quote_name(entry.schema)
                                       : "DATABASE " + quote_name(database.database.name);
  const std::string owner = quote_name(entry.owner);
  statement.sql = fmt::format("GRANT CREATE ON {0} TO {1};\n{2}\n;REVOKE CREATE ON {0} FROM {1};\n",
                              where, owner, statement.sql);
  return !run_patiently(restoration, connection, statement, can_go_without);
}

bool may_create(Connection& connection, const DatabaseModel& database, const Entry& entry) {
  const bool has_schema = !entry.schema.empty();
  return connection
      .query(has_schema ? "SELECT has_schema_privilege($1, $2, 'CREATE')"
                        : "SELECT has_database_privilege($1, $2, 'CREATE')",
             {entry.owner, has_schema ? entry.schema : database.database.name})
      .flag(0, 0);
}

/// The role of the restore may not do all of it: give the object to its owner, or make it at all.
bool run_with_fewer_rights(Restoration& restoration, Connection& connection,
                           const DatabaseModel& database, const Entry& entry,
                           const StatementOf& statement_of, const std::string& refusal) {
  const std::string give = set_owner(entry);
  const bool makes_room = !give.empty() && !may_create(connection, database, entry);
  if (makes_room &&
      run_with_room_for_owner(restoration, connection, database, entry, statement_of(entry))) {
    return true;
  }
  Entry ours = entry;
  ours.owner.clear();
  if (give.empty() || run_patiently(restoration, connection, statement_of(ours), can_go_without)) {
    restoration.outcome.add(missing_definition(entry, "the target refuses it: " + refusal));
    return false;
  }
  restoration.outcome.add({.kind = "owner",
                           .what = in_words(entry),
                           .why = fmt::format("it belongs to {} and not to {}: {}",
                                              quote_name(restoration.plan.powers.role),
                                              quote_name(entry.owner), refusal),
                           .cure = give});
  return true;
}

/// Whether it is an index or what stands on one. Rows can break it on the source too, where the
/// order of a collation changed under the index.
bool may_be_missing(const Entry& entry) {
  return entry.kind == "INDEX" || entry.kind == "CONSTRAINT";
}

}  // namespace

bool run_definition(Restoration& restoration, Connection& connection, const DatabaseModel& database,
                    const Entry& entry, const StatementOf& statement_of) {
  const Statement statement = statement_of(entry);
  const bool is_foreign_key = entry.kind == "FK CONSTRAINT";
  bool denied = false;
  bool rows_break_it = false;
  const auto refusal =
      run_patiently(restoration, connection, statement, [&](const std::string& state) {
        denied = is_denied(state);
        rows_break_it = state == kUniqueViolation || state == kExclusionViolation;
        if (is_foreign_key)
          return denied || state == kForeignKeyViolation || may_lack(restoration, database, state);
        return denied || (rows_break_it && may_be_missing(entry)) || may_miss_a_name(state);
      });
  if (!refusal) return true;
  if (denied)
    return run_with_fewer_rights(restoration, connection, database, entry, statement_of, *refusal);
  if (is_foreign_key)
    return add_unchecked(restoration, connection, database, entry, statement, *refusal);
  if (rows_break_it) {
    restoration.outcome.add(
        missing_definition(entry, "rows of the backup do not hold it: " + *refusal));
    return false;
  }
  return run_with_path(restoration, connection, database, entry, statement, *refusal);
}

Gap missing_definition(const Entry& entry, const std::string& why) {
  return {.kind = "definition",
          .what = in_words(entry),
          .why = why,
          .cure = may_hold_secret(entry) ? "" : entry.definition};
}

}  // namespace vya::pg
