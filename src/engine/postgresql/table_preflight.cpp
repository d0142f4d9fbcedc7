#include "engine/postgresql/table_preflight.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "engine/postgresql/connection.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

constexpr std::size_t kMostNamed = 5;

/// Where objects of a kind that is named by schema and name are found.
struct NamedKind {
  std::string_view kind;
  std::string_view word;  ///< in messages
  std::string_view catalog;
  std::string_view name;
  std::string_view schema;
};

constexpr std::array kNamedKinds = {
    NamedKind{"TABLE", "table", "pg_class", "relname", "relnamespace"},
    NamedKind{"FOREIGN TABLE", "foreign table", "pg_class", "relname", "relnamespace"},
    NamedKind{"VIEW", "view", "pg_class", "relname", "relnamespace"},
    NamedKind{"MATERIALIZED VIEW", "materialized view", "pg_class", "relname", "relnamespace"},
    NamedKind{"SEQUENCE", "sequence", "pg_class", "relname", "relnamespace"},
    NamedKind{"TYPE", "type", "pg_type", "typname", "typnamespace"},
    NamedKind{"DOMAIN", "domain", "pg_type", "typname", "typnamespace"},
    NamedKind{"COLLATION", "collation", "pg_collation", "collname", "collnamespace"},
    NamedKind{"FUNCTION", "function", "pg_proc", "proname", "pronamespace"},
    NamedKind{"PROCEDURE", "procedure", "pg_proc", "proname", "pronamespace"},
    NamedKind{"AGGREGATE", "aggregate", "pg_proc", "proname", "pronamespace"},
    NamedKind{"OPERATOR CLASS", "operator class", "pg_opclass", "opcname", "opcnamespace"},
    NamedKind{"TEXT SEARCH CONFIGURATION", "text search configuration", "pg_ts_config", "cfgname",
              "cfgnamespace"},
};

/// Those of no schema.
constexpr std::array kGlobalKinds = {
    NamedKind{"EXTENSION", "extension", "pg_extension", "extname", ""},
    NamedKind{"SERVER", "foreign server", "pg_foreign_server", "srvname", ""},
    NamedKind{"ACCESS METHOD", "access method", "pg_am", "amname", ""},
    NamedKind{"SCHEMA", "schema", "pg_namespace", "nspname", ""},
};

/// A function's tag has its arguments; whether they are the same is left to the server.
std::string plain_name(const EntryHead& head, std::string_view catalog) {
  return catalog == "pg_proc" ? head.name.substr(0, head.name.find('(')) : head.name;
}

/// The object in words when it is not there; nothing also for kinds that are not known here.
std::optional<std::string> missing(Connection& connection, const EntryHead& head) {
  const auto* named = std::ranges::find(kNamedKinds, head.kind, &NamedKind::kind);
  if (named != kNamedKinds.end()) {
    const std::string name = plain_name(head, named->catalog);
    const std::string query = fmt::format(
        "SELECT EXISTS (SELECT FROM pg_catalog.{} o JOIN pg_catalog.pg_namespace n ON n.oid = o.{}"
        " WHERE n.nspname = $1 AND o.{} = $2)",
        named->catalog, named->schema, named->name);
    if (connection.query(query, {head.schema, name}).flag(0, 0)) return std::nullopt;
    return fmt::format("{} {}", named->word, quote_name(head.schema, name));
  }
  const auto* global = std::ranges::find(kGlobalKinds, head.kind, &NamedKind::kind);
  if (global == kGlobalKinds.end()) return std::nullopt;
  const std::string query = fmt::format("SELECT EXISTS (SELECT FROM pg_catalog.{} WHERE {} = $1)",
                                        global->catalog, global->name);
  if (connection.query(query, {head.name}).flag(0, 0)) return std::nullopt;
  return fmt::format("{} {}", global->word, quote_name(head.name));
}

std::string in_short(const std::vector<std::string>& things) {
  if (things.size() <= kMostNamed) return fmt::format("{}", fmt::join(things, ", "));
  return fmt::format("{} and {} more", fmt::join(things.begin(), things.begin() + kMostNamed, ", "),
                     things.size() - kMostNamed);
}

/// What has a name already, by name: a relation, a type that is no table's, statistics.
using Taken = std::map<std::string, std::string>;

Taken read_names(Connection& connection, const std::string& schema, const char* query) {
  Taken taken;
  connection.each(std::string(query) + quote_text(schema),
                  [&](const Result& row) { taken[row.text(0, 0)] = row.text(0, 1); });
  return taken;
}

constexpr const char* kRelations =
    "SELECT c.relname, CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'"
    " WHEN 'S' THEN 'sequence' WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' WHEN 'c' THEN 'type'"
    " ELSE 'table' END FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
    " ON n.oid = c.relnamespace WHERE n.nspname = ";

/// The type of an array makes room by itself when a table wants its name.
constexpr const char* kTypes =
    "SELECT t.typname, 'type' FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n"
    " ON n.oid = t.typnamespace WHERE t.typrelid = 0 AND t.typcategory <> 'A' AND n.nspname = ";

