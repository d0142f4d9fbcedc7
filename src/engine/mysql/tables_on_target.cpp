#include "engine/mysql/tables_on_target.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>
#include <vector>

#include "engine/mysql/quote.h"

namespace vya::mysql {

TablesOnTarget look_for_tables(Connection& connection, const Flavor& flavor,
                               const std::set<std::string>& databases) {
  TablesOnTarget there;
  std::vector<std::string> names;
  for (const std::string& database : databases) names.push_back(quote_text(database));
  const auto each = [&](const char* columns, const char* view, const char* schema,
                        const std::function<void(const RowView&)>& row) {
    connection.each(fmt::format("SELECT {1}, {0} FROM information_schema.{2} WHERE {1} IN ({3})",
                                columns, schema, view, fmt::join(names, ", ")),
                    row);
  };
  each("DEFAULT_COLLATION_NAME", "SCHEMATA", "SCHEMA_NAME",
       [&](const RowView& row) { there.collations[row.text(0)] = row.text(1); });
  each("TABLE_NAME, TABLE_TYPE", "TABLES", "TABLE_SCHEMA",
       [&](const RowView& row) { there.relations[{row.text(0), row.text(1)}] = row.text(2); });
  each("TRIGGER_NAME", "TRIGGERS", "TRIGGER_SCHEMA",
       [&](const RowView& row) { there.triggers.emplace(row.text(0), row.text(1)); });
  each("LOWER(CONSTRAINT_NAME), CONSTRAINT_TYPE", "TABLE_CONSTRAINTS", "CONSTRAINT_SCHEMA",
       [&](const RowView& row) {
         const bool is_alone = row.bytes(2) == "CHECK" && !flavor.mariadb();
         if (row.bytes(2) == "FOREIGN KEY" || is_alone)
           there.constraints.emplace(row.text(0), row.text(1));
       });
  return there;
}

}  // namespace vya::mysql
