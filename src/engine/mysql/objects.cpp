// Each kind of object is listed by information_schema and shown by its SHOW CREATE.
#include "engine/mysql/objects.h"

#include <fmt/format.h>

#include <map>

#include "engine/mysql/account.h"
#include "engine/mysql/events.h"
#include "engine/mysql/quote.h"

namespace vya::mysql {

namespace {

class Reader {
 public:
  Reader(Connection& connection, const std::string& database, std::vector<Gap>& gaps,
         const std::function<void(const SchemaObject&)>& visit)
      : connection_(connection), database_(database), gaps_(gaps), visit_(visit) {}

  void read_database();
  void read_sequences();
  void read_tables();
  void read_routines(const std::string& type);
  std::optional<std::string> definition_of(const KeptRow& view);
  void read_views();
  void read_triggers();
  void read_events();
  void name_hidden_events();

 private:
  /// The rows that a view of information_schema has of the database.
  std::vector<KeptRow> list(const std::string& columns, const std::string& view,
                            const std::string& schema_column, const std::string& rest) {
    return connection_.query(fmt::format("SELECT {} FROM information_schema.{} WHERE {} = {} {}",
                                         columns, view, schema_column, quote_text(database_),
                                         rest));
  }

  /// What SHOW CREATE says; nothing, and a gap, when the server does not show it.
  std::optional<KeptRow> shown(const std::string& type, const std::string& name,
                               unsigned definition) {
    KeptRow row;
    std::string why = fmt::format("the user may not see the definition of this {}", type);
    try {
      row = connection_.query(fmt::format("SHOW CREATE {} {}", type, quote_name(database_, name)))
                .at(0);
    } catch (const SqlError& error) {
      if (!connection_.good() || is_definition_in_use(error.number())) throw;
      if (!is_privilege_missing(error.number()))
        why = fmt::format("the server cannot show this {}: {}", type, error.said());
    }
    if (row.size() > definition && row[definition]) return row;
    gaps_.push_back({.kind = "definition",
                     .what = fmt::format("{}.{}", database_, name),
                     .why = why,
                     .cure = grant_to_us(connection_, "SELECT, SHOW VIEW, TRIGGER, EVENT")});
    return std::nullopt;
  }