constexpr const char* kStatistics =
    "SELECT s.stxname, 'statistics' FROM pg_catalog.pg_statistic_ext s"
    " JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace WHERE n.nspname = ";

/// The names of one schema.
struct SchemaNames {
  Taken relations;
  Taken types;
  Taken statistics;

  const std::string* found(const NewRelation& relation) const {
    const auto look = [&](const Taken& taken) {
      const auto found = taken.find(relation.name.name);
      return found == taken.end() ? nullptr : &found->second;
    };
    if (relation.kind == "STATISTICS") return look(statistics);
    const std::string* in_relations = look(relations);
    if (in_relations != nullptr || !relation.kind.ends_with("TABLE")) return in_relations;
    return look(types);
  }
};

SchemaNames read_schema(Connection& connection, const std::string& schema) {
  return {.relations = read_names(connection, schema, kRelations),
          .types = read_names(connection, schema, kTypes),
          .statistics = read_names(connection, schema, kStatistics)};
}

std::vector<std::string> taken_names(Connection& connection, const TablesOfDatabase& chosen) {
  std::map<std::string, SchemaNames> schemas;
  std::set<std::pair<bool, TableName>> made;
  std::vector<std::string> taken;
  for (const NewRelation& relation : chosen.relations) {
    const std::string& schema = relation.name.schema;
    const auto place = schemas.find(schema);
    const SchemaNames& names =
        place != schemas.end()
            ? place->second
            : schemas.emplace(schema, read_schema(connection, schema)).first->second;
    const std::string name = quote_name(schema, relation.name.name);
    if (const std::string* what = names.found(relation)) taken.push_back(*what + " " + name);
    if (!made.insert({relation.kind == "STATISTICS", relation.name}).second)
      taken.push_back(name + ", which two of the restored objects would have");
  }
  return taken;
}

std::vector<std::string> missing_schemas(Connection& connection, const TablesOfDatabase& chosen) {
  std::set<std::string> schemas;
  for (const NewRelation& relation : chosen.relations) schemas.insert(relation.name.schema);
  std::vector<std::string> absent;
  for (const std::string& schema : schemas) {
    if (const auto what = missing(connection, {.kind = "SCHEMA", .name = schema}))
      absent.push_back(*what);
  }
  return absent;
}

}  // namespace

TablesOnTarget look_for_tables(Connection& connection, const TablesOfDatabase& chosen) {
  TablesOnTarget result;
  const std::string where = "database " + quote_name(connection.database()) + " of the target";
  if (const auto taken = taken_names(connection, chosen); !taken.empty()) {
    result.refusals.push_back(fmt::format(
        "{} already has {}; nothing that is there is replaced: restore under another name or into "
        "another schema with --table DATABASE.SCHEMA.TABLE=NEW, or rename or drop what is there",
        where, in_short(taken)));
  }
  std::vector<std::string> absent = missing_schemas(connection, chosen);
  for (const EntryHead& need : chosen.needs) {
    if (need.kind == "SCHEMA") continue;  // of where the tables were, and not of where they go
    if (const auto what = missing(connection, need)) absent.push_back(*what);
  }
  if (!absent.empty()) {
    result.refusals.push_back(fmt::format("{} has no {}, which the tables need; create that first",
                                          where, in_short(absent)));
  }
  for (const auto& [key, tables] : chosen.references) {
    if (std::ranges::any_of(
            tables, [&](const EntryHead& table) { return missing(connection, table).has_value(); }))
      result.impossible.insert(key);
  }
  return result;
}

std::vector<std::string> look_for_sequences(Connection& connection,
                                            const TablesOfDatabase& chosen) {
  std::vector<std::string> absent;
  for (const NewRelation& relation : chosen.relations) {
    if (relation.kind != "SEQUENCE") continue;
    const EntryHead head = {
        .kind = "SEQUENCE", .schema = relation.name.schema, .name = relation.name.name};
    if (const auto what = missing(connection, head)) absent.push_back(*what);
  }
  if (absent.empty()) return {};
  return {fmt::format("database {} of the target has no {}, whose values are in the backup",
                      quote_name(connection.database()), in_short(absent))};
}

std::optional<std::set<std::string>> default_grantees(Connection& connection) {
  bool has_some = false;
  std::set<std::string> grantees;
  connection.each(
      "SELECT x.grantee IS NULL, CASE WHEN x.grantee = 0 THEN '' ELSE"
      " pg_catalog.pg_get_userbyid(x.grantee) END FROM pg_catalog.pg_default_acl d"
      " LEFT JOIN LATERAL pg_catalog.aclexplode(d.defaclacl) x ON true"
      " WHERE d.defaclobjtype IN ('r', 'S')"
      " AND pg_catalog.pg_get_userbyid(d.defaclrole) = current_user",
      [&](const Result& row) {
        has_some = true;
        if (!row.flag(0, 0)) grantees.insert(row.text(0, 1));
      });
  if (!has_some) return std::nullopt;
  return grantees;
}

}  // namespace vya::pg
