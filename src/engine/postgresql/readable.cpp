#include "engine/postgresql/readable.h"

#include <fmt/format.h>

#include "engine/postgresql/connection.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

constexpr int kVersionWithReadAllData = 140000;
constexpr int kVersionWithIdentMappings = 150000;

constexpr const char* kUserSchemas =
    " n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'";

constexpr const char* kOnlySuperuser =
    "Only a superuser can read this: back up as one, or keep it elsewhere and accept the gap.";

std::string me(Connection& connection) {
  return quote_name(connection.value("SELECT current_user"));
}

/// What lets the role read every table and sequence of the database.
std::string read_everything(Connection& connection, const TableName& name, bool sequence) {
  if (connection.server_version() >= kVersionWithReadAllData) {
    return "GRANT pg_read_all_data TO " + me(connection) + ";";
  }
  return fmt::format("GRANT USAGE ON SCHEMA {0} TO {3}; GRANT SELECT ON {1} {0}.{2} TO {3};",
                     quote_name(name.schema), sequence ? "SEQUENCE" : "TABLE",
                     quote_name(name.name), me(connection));
}

/// One relation that cannot be read, and why.
struct Obstacle {
  TableName name;
  char kind = 'r';
  bool forbidden = false;
  bool filtered = false;
  std::optional<std::string> root;  ///< of a partition: the table at the top, quoted
};

std::vector<Obstacle> obstacles(Connection& connection) {
  std::vector<Obstacle> all;
  connection.each(
      std::string("SELECT n.nspname, c.relname, c.relkind, NOT") + kMayLock +
          ", row_security_active(c.oid), CASE WHEN c.relispartition THEN "
          "pg_partition_root(c.oid)::regclass::text END FROM pg_class c JOIN pg_namespace n ON "
          "n.oid = "
          "c.relnamespace WHERE c.relkind IN ('r', 'p', 'm', 'S') AND" +
          kUserSchemas + " AND NOT CASE WHEN c.relkind = 'p' THEN" + kMayLock + " ELSE" +
          kMayReadRows +
          " END"
          // Of an extension's own tables only those that it lets be dumped are in a backup.
          " AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid"
          " WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'"
          " AND d.refclassid = 'pg_extension'::regclass"
          " AND c.oid <> ALL (coalesce(e.extconfig, '{}')))"
          " ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\"",
      [&](const Result& row) {
        all.push_back({.name = {row.text(0, 0), row.text(0, 1)},
                       .kind = row.text(0, 2).front(),
                       .forbidden = row.flag(0, 3),
                       .filtered = row.flag(0, 4),
                       .root = row.optional_text(0, 5)});
      });
  return all;
}

Gap gap_of(Connection& connection, const Obstacle& obstacle) {
  const std::string database = connection.database();
  Gap gap{.what = fmt::format("{}.{}.{}", database, obstacle.name.schema, obstacle.name.name)};
  const bool sequence = obstacle.kind == 'S';
  if (obstacle.forbidden) {
    gap.kind = sequence ? "unreadable-sequence" : "unreadable-table";
    gap.why = sequence ? "the role may not read the sequence, so its value is not in the backup"
              : obstacle.kind == 'm'
                  ? "the role may not read the materialized view, so its rows are not in the "
                    "backup; its definition is"
                  : "the role may not read the table, so neither its definition nor its rows nor "
                    "the views on it are in the backup";
    if (obstacle.root) gap.why += "; " + *obstacle.root + " comes back without it";
    gap.cure = cure_in(database, read_everything(connection, obstacle.name, sequence));
  } else if (obstacle.filtered) {
    gap.kind = "row-security";
    gap.why = "row security would show the role only some of the rows, so none are in the backup";
    gap.cure = cure_in(database, "ALTER ROLE " + me(connection) + " BYPASSRLS;");
  } else {
    gap.kind = sequence ? "unlogged-sequence" : "unlogged-table";
    gap.why = "it is unlogged, and a standby does not have the content of what is unlogged";
    gap.cure = "Back up the primary, or accept the gap.";
  }
  return gap;
}

void add_large_objects(Connection& connection, std::vector<Gap>& gaps) {
  const Result row = connection.query(std::string("SELECT count(*), count(*) FILTER (WHERE NOT") +
                                      kMayReadObject + ") FROM pg_largeobject_metadata m");
  if (row.number(0, 1) == 0) return;
  gaps.push_back(
      {.kind = "large-objects",
       .what = connection.database(),
       .why = fmt::format("the role may not read {} of {} large objects, so they are not in the "
                          "backup",
                          row.number(0, 1), row.number(0, 0)),
       .cure = cure_in(connection.database(),
                       fmt::format("DO $$ DECLARE o oid; BEGIN FOR o IN SELECT oid FROM "
                                   "pg_largeobject_metadata LOOP EXECUTE format('GRANT SELECT ON "
                                   "LARGE OBJECT %s TO %I', o, {}); END LOOP; END $$;",
                                   quote_text(connection.value("SELECT current_user"))))});
}

/// The view shows the options as null when the role may not see them; nobody can tell that from
/// there being none.
void add_user_mappings(Connection& connection, std::vector<Gap>& gaps) {
  if (may_read(connection, "pg_user_mapping")) return;
  connection.each(
      "SELECT srvname, usename FROM pg_user_mappings WHERE umoptions IS NULL ORDER BY 1, 2",
      [&](const Result& row) {
        gaps.push_back(
            {.kind = "user-mapping",
             .what = fmt::format("{}.{}.{}", connection.database(), row.text(0, 0), row.text(0, 1)),
             .why = "the role may not see the options of the user mapping (its user and "
                    "password on the foreign server), so they are not in the backup",
             .cure = kOnlySuperuser});
      });
}

