#include "engine/postgresql/child_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "engine/postgresql/quote.h"
#include "engine/postgresql/run_definition.h"
#include "engine/postgresql/sql_tokens.h"

namespace vya::pg {

namespace {

/// The columns of a child as INHERITS gave them. What parents say of a column must not conflict
/// with what the one more says, so how it is stored is told where a parent has another way than the
/// type.
constexpr const char* kColumns =
    "SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),"
    " CASE WHEN a.attcollation <> t.typcollation THEN (SELECT pg_catalog.quote_ident(n.nspname)"
    "  || '.' || pg_catalog.quote_ident(l.collname) FROM pg_catalog.pg_collation l"
    "  JOIN pg_catalog.pg_namespace n ON n.oid = l.collnamespace WHERE l.oid = a.attcollation) END,"
    " CASE WHEN a.attgenerated <> '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END,"
    " CASE a.attgenerated WHEN 'v' THEN 'VIRTUAL' ELSE 'STORED' END,"
    " (SELECT CASE p.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN'"
    "  ELSE 'EXTENDED' END FROM pg_catalog.pg_inherits i"
    "  JOIN pg_catalog.pg_attribute p ON p.attrelid = i.inhparent WHERE i.inhrelid = a.attrelid"
    "  AND p.attname = a.attname AND p.attstorage <> t.typstorage ORDER BY i.inhseqno LIMIT 1)"
    " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
    " LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
    " WHERE a.attrelid = $1::pg_catalog.regclass AND a.attnum > 0 AND NOT a.attisdropped";

struct Column {
  std::string definition;
  std::string storage;  ///< or empty: the type's
};

using Columns = std::map<std::string, Column>;

Columns read_columns(Connection& connection, const std::string& table) {
  Columns columns;
  const Result rows = connection.query(kColumns, {table});
  for (int i = 0; i < rows.rows(); ++i) {
    Column& column = columns[rows.text(i, 0)];
    column.definition = quote_name(rows.text(i, 0)) + " " + rows.text(i, 1);
    if (!rows.is_null(i, 2)) column.definition += " COLLATE " + rows.text(i, 2);
    if (!rows.is_null(i, 3)) {
      column.definition +=
          fmt::format(" GENERATED ALWAYS AS ({}) {}", rows.text(i, 3), rows.text(i, 4));
    }
    column.storage = rows.text(i, 5);
  }
  return columns;
}

/// What makes the parent with the columns in order. Empty when the child has other columns.
std::string create_parent(const std::string& parent, const ColumnOrder& order,
                          const Columns& columns) {
  if (order.columns.size() != columns.size()) return "";
  std::string list;
  std::string storage;
  for (const std::string& name : order.columns) {
    const auto found = columns.find(name);
    if (found == columns.end()) return "";
    list += (list.empty() ? "" : ", ") + found->second.definition;
    if (!found->second.storage.empty()) {
      storage += fmt::format("ALTER TABLE {} ALTER COLUMN {} SET STORAGE {};\n", parent,
                             quote_name(name), found->second.storage);
    }
  }
  return fmt::format("CREATE TABLE {} ({});\n{}", parent, list, storage);
}

/// The entry with the definition that gives the order. Nothing when there is none.
std::optional<Entry> in_order(Connection& connection, const Entry& entry,
                              const ColumnOrder& order) {
  const std::string child = quote_name(entry.schema, entry.name);
  const std::string parent = quote_name(entry.schema, fmt::format("vya_columns_{}", entry.id));
  const auto definition = with_first_parent(entry.definition, parent);
  const std::string create = create_parent(parent, order, read_columns(connection, child));
  if (!definition || create.empty()) return std::nullopt;
  Entry ordered = entry;
  ordered.definition = fmt::format("{}{}\nALTER TABLE {} NO INHERIT {};\nDROP TABLE {};\n", create,
                                   *definition, child, parent, parent);
  return ordered;
}

/// Thrown when a child cannot have its order.
class LostOrder : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

Gap lost_order(const Entry& entry, const ColumnOrder& order, const std::string& why) {
  return {.kind = "column-order",
          .what = quote_name(entry.schema, entry.name),
          .why = why +
                 "; its columns stand in the order that INHERITS gives, and not in that of "
                 "the backup: " +
                 quote_names(order.columns)};
}

/// Creates the child, looks at it, and takes it back. Throws LostOrder.
Entry try_out(Connection& connection, const Entry& entry, const ColumnOrder& order,
              const StatementOf& statement_of) {
  Entry for_look = entry;
  for_look.owner.clear();
  connection.run("SAVEPOINT before");
  if (const auto refusal = run_unless(connection, statement_of(for_look), is_denied))
    throw LostOrder(*refusal);
  std::optional<Entry> ordered = in_order(connection, entry, order);
  connection.run("ROLLBACK TO before");
  if (!ordered) throw LostOrder("the target's table would have other columns");
  return std::move(*ordered);
}

}  // namespace

std::optional<std::string> with_first_parent(const std::string& definition,
                                             const std::string& parent) {
  const std::vector<Token> tokens = split_tokens(split_statements(definition).front());
  bool inherits = false;
  int depth = 0;
  std::size_t at = 0;
  for (const Token& token : tokens) {
    at += token.text.size();
    if (token.kind == TokenKind::kSymbol && token.text == "(") {
      if (inherits) return definition.substr(0, at) + parent + ", " + definition.substr(at);
      ++depth;
    }
    if (token.kind == TokenKind::kSymbol && token.text == ")") --depth;
    if (depth == 0 && is_keyword(token, "INHERITS")) inherits = true;
  }
  return std::nullopt;
}

bool create_in_order(Restoration& restoration, Connection& connection,
                     const DatabaseModel& database, const Entry& entry, const ColumnOrder& order,
                     const StatementOf& statement_of) {
  connection.run("BEGIN");
  try {
    const Entry ordered = try_out(connection, entry, order, statement_of);
    if (const auto refusal = run_unless(connection, statement_of(ordered), can_go_without))
      throw LostOrder(*refusal);
    connection.run("COMMIT");
    return true;
  } catch (const LostOrder& lost) {
    connection.run("ROLLBACK");
    if (!run_definition(restoration, connection, database, entry, statement_of)) return false;
    restoration.outcome.add(lost_order(entry, order, lost.what()));
    return true;
  }
}

}  // namespace vya::pg
