#include "engine/postgresql/data_preflight.h"

#include <fmt/format.h>

#include <map>

#include "engine/postgresql/connection.h"
#include "engine/postgresql/quote.h"
#include "stream/digest.h"

namespace vya::pg {

namespace {

constexpr std::size_t kMostNamed = 5;

using Types = std::map<std::string, std::string>;  ///< column -> type

/// The columns of all ordinary tables, generated ones left out.
std::map<TableName, Types> read_columns(Connection& connection) {
  std::map<TableName, Types> tables;
  connection.each(
      "SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_class c"
      " JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_attribute a ON a.attrelid = "
      "c.oid"
      " AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''"
      " WHERE c.relkind = 'r' AND c.oid >= 16384",
      [&](const Result& row) {
        Types& types = tables[{row.text(0, 0), row.text(0, 1)}];
        if (!row.is_null(0, 2)) types[row.text(0, 2)] = row.text(0, 3);
      });
  return tables;
}

/// As a backup describes a table, but with the columns in the backup's order: the server's own may
/// be another.
std::string definition_of(const Types& types, const std::vector<std::string>& columns) {
  std::string text;
  for (const std::string& column : columns) {
    const auto found = types.find(column);
    if (found != types.end()) text += column + '\0' + found->second + '\0';
  }
  return sha256_hex(as_bytes(text));
}

bool has_rows(Connection& connection, const std::string& table) {
  return connection.query("SELECT EXISTS (SELECT FROM ONLY " + table + ")").flag(0, 0);
}

std::string why_not(Connection& connection, const std::map<TableName, Types>& there,
                    const Table& table) {
  const std::string name = quote_name(table.name.schema, table.name.name);
  const auto found = there.find(table.name);
  if (found == there.end()) return "there is no table " + name;
  const bool same = found->second.size() == table.columns.size() &&
                    definition_of(found->second, table.columns) == table.definition;
  if (!same) return "table " + name + " has other columns or types than in the backup";
  return has_rows(connection, name) ? "table " + name + " has rows already" : "";
}

}  // namespace

std::vector<std::string> look_at_tables(Connection& connection, const std::vector<Table>& tables) {
  const std::map<TableName, Types> there = read_columns(connection);
  std::vector<std::string> reasons;
  for (const Table& table : tables) {
    std::string reason;
    if (table.kind == TableKind::kTable) {
      reason = why_not(connection, there, table);
    } else if (table.kind == TableKind::kLargeObjects &&
               has_rows(connection, "pg_largeobject_metadata")) {
      reason = "there are large objects already";
    }
    if (reason.empty()) continue;
    if (reasons.size() == kMostNamed) {
      reasons.push_back("and more");
      break;
    }
    reasons.push_back(std::move(reason));
  }
  if (reasons.empty()) return {};
  return {fmt::format("database {} cannot take the backup's rows: {}",
                      quote_name(connection.database()), fmt::join(reasons, ", "))};
}

}  // namespace vya::pg