/// pg_dump leaves them out with a warning unless a superuser runs it.
void add_subscriptions(Connection& connection, std::vector<Gap>& gaps) {
  if (connection.value("SELECT current_setting('is_superuser')") == "on") return;
  connection.each(
      "SELECT subname FROM pg_subscription WHERE subdbid ="
      " (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY 1",
      [&](const Result& row) {
        gaps.push_back({.kind = "subscription",
                        .what = connection.database() + "." + row.text(0, 0),
                        .why = "the role may not read how the subscription connects, so the "
                               "subscription is not in the backup",
                        .cure = kOnlySuperuser});
      });
}

void add_settings(Connection& connection, std::vector<Gap>& gaps) {
  if (connection.value("SELECT pg_has_role('pg_read_all_settings', 'USAGE')") == "t") return;
  gaps.push_back({.kind = "server-settings",
                  .what = "server",
                  .why = "the role may not read all of the server's settings, which a backup keeps "
                         "for reference",
                  .cure = cure_in(connection.database(),
                                  "GRANT pg_read_all_settings TO " + me(connection) + ";")});
}

void add_rules(Connection& connection, const std::string& view, std::vector<Gap>& gaps) {
  if (may_read(connection, view)) return;
  gaps.push_back(
      {.kind = "access-rules",
       .what = view,
       .why = "the role may not read the rules of who may connect, which a backup keeps for "
              "reference",
       .cure = cure_in(connection.database(),
                       fmt::format("GRANT SELECT ON pg_catalog.{0} TO {1}; GRANT EXECUTE ON "
                                   "FUNCTION pg_catalog.{0}() TO {1};",
                                   view, me(connection)))});
}

}  // namespace

bool may_read(Connection& connection, const std::string& relation) {
  // A view over a function of its own needs the right to both.
  return connection
      .query(
          "SELECT has_table_privilege(c.oid, 'SELECT') AND coalesce((SELECT bool_and("
          "has_function_privilege(p.oid, 'EXECUTE')) FROM pg_proc p WHERE p.proname = c.relname"
          " AND p.pronamespace = c.relnamespace), true)"
          " FROM pg_class c WHERE c.oid = ('pg_catalog.' || $1)::regclass",
          {relation})
      .flag(0, 0);
}

std::vector<Gap> server_gaps(Connection& connection) {
  std::vector<Gap> gaps;
  if (!may_read(connection, "pg_authid")) {
    gaps.push_back(
        {.kind = "passwords",
         .what = "roles",
         .why = "the role may not read the roles' password verifiers, so restored roles have no "
                "password; a hosted server lets nobody read them",
         .cure = cure_in(connection.database(),
                         "GRANT SELECT ON pg_catalog.pg_authid TO " + me(connection) + ";")});
  }
  add_settings(connection, gaps);
  add_rules(connection, "pg_hba_file_rules", gaps);
  if (connection.server_version() >= kVersionWithIdentMappings)
    add_rules(connection, "pg_ident_file_mappings", gaps);
  return gaps;
}

std::vector<Gap> database_gaps(Connection& connection) {
  std::vector<Gap> gaps;
  for (const Obstacle& obstacle : obstacles(connection))
    gaps.push_back(gap_of(connection, obstacle));
  add_large_objects(connection, gaps);
  add_user_mappings(connection, gaps);
  add_subscriptions(connection, gaps);
  return gaps;
}

std::vector<Undumpable> undumpable_relations(Connection& connection) {
  std::vector<Undumpable> names;
  connection.each(
      std::string("WITH RECURSIVE lost(oid) AS (SELECT c.oid FROM pg_class c JOIN pg_namespace n"
                  " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND") +
          kUserSchemas + " AND NOT" + kMayLock +
          " UNION SELECT r.ev_class FROM lost JOIN pg_depend d ON d.refobjid = lost.oid"
          " AND d.refclassid = 'pg_class'::regclass AND d.classid = 'pg_rewrite'::regclass"
          " JOIN pg_rewrite r ON r.oid = d.objid WHERE r.rulename = '_RETURN')"
          " SELECT n.nspname, c.relname, quote_ident(n.nspname) || '.' || quote_ident(c.relname), "
          "s.nspname, t.relname"
          " FROM lost JOIN pg_class c ON c.oid = lost.oid"
          " JOIN pg_namespace n ON n.oid = c.relnamespace"
          " LEFT JOIN pg_class t ON c.relispartition AND t.oid = pg_partition_root(c.oid)"
          " LEFT JOIN pg_namespace s ON s.oid = t.relnamespace ORDER BY c.oid",
      [&](const Result& row) {
        Undumpable one{{row.text(0, 0), row.text(0, 1)}, row.text(0, 2)};
        if (!row.is_null(0, 4)) one.root = {row.text(0, 3), row.text(0, 4)};
        names.push_back(std::move(one));
      });
  return names;
}

std::string cure_in(const std::string& database, const std::string& sql) {
  return fmt::format("In database '{}', as an administrator: {}", database, sql);
}

}  // namespace vya::pg
