#include "engine/postgresql/relations.h"

#include <map>
#include <optional>
#include <unordered_map>

#include "engine/postgresql/connection.h"
#include "engine/postgresql/readable.h"
#include "stream/digest.h"

namespace vya::pg {

namespace {

/// Not the system's own, not another session's temporary tables.
constexpr const char* kUserSchemas =
    " n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'";

/// A partition's parent. A plain child of inheritance is no partition: its rows are compared by
/// themselves.
using Parents = std::unordered_map<std::int64_t, std::int64_t>;

Parents read_parents(Connection& connection) {
  Parents parents;
  connection.each(
      "SELECT i.inhrelid, i.inhparent FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
      "WHERE c.relispartition",
      [&](const Result& row) { parents[row.number(0, 0)] = row.number(0, 1); });
  return parents;
}

std::map<std::int64_t, TableName> read_partitioned(Connection& connection) {
  std::map<std::int64_t, TableName> names;
  connection.each(
      "SELECT c.oid, n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = "
      "c.relnamespace"
      " WHERE c.relkind = 'p'",
      [&](const Result& row) { names[row.number(0, 0)] = {row.text(0, 1), row.text(0, 2)}; });
  return names;
}

std::int64_t root_of(std::int64_t oid, const Parents& parents) {
  for (auto parent = parents.find(oid); parent != parents.end(); parent = parents.find(oid)) {
    oid = parent->second;
  }
  return oid;
}

void add_columns(Connection& connection, std::vector<Relation>& relations) {
  std::unordered_map<std::int64_t, Relation*> by_oid;
  for (Relation& relation : relations) by_oid[relation.oid] = &relation;
  std::unordered_map<std::int64_t, std::string> definitions;
  connection.each(
      "SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a"
      " JOIN pg_class c ON c.oid = a.attrelid WHERE c.relkind IN ('r', 'm') AND c.oid >= 16384"
      " AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attrelid, "
      "a.attnum",
      [&](const Result& row) {
        const auto found = by_oid.find(row.number(0, 0));
        if (found == by_oid.end()) return;
        found->second->table.columns.push_back(row.text(0, 1));
        definitions[found->first] += row.text(0, 1) + '\0' + row.text(0, 2) + '\0';
      });
  for (Relation& relation : relations) {
    relation.table.definition = sha256_hex(as_bytes(definitions[relation.oid]));
  }
}

TableKind kind_of(const Result& row) {
  if (row.text(0, 3) == "m") return TableKind::kMaterializedView;
  return row.is_null(0, 9) ? TableKind::kTable : TableKind::kConfiguration;
}

}  // namespace

std::vector<Lockable> lockable_relations(Connection& connection) {
  std::vector<Lockable> lockables;
  connection.each(
      "SELECT c.oid, n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = "
      "c.relnamespace"
      " WHERE c.relkind IN ('r', 'p') AND" +
          std::string(kUserSchemas) + " AND" + kMayLock + " ORDER BY c.oid",
      [&](const Result& row) {
        lockables.push_back({row.number(0, 0), {row.text(0, 1), row.text(0, 2)}});
      });
  return lockables;
}

std::vector<Relation> relations_with_rows(Connection& connection) {
  const Parents parents = read_parents(connection);
  const std::map<std::int64_t, TableName> partitioned = read_partitioned(connection);
  std::vector<Relation> relations;
  connection.each(
      "SELECT c.oid, n.nspname, c.relname, c.relkind, coalesce(m.amname, '') = 'heap', "
      "c.relfilenode,"
      " coalesce(pg_relation_size(c.oid), 0) / current_setting('block_size')::bigint,"
      " coalesce(pg_relation_size(t.oid), 0),"
      // What cannot be locked may get a new file node at any time, and REFRESH writes rows that
      // every snapshot sees.
      " c.relkind = 'r' AND (c.relfilenode IS DISTINCT FROM coalesce(pg_relation_filenode(c.oid), "
      "0)"
      "   OR t.relfilenode IS DISTINCT FROM pg_relation_filenode(t.oid)),"
      " e.condition"
      " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
      " LEFT JOIN pg_am m ON m.oid = c.relam LEFT JOIN pg_class t ON t.oid = c.reltoastrelid"
      " LEFT JOIN LATERAL (SELECT x.oid AS extension, array_position(x.extconfig, c.oid) AS "
      "position,"
      "   x.extcondition[array_position(x.extconfig, c.oid)] AS condition"
      "   FROM pg_depend d JOIN pg_extension x ON x.oid = d.refobjid WHERE d.classid = "
      "'pg_class'::regclass"
      "   AND d.objid = c.oid AND d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass) e "
      "ON true"
      " WHERE (c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated) AND" +
          std::string(kUserSchemas) + " AND" + kMayReadRows +
          " AND (e.extension IS NULL OR e.position IS NOT NULL) ORDER BY n.nspname COLLATE \"C\", "
          "c.relname "
          "COLLATE \"C\"",
      [&](const Result& row) {
        Relation relation;
        relation.oid = row.number(0, 0);
        relation.table.name = {row.text(0, 1), row.text(0, 2)};
        relation.table.kind = kind_of(row);
        relation.table.file_node = static_cast<std::uint64_t>(row.number(0, 5));
        relation.table.condition = row.text(0, 9);
        relation.heap = row.flag(0, 4);
        relation.blocks = static_cast<std::uint64_t>(row.number(0, 6));
        relation.toast_bytes = static_cast<std::uint64_t>(row.number(0, 7));
        relation.rewritten = row.flag(0, 8);
        if (const auto root = partitioned.find(root_of(relation.oid, parents));
            root != partitioned.end()) {
          relation.table.root = root->second;
        }
        relations.push_back(std::move(relation));
      });
  add_columns(connection, relations);
  return relations;
}

}  // namespace vya::pg
