#include "engine/mysql/objects.h"
#include "engine/text_json.h"

namespace vya::mysql {

static void describe(JsonFields& line, ObjectColumn& column) {
  line.text("name", column.name);
  line.text("type", column.type);
  line.text("charset", column.charset);
  line.flag("generated", column.generated);
}

static void describe(JsonFields& line, SchemaObject& object) {
  line.text("type", object.type);
  line.text("name", object.name);
  line.text("table", object.table);
  line.text("definer", object.definer);
  line.text("sql_mode", object.sql_mode);
  line.text("charset", object.charset);
  line.text("collation", object.collation);
  line.text("connection_collation", object.connection_collation);
  line.text("database_collation", object.database_collation);
  line.text("time_zone", object.time_zone);
  line.text("value", object.value);
  line.text("broken", object.broken);
  line.text("definition", object.definition);
  line.list("columns", object.columns);
}

namespace {

constexpr std::string_view kObject = "object";
constexpr const char* kOtherDatabase = "other-database";

}  // namespace

void write_json(const SchemaObject& object, Sink& to) { write_line(kObject, object, to); }

void read_objects_json(Source& from, const std::function<void(SchemaObject)>& visit) {
  JsonLines lines(from, "schema");
  while (std::optional<JsonFields> line = lines.next()) {
    if (line->kind() == kObject) visit(read_line<SchemaObject>(*line));
  }
}

std::map<std::string, std::string> read_settings_json(Source& from) {
  std::map<std::string, std::string> settings;
  JsonLines lines(from, "settings");
  while (std::optional<JsonFields> line = lines.next()) {
    if (line->kind() != "setting") continue;
    std::string name;
    std::string value;
    line->text("name", name);
    line->text("value", value);
    settings[name] = value;
  }
  return settings;
}

ServerObject other_database(const std::string& name) {
  return {.type = kOtherDatabase, .name = name, .properties = {}};
}

std::vector<std::string> read_other_databases_json(Source& from) {
  std::vector<std::string> names;
  JsonLines lines(from, "globals");
  while (std::optional<JsonFields> line = lines.next()) {
    if (line->kind() == kOtherDatabase) line->text("name", names.emplace_back());
  }
  return names;
}

void write_json(const ServerObject& object, Sink& to) {
  JsonFields line(object.type);
  std::string name = object.name;
  line.text("name", name);
  for (const auto& [key, value] : object.properties) {
    std::string text = value;
    line.text(key.c_str(), text);
  }
  line.write(to);
}

}  // namespace vya::mysql
