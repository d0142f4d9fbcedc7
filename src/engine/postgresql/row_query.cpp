#include "engine/postgresql/row_query.h"

#include <fmt/format.h>

#include "base/error.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/readable.h"

namespace vya::pg {

namespace {

std::string where_blocks(const Range& range) {
  if (range.from.empty() && range.to.empty()) return "";
  if (range.to.empty()) return fmt::format(" WHERE ctid >= '({},0)'", range.from);
  const std::string from = range.from.empty() ? "0" : range.from;
  return fmt::format(" WHERE ctid >= '({},0)' AND ctid < '({},0)'", from, range.to);
}

std::string where_oids(const Range& range) {
  std::string where = std::string(" WHERE") + kMayReadObject;
  if (!range.from.empty()) where += " AND m.oid >= " + range.from;
  if (!range.to.empty()) where += " AND m.oid < " + range.to;
  return where;
}

/// lo_get reads as of the transaction's snapshot. The length is where the end is found (262144:
/// INV_READ, 2: SEEK_END, of libpq-fs.h and stdio.h), for which nobody needs the right to read
/// pg_largeobject; what is opened for it is closed with the savepoint.
std::string large_object_query(const Range& range) {
  return fmt::format(
      "SELECT m.oid, o.at, lo_get(m.oid, o.at, {0})"
      " FROM pg_largeobject_metadata m"
      " CROSS JOIN LATERAL (SELECT lo_lseek64(lo_open(m.oid, 262144), 0, 2) AS size OFFSET 0) l"
      " CROSS JOIN LATERAL generate_series(0::bigint, l.size - 1, {0}) AS o(at)"
      "{1} ORDER BY m.oid, o.at",
      kLargeObjectPiece, where_oids(range));
}

std::string selected(const Table& table, const Range& range, const std::string& fields) {
  const std::string from = quote_name(table.name.schema, table.name.name);
  switch (table.kind) {
    case TableKind::kTable:
      return "SELECT " + fields + " FROM ONLY " + from + where_blocks(range);
    case TableKind::kMaterializedView:
      return "SELECT " + fields + " FROM " + from + where_blocks(range);
    case TableKind::kConfiguration:
      return "SELECT " + fields + " FROM ONLY " + from + " " + table.condition;
    case TableKind::kLargeObjects:
      return large_object_query(range);
  }
  throw Error(Fault::kInternal, "unknown kind of table");
}

}  // namespace

std::string row_query(const Table& table, const Range& range, const std::string& encoding) {
  const bool plain = table.kind == TableKind::kTable && range == Range{} && !table.columns.empty();
  const std::string what =
      plain ? fmt::format("{} ({})", quote_name(table.name.schema, table.name.name),
                          quote_names(table.columns))
            : "(" + selected(table, range, quote_names(table.columns)) + ")";
  return fmt::format("COPY {} TO STDOUT (ENCODING '{}')", what, encoding);
}

std::string binary_row_query(const Table& table, const Range& range,
                             const std::vector<std::string>& fields) {
  return fmt::format("COPY ({}) TO STDOUT (FORMAT binary)",
                     selected(table, range, fmt::format("{}", fmt::join(fields, ", "))));
}

}  // namespace vya::pg
