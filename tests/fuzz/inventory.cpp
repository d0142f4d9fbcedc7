// The inventory: its lines come back, and its objects have names that a store takes.
#include "repository/inventory.h"

#include <variant>

#include "store/name.h"
#include "tests/fuzz/documents.h"

namespace vya::fuzz {

namespace {

using Line = std::variant<Database, Table, ObjectRecord, StoredSegment, Gap>;
using Lines = std::vector<Line>;

Lines read(Source& from) {
  Lines lines;
  const auto keep = [&](auto line) { lines.emplace_back(std::move(line)); };
  read_inventory(from,
                 {.database = keep, .table = keep, .object = keep, .segment = keep, .gap = keep});
  return lines;
}

void write(const Lines& lines, Sink& to) {
  InventoryWriter writer(to);
  for (const Line& line : lines) {
    std::visit([&](const auto& value) { writer.add(value); }, line);
  }
}

void check_names(const Line& line) {
  if (const auto* object = std::get_if<ObjectRecord>(&line)) require_name(object->path);
  if (const auto* segment = std::get_if<StoredSegment>(&line)) {
    for (const Extent& extent : segment->extents) require_name(extent.object);
  }
}

}  // namespace

void try_input(std::string_view input) {
  const auto lines = read_write_read(input, read, write);
  if (!lines) return;
  for (const Line& line : *lines) check_names(line);
}

}  // namespace vya::fuzz
