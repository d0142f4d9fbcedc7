// Objects of MySQL and MariaDB: they come back from their lines, and what a restore asks of them is
// answered whatever they say.
#include "engine/mysql/objects.h"
#include "engine/mysql/stored_object.h"
#include "tests/fuzz/documents.h"

namespace vya::fuzz {

namespace {

using Objects = std::vector<mysql::SchemaObject>;

Objects read(Source& from) {
  Objects objects;
  mysql::read_objects_json(
      from, [&](mysql::SchemaObject object) { objects.push_back(std::move(object)); });
  return objects;
}

void write(const Objects& objects, Sink& to) {
  for (const mysql::SchemaObject& object : objects) write_json(object, to);
}

void check_object(const mysql::SchemaObject& object) {
  mysql::surroundings_of(object);
  if (const auto event = mysql::disabled(object)) {
    mysql::SchemaObject again = object;
    again.definition = *event;
    require(!mysql::disabled(again), "what is disabled is not disabled again");
  }
  mysql::SchemaObject mapped = object;
  mysql::map_definer(mapped, {{object.definer.value_or("app@%"), object.definer.value_or("")}});
  require(mapped.name == object.name, "another definer changes no name");
}

void check_order(const Objects& objects) {
  mysql::BackupModel backup;
  backup.databases.emplace_back().objects = objects;
  std::size_t views = backup.databases[0].of_type("view").size();
  require(mysql::views_in_order(backup).size() == views, "each view is made once");
}

}  // namespace

void try_input(std::string_view input) {
  const auto objects = read_write_read(input, read, write);
  if (!objects) return;
  for (const mysql::SchemaObject& object : *objects) check_object(object);
  check_order(*objects);
}

}  // namespace vya::fuzz
