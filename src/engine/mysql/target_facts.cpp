#include "engine/mysql/target_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "engine/mysql/events.h"
#include "engine/mysql/quote.h"
#include "engine/mysql/relations.h"

namespace vya::mysql {

namespace {

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

class Reader {
 public:
  Reader(Connection& connection, const std::vector<Database>& databases, TargetFacts& facts)
      : connection_(connection), databases_(databases), facts_(facts) {}

  void read_server() {
    facts_.databases = set_of("SELECT SCHEMA_NAME FROM information_schema.SCHEMATA");
    facts_.charsets = set_of("SELECT CHARACTER_SET_NAME FROM information_schema.CHARACTER_SETS");
    facts_.collations = set_of("SELECT COLLATION_NAME FROM information_schema.COLLATIONS");
    // MariaDB lists some under a short name, and there under the one that definitions have.
    if (connection_.value("SELECT COUNT(*) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = "
                          "'information_schema' AND COLUMN_NAME = 'FULL_COLLATION_NAME'") != "0") {
      facts_.collations.merge(
          set_of("SELECT FULL_COLLATION_NAME FROM "
                 "information_schema.COLLATION_CHARACTER_SET_APPLICABILITY"));
    }
    for (const std::string& name :
         set_of("SELECT ENGINE FROM information_schema.ENGINES WHERE SUPPORT <> 'NO'"))
      facts_.engines.insert(lower(name));
    for (const std::string& name : set_of(
             "SELECT PLUGIN_NAME FROM information_schema.PLUGINS WHERE PLUGIN_STATUS = 'ACTIVE'"))
      facts_.plugins.insert(lower(name));
    facts_.replicas = connection_.value(
                          "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE COMMAND LIKE "
                          "'Binlog Dump%'") != "0";
  }

  void read_used() {
    if (databases_.empty()) return;
    const std::string names = quoted_names(databases_);
    for (const auto& [view, column] :
         {std::pair{"TABLES", "TABLE_SCHEMA"}, std::pair{"ROUTINES", "ROUTINE_SCHEMA"},
          std::pair{"EVENTS", "EVENT_SCHEMA"}}) {
      if (view == std::string_view("EVENTS") && !shows_events(connection_)) continue;
      facts_.used.merge(
          set_of(fmt::format("SELECT DISTINCT {0} FROM information_schema.{1} WHERE "
                             "{0} IN ({2})",
                             column, view, names)));
    }
  }

  void read_tables() {
    std::vector<Gap> gaps;  // they are of the backup that this would be
    for (const Relation& relation : relations_with_rows(connection_, databases_, gaps)) {
      const auto database =
          std::ranges::find(databases_, relation.table.database, &Database::number);
      TableOnTarget& table = facts_.tables[{database->name, relation.table.name.name}];
      table.columns = relation.table.columns;
      table.empty = connection_
                        .query("SELECT 1 FROM " +
                               quote_name(database->name, relation.table.name.name) + " LIMIT 1")
                        .empty();
    }
    connection_.each(
        "SELECT TRIGGER_SCHEMA, EVENT_OBJECT_TABLE, TRIGGER_NAME FROM information_schema.TRIGGERS "
        "WHERE EVENT_MANIPULATION = 'INSERT' AND TRIGGER_SCHEMA IN (" +
            quoted_names(databases_) + ") ORDER BY 3",
        [&](const RowView& row) {
          facts_.tables[{row.text(0), row.text(1)}].triggers.push_back(row.text(2));
        });
  }

 private:
  std::set<std::string> set_of(const std::string& sql) {
    std::set<std::string> all;
    connection_.each(sql, [&](const RowView& row) { all.insert(row.text(0)); });
    return all;
  }

  Connection& connection_;
  const std::vector<Database>& databases_;
  TargetFacts& facts_;
};

}  // namespace

TargetFacts read_target_facts(Connection& connection, const Flavor& flavor,
                              const std::vector<Database>& databases, LookAtTables look) {
  TargetFacts facts{.flavor = flavor};
  Reader reader(connection, databases, facts);
  reader.read_server();
  reader.read_used();
  if (look == LookAtTables::kYes && !databases.empty()) reader.read_tables();
  return facts;
}

}  // namespace vya::mysql
