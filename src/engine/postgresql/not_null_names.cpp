#include "engine/postgresql/not_null_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "engine/postgresql/quote.h"
#include "engine/postgresql/restoration.h"

namespace vya::pg {

namespace {

constexpr int kMajorWithNames = 18;

/// Those whose name was given a number to be another one: schema, table, name, name without the
/// number. What is too long for a name pg_dump always writes out.
constexpr const char* kNumbered =
    "SELECT n.nspname, c.relname, o.conname, format('%s_%s_not_null', c.relname, a.attname)"
    " FROM pg_catalog.pg_constraint o JOIN pg_catalog.pg_class c ON c.oid = o.conrelid"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = o.conkey[1]"
    " WHERE o.contype = 'n' AND o.coninhcount = 0 AND o.conname ~ '_not_null[0-9]+$'"
    " AND regexp_replace(o.conname, '[0-9]+$', '') = format('%s_%s_not_null', c.relname, a.attname)"
    " ORDER BY 1, 2, 3";

struct Numbered {
  std::string schema;
  std::string table;
  std::string name;
  std::string unnumbered;
};

std::vector<Numbered> numbered_names(Connection& connection) {
  const Result rows = connection.query(kNumbered);
  std::vector<Numbered> all;
  for (int i = 0; i < rows.rows(); ++i)
    all.push_back({rows.text(i, 0), rows.text(i, 1), rows.text(i, 2), rows.text(i, 3)});
  return all;
}

}  // namespace

void correct_not_null_names(Restoration& restoration, const DatabaseModel& database) {
  const bool have_names = restoration.backup.server.major >= kMajorWithNames &&
                          restoration.plan.version / 10000 >= kMajorWithNames;
  if (!have_names || !restoration.plan.tables.empty()) return;
  TargetSession session = restoration.sessions.borrow(database.database.name);
  const std::vector<Numbered> numbered = numbered_names(*session);
  if (numbered.empty()) return;
  const auto correct = [&](const Entry& entry) {
    for (const Numbered& one : numbered) {
      if (one.schema != entry.schema || one.table != entry.name) continue;
      const std::string name = quote_name(one.name);
      // pg_dump quotes all names. What it wrote out is the name in the backup.
      if (entry.definition.find("CONSTRAINT " + name) != std::string::npos) continue;
      const std::string table = quote_name(one.schema, one.table);
      const Statement rename{.what = fmt::format("rename constraint {} of table {}", name, table),
                             .sql = fmt::format("ALTER TABLE {} RENAME CONSTRAINT {} TO {}", table,
                                                name, quote_name(one.unnumbered))};
      execute_or_gap(restoration, *session, in_database(database.database.name, rename),
                     can_go_without, "definition", rename.what);
    }
  };
  visit_entries(restoration.contents, restoration.backup.role_names, database.database.number,
                Stage::kSchema, [&](const Entry& entry) {
                  if (entry.kind.ends_with("TABLE")) correct(entry);
                });
}

}  // namespace vya::pg
