// A database's catalog, and the large objects' properties, come back from their lines.
#include "engine/postgresql/catalog.h"

#include "tests/fuzz/documents.h"

namespace vya::fuzz {

namespace {

using LargeObjects = std::vector<pg::LargeObject>;

LargeObjects read_large_objects(Source& from) {
  LargeObjects objects;
  pg::read_large_objects_json(from,
                              [&](const pg::LargeObject& object) { objects.push_back(object); });
  return objects;
}

void write_large_objects(const LargeObjects& objects, Sink& to) {
  for (const pg::LargeObject& object : objects) write_json(object, to);
}

}  // namespace

void try_input(std::string_view input) {
  read_write_read(input, pg::read_catalog_json,
                  [](const pg::Catalog& catalog, Sink& to) { write_json(catalog, to); });
  read_write_read(input, read_large_objects, write_large_objects);
}

}  // namespace vya::fuzz