  Connection& connection_;
  const std::string& database_;
  std::vector<Gap>& gaps_;
  const std::function<void(const SchemaObject&)>& visit_;
};

void Reader::read_database() {
  const auto row =
      list("DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME", "SCHEMATA", "SCHEMA_NAME", "")
          .at(0);
  const auto create = connection_.query("SHOW CREATE DATABASE " + quote_name(database_)).at(0);
  visit_({.type = "database",
          .name = database_,
          .definition = create[1].value_or(""),
          .charset = row[0],
          .collation = row[1]});
}

void Reader::read_sequences() {
  for (const KeptRow& row :
       list("TABLE_NAME", "TABLES", "TABLE_SCHEMA", "AND TABLE_TYPE = 'SEQUENCE' ORDER BY 1")) {
    const std::string& name = *row[0];
    const auto create = shown("SEQUENCE", name, 1);
    if (!create) continue;
    visit_({.type = "sequence",
            .name = name,
            .definition = *(*create)[1],
            .value = connection_.value("SELECT next_not_cached_value FROM " +
                                       quote_name(database_, name))});
  }
}

void Reader::read_tables() {
  std::map<std::string, std::vector<ObjectColumn>> columns;
  for (const KeptRow& row :
       list("TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, CHARACTER_SET_NAME, "
            "COALESCE(GENERATION_EXPRESSION, '')",
            "COLUMNS", "TABLE_SCHEMA", "ORDER BY TABLE_NAME, ORDINAL_POSITION"))
    columns[*row[0]].push_back({*row[1], *row[2], row[3], !row[4]->empty()});
  for (const KeptRow& row :
       list("TABLE_NAME, TABLE_COLLATION", "TABLES", "TABLE_SCHEMA",
            "AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') ORDER BY 1")) {
    const auto create = shown("TABLE", *row[0], 1);
    if (!create) continue;
    visit_({.type = "table",
            .name = *row[0],
            .definition = *(*create)[1],
            .collation = row[1],
            .columns = columns[*row[0]]});
  }
}

void Reader::read_routines(const std::string& type) {
  for (const KeptRow& row : list("ROUTINE_NAME, DEFINER", "ROUTINES", "ROUTINE_SCHEMA",
                                 "AND ROUTINE_TYPE = " + quote_text(type) + " ORDER BY 1")) {
    const auto create = shown(type, *row[0], 2);
    if (!create) continue;
    std::string lower;
    for (const char c : type) lower += c == ' ' ? c : static_cast<char>(c | 0x20);
    visit_({.type = lower,
            .name = *row[0],
            .definition = *(*create)[2],
            .definer = row[1],
            .sql_mode = (*create)[1],
            .charset = (*create)[3],
            .connection_collation = (*create)[4],
            .database_collation = (*create)[5]});
  }
}

/// The view's statement. MySQL does not show that of one whose database is gone, but lists its
/// text; then nobody knows its algorithm.
std::optional<std::string> Reader::definition_of(const KeptRow& view) {
  if (const auto create = shown("VIEW", *view[0], 1)) return (*create)[1];
  if (view[4].value_or("").empty()) return std::nullopt;
  gaps_.pop_back();
  const std::string definer = view[1].value_or("");
  const std::size_t at = definer.rfind('@');
  return fmt::format("CREATE DEFINER={}@{} SQL SECURITY {} VIEW {} AS {}{}",
                     quote_name(definer.substr(0, at)), quote_name(definer.substr(at + 1)),
                     view[5].value_or("DEFINER"), quote_name(*view[0]), *view[4],
                     view[6] == "NONE" ? "" : " WITH " + view[6].value_or("") + " CHECK OPTION");
}

void Reader::read_views() {
  for (const KeptRow& row :
       list("TABLE_NAME, DEFINER, CHARACTER_SET_CLIENT, COLLATION_CONNECTION, VIEW_DEFINITION, "
            "SECURITY_TYPE, CHECK_OPTION",
            "VIEWS", "TABLE_SCHEMA", "ORDER BY 1")) {
    const auto definition = definition_of(row);
    if (!definition) continue;
    SchemaObject view{.type = "view",
                      .name = *row[0],
                      .definition = *definition,
                      .definer = row[1],
                      .charset = row[2],
                      .connection_collation = row[3]};
    try {
      connection_.run("SELECT 1 FROM " + quote_name(database_, view.name) + " LIMIT 0");
    } catch (const SqlError& error) {
      if (!connection_.good() || is_definition_in_use(error.number())) throw;
      // It is the view that cannot be read, for any other reason.
      view.broken = error.said();
    }
    visit_(view);
  }
}

void Reader::read_triggers() {
  for (const KeptRow& row :
       list("TRIGGER_NAME, EVENT_OBJECT_TABLE, DEFINER", "TRIGGERS", "TRIGGER_SCHEMA",
            "ORDER BY EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER")) {
    const auto create = shown("TRIGGER", *row[0], 2);
    if (!create) continue;
    visit_({.type = "trigger",
            .name = *row[0],
            .definition = *(*create)[2],
            .table = row[1],
            .definer = row[2],
            .sql_mode = (*create)[1],
            .charset = (*create)[3],
            .connection_collation = (*create)[4],
            .database_collation = (*create)[5]});
  }
}

/// A gap where there are some, or nobody can tell.
void Reader::name_hidden_events() {
  try {
    const auto events =
        connection_.value("SELECT count(*) FROM mysql.event WHERE db = " + quote_text(database_));
    if (events == "0") return;
  } catch (const SqlError& error) {
    if (!is_privilege_missing(error.number())) throw;
  }
  gaps_.push_back({.kind = "event",
                   .what = quote_name(database_),
                   .why = "the server shows no events while its event scheduler is disabled, so "
                          "none of the database's are in the backup",
                   .cure = "Start the server with event_scheduler = OFF instead of DISABLED"});
}

void Reader::read_events() {
  if (!shows_events(connection_)) return name_hidden_events();
  for (const KeptRow& row : list("EVENT_NAME, DEFINER", "EVENTS", "EVENT_SCHEMA", "ORDER BY 1")) {
    const auto create = shown("EVENT", *row[0], 3);
    if (!create) continue;
    visit_({.type = "event",
            .name = *row[0],
            .definition = *(*create)[3],
            .definer = row[1],
            .sql_mode = (*create)[1],
            .charset = (*create)[4],
            .connection_collation = (*create)[5],
            .database_collation = (*create)[6],
            .time_zone = (*create)[2]});
  }
}

}  // namespace

void read_objects(Connection& connection, const Flavor& flavor, const std::string& database,
                  std::vector<Gap>& gaps, const std::function<void(const SchemaObject&)>& visit) {
  // A view that names nothing beyond its own database is then shown without the database's name.
  connection.run("USE " + quote_name(database));
  Reader reader(connection, database, gaps, visit);
  reader.read_database();
  if (flavor.mariadb()) reader.read_sequences();
  reader.read_tables();
  reader.read_routines("FUNCTION");
  reader.read_routines("PROCEDURE");
  if (flavor.mariadb()) {
    reader.read_routines("PACKAGE");
    reader.read_routines("PACKAGE BODY");
  }
  reader.read_views();
  reader.read_triggers();
  reader.read_events();
}

}  // namespace vya::mysql
