// Reads which children of inheritance have their columns in an order of their own.
#include "engine/postgresql/catalog.h"
#include "engine/postgresql/connection.h"

namespace vya::pg {

namespace {

/// CREATE TABLE ... INHERITS takes the parents' columns first, parent by parent, and then the
/// child's own (tablecmds.c, MergeAttributes). A partition is made by itself and attached.
constexpr const char* kOrders =
    "WITH child AS (SELECT c.oid, array_agg(a.attnum ORDER BY a.attnum) AS found,"
    "   array_agg(a.attnum ORDER BY inherited.parent, inherited.place, a.attnum) AS given"
    "  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
    "  LEFT JOIN LATERAL (SELECT i.inhseqno AS parent, p.attnum AS place FROM pg_inherits i"
    "   JOIN pg_attribute p ON p.attrelid = i.inhparent WHERE i.inhrelid = c.oid AND p.attnum > 0"
    "   AND NOT p.attisdropped AND p.attname = a.attname ORDER BY 1 LIMIT 1) inherited ON true"
    "  WHERE c.relkind IN ('r', 'f') AND NOT c.relispartition AND a.attnum > 0"
    "  AND NOT a.attisdropped AND c.oid IN (SELECT inhrelid FROM pg_inherits) GROUP BY c.oid)"
    " SELECT n.nspname, c.relname, a.attname FROM child JOIN pg_class c ON c.oid = child.oid"
    " JOIN pg_namespace n ON n.oid = c.relnamespace"
    " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " WHERE child.found <> child.given AND n.nspname !~ '^pg_(toast|temp)'"
    " ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\", a.attnum";

}  // namespace

std::vector<ColumnOrder> read_column_orders(Connection& connection) {
  std::vector<ColumnOrder> orders;
  connection.each(kOrders, [&](const Result& row) {
    const std::string schema = row.text(0, 0);
    const std::string name = row.text(0, 1);
    if (orders.empty() || orders.back().schema != schema || orders.back().name != name)
      orders.push_back({schema, name, {}});
    orders.back().columns.push_back(row.text(0, 2));
  });
  return orders;
}

}  // namespace vya::pg
