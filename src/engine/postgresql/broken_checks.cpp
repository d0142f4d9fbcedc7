#include "engine/postgresql/broken_checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/postgresql/quote.h"
#include "engine/postgresql/restoration.h"

namespace vya::pg {

namespace {

constexpr std::string_view kCheckViolation = "23514";

/// A CHECK and those that it is inherited from; of these the ones that inherit nothing.
constexpr const char* kOfTable =
    "WITH RECURSIVE up AS (SELECT c.oid, c.conrelid, c.coninhcount FROM pg_catalog.pg_constraint c"
    "  WHERE c.conrelid = $1::regclass AND c.conname = $2 AND c.contype = 'c'"
    " UNION SELECT c.oid, c.conrelid, c.coninhcount FROM up"
    "  JOIN pg_catalog.pg_inherits i ON i.inhrelid = up.conrelid"
    "  JOIN pg_catalog.pg_constraint c ON c.conrelid = i.inhparent AND c.conname = $2"
    "  AND c.contype = 'c' AND NOT c.connoinherit)"
    " SELECT n.nspname, r.relname, pg_catalog.pg_get_constraintdef(up.oid),"
    " pg_catalog.obj_description(up.oid, 'pg_constraint') FROM up"
    " JOIN pg_catalog.pg_class r ON r.oid = up.conrelid"
    " JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace WHERE up.coninhcount = 0";

/// Likewise of a domain, which inherits none but is named by the one above it.
constexpr const char* kOfDomain =
    "WITH RECURSIVE down AS (SELECT t.oid, t.typbasetype FROM pg_catalog.pg_type t"
    "  WHERE t.oid = $1::regtype"
    " UNION SELECT t.oid, t.typbasetype FROM down JOIN pg_catalog.pg_type t"
    "  ON t.oid = down.typbasetype)"
    " SELECT n.nspname, t.typname, pg_catalog.pg_get_constraintdef(c.oid),"
    " pg_catalog.obj_description(c.oid, 'pg_constraint') FROM down"
    " JOIN pg_catalog.pg_constraint c ON c.contypid = down.oid AND c.conname = $2"
    "  AND c.contype = 'c'"
    " JOIN pg_catalog.pg_type t ON t.oid = c.contypid"
    " JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace";

std::vector<BrokenCheck> look_up(Connection& connection, const SqlError& error) {
  const SqlObject& about = error.object();
  const bool is_of_table = !about.table.empty();
  const std::string owner = quote_name(about.schema, is_of_table ? about.table : about.type);
  const Result rows =
      connection.query(is_of_table ? kOfTable : kOfDomain, {owner, about.constraint});
  std::vector<BrokenCheck> found;
  for (int i = 0; i < rows.rows(); ++i) {
    const std::string name = quote_name(rows.text(i, 0), rows.text(i, 1));
    found.push_back({.database = connection.database(),
                     .owner = (is_of_table ? "TABLE " : "DOMAIN ") + name,
                     .owner_name = name,
                     .name = quote_name(about.constraint),
                     .definition = rows.text(i, 2),
                     .comment = rows.optional_text(i, 3),
                     .said = error.said()});
  }
  return found;
}

std::string put_back(const BrokenCheck& check) {
  // What was NOT VALID already says so itself.
  std::string sql =
      fmt::format("ALTER {} ADD CONSTRAINT {} {}{};\n", check.owner, check.name, check.definition,
                  check.definition.ends_with(" NOT VALID") ? "" : " NOT VALID");
  if (check.comment) {
    // Of a domain's constraint the statement says DOMAIN, of a table's nothing.
    const std::string on = check.owner.starts_with("DOMAIN ") ? check.owner : check.owner_name;
    sql += fmt::format("COMMENT ON CONSTRAINT {} ON {} IS {};\n", check.name, on,
                       quote_text(*check.comment));
  }
  return sql;
}

}  // namespace

bool is_of_check(const SqlError& error) {
  return error.state() == kCheckViolation && !error.object().constraint.empty();
}

bool BrokenChecks::take_away(Connection& connection, const SqlError& error) {
  const std::lock_guard lock(mutex_);
  const std::vector<BrokenCheck> found = look_up(connection, error);
  for (const BrokenCheck& check : found) {
    connection.run(fmt::format("ALTER {} DROP CONSTRAINT {}", check.owner, check.name));
    all_.push_back(check);
  }
  if (!found.empty()) return true;
  // Another session met the same one and was quicker.
  return std::ranges::any_of(all_, [&](const BrokenCheck& check) {
    return check.database == connection.database() &&
           check.name == quote_name(error.object().constraint);
  });
}

std::vector<BrokenCheck> BrokenChecks::of(const std::string& database) {
  const std::lock_guard lock(mutex_);
  std::vector<BrokenCheck> found;
  std::ranges::copy_if(all_, std::back_inserter(found),
                       [&](const BrokenCheck& check) { return check.database == database; });
  std::ranges::reverse(found);
  return found;
}

void put_back_checks(Restoration& restoration, const DatabaseModel& database) {
  const std::string& name = database.database.name;
  const std::vector<BrokenCheck> checks = restoration.broken_checks.of(name);
  if (checks.empty()) return;
  TargetSession session = restoration.sessions.borrow(name);
  for (const BrokenCheck& check : checks) {
    const std::string what = check.owner_name + "." + check.name;
    execute(*session, in_database(name, {.what = "restore check " + what, .sql = put_back(check)}));
    restoration.outcome.add(
        {.kind = "check",
         .what = what,
         .why = "rows of the backup do not hold it, so it is there as NOT VALID: " + check.said,
         .cure = fmt::format("ALTER {} VALIDATE CONSTRAINT {}", check.owner, check.name)});
  }
}

}  // namespace vya::pg
