#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/bytes.h"
#include "base/error.h"
#include "base/utf8.h"
#include "repository/inventory.h"
#include "repository/strict_json.h"
#include "stream/lines.h"

namespace vya {

using Json = nlohmann::ordered_json;  // for people: "line" comes first

namespace {

/// The one form of rows so far: as the server's COPY ... TO STDOUT gives them.
constexpr const char* kForm = "copy-text";

struct KindName {
  TableKind kind;
  const char* name;
};

constexpr std::array kTableKinds = {
    KindName{TableKind::kTable, "table"},
    KindName{TableKind::kMaterializedView, "materialized-view"},
    KindName{TableKind::kConfiguration, "configuration"},
    KindName{TableKind::kLargeObjects, "large-objects"},
};

const char* name_of(TableKind kind) {
  return std::ranges::find(kTableKinds, kind, &KindName::kind)->name;
}

/// Names come from servers and need not be UTF-8 (databases in SQL_ASCII).
Json name_to_json(const std::string& name) {
  if (is_utf8(name)) return name;
  return {{"bytes", to_hex(as_bytes(name))}};
}

Json names_to_json(const std::vector<std::string>& names) {
  Json list = Json::array();
  for (const std::string& name : names) list.push_back(name_to_json(name));
  return list;
}

Json table_name_to_json(const TableName& name) {
  return {{"schema", name_to_json(name.schema)}, {"name", name_to_json(name.name)}};
}

void write_line(Sink& to, const Json& line) { to.write(as_bytes(line.dump() + "\n")); }

Json extents_to_json(const std::vector<Extent>& extents) {
  Json list = Json::array();
  for (const Extent& extent : extents) {
    list.push_back({{"object", extent.object}, {"offset", extent.offset}, {"bytes", extent.bytes}});
  }
  return list;
}

Database read_database(const JsonObject& from) {
  return {.number = from.small_number("database", 1),
          .name = from.name("name"),
          .encoding = from.text("encoding")};
}

TableName read_table_name(const JsonObject& from) {
  return {from.name("schema"), from.name("name")};
}

TableKind read_table_kind(const JsonObject& from) {
  const std::string name = from.text("kind");
  const auto* found = std::ranges::find(kTableKinds, name, &KindName::name);
  if (found == kTableKinds.end()) throw from.wrong("kind", fmt::format("is unknown: '{}'", name));
  return found->kind;
}

Table read_table(const JsonObject& from) {
  Table table{.database = from.small_number("database", 1),
              .number = from.small_number("table", 1),
              .name = read_table_name(from),
              .kind = read_table_kind(from),
              .columns = from.names("columns"),
              .condition = from.name("condition"),
              .root = {},
              .definition = from.text("definition"),
              .file_node = from.number("file_node")};
  if (from.has("root")) table.root = read_table_name(from.object("root"));
  return table;
}

ObjectRecord read_object(const JsonObject& from) {
  return {.path = from.path("path"),
          .row_bytes = from.number("row_bytes"),
          .size = from.number("size"),
          .sha256 = from.hex("sha256", 64)};
}

std::vector<Extent> read_extents(const JsonObject& from) {
  std::vector<Extent> extents;
  for (const JsonObject& extent : from.objects("extents")) {
    extents.push_back({extent.path("object"), extent.number("offset"), extent.number("bytes")});
  }
  return extents;
}

StoredSegment read_segment(const JsonObject& from) {
  if (const std::string form = from.text("form"); form != kForm) {
    throw from.wrong("form", fmt::format("is unknown to this program: '{}'", form));
  }
  return {.segment = {.database = from.small_number("database", 1),
                      .table = from.small_number("table", 1),
                      .number = from.small_number("segment"),
                      .range = {from.text("from"), from.text("to")},
                      .weight = from.number("weight")},
          .fingerprint = {.rows = from.number("rows"),
                          .bytes = from.number("bytes"),
                          .sum = parse_sum(from.hex("fp1", 32))},
          .extents = read_extents(from)};
}

Gap read_gap(const JsonObject& from) {
  return {.kind = from.text("kind"),
          .what = from.name("what"),
          .why = from.name("why"),
          .cure = from.name("cure")};
}

void visit_line(const JsonObject& line, const InventoryVisitor& visit) {
  const std::string kind = line.text("line");
  if (kind == "database" && visit.database) visit.database(read_database(line));
  if (kind == "table" && visit.table) visit.table(read_table(line));
  if (kind == "object" && visit.object) visit.object(read_object(line));
  if (kind == "segment" && visit.segment) visit.segment(read_segment(line));
  if (kind == "gap" && visit.gap) visit.gap(read_gap(line));
}

}  // namespace

void InventoryWriter::add(const Database& database) {
  write_line(to_, {{"line", "database"},
                   {"database", database.number},
                   {"name", name_to_json(database.name)},
                   {"encoding", database.encoding}});
}

void InventoryWriter::add(const Table& table) {
  Json line = {{"line", "table"},
               {"database", table.database},
               {"table", table.number},
               {"schema", name_to_json(table.name.schema)},
               {"name", name_to_json(table.name.name)},
               {"kind", name_of(table.kind)},
               {"columns", names_to_json(table.columns)},
               {"condition", name_to_json(table.condition)},
               {"definition", table.definition},
               {"file_node", table.file_node}};
  if (table.root) line["root"] = table_name_to_json(*table.root);
  write_line(to_, line);
}

void InventoryWriter::add(const ObjectRecord& object) {
  write_line(to_, {{"line", "object"},
                   {"path", object.path},
                   {"row_bytes", object.row_bytes},
                   {"size", object.size},
                   {"sha256", object.sha256}});
}

void InventoryWriter::add(const StoredSegment& stored) {
  const auto& [segment, fingerprint, extents] = stored;
  write_line(to_, {{"line", "segment"},
                   {"database", segment.database},
                   {"table", segment.table},
                   {"segment", segment.number},
                   {"from", segment.range.from},
                   {"to", segment.range.to},
                   {"weight", segment.weight},
                   {"form", kForm},
                   {"rows", fingerprint.rows},
                   {"bytes", fingerprint.bytes},
                   {"fp1", fingerprint.sum_text()},
                   {"extents", extents_to_json(extents)}});
}

void InventoryWriter::add(const Gap& gap) {
  write_line(to_, {{"line", "gap"},
                   {"kind", gap.kind},
                   {"what", name_to_json(gap.what)},
                   {"why", name_to_json(gap.why)},
                   {"cure", name_to_json(gap.cure)}});
}

void read_inventory(Source& from, const InventoryVisitor& visit) {
  LineReader lines(from);
  std::uint64_t number = 0;
  while (const std::optional<std::string> line = lines.next()) {
    ++number;
    visit_line(JsonObject(*line, fmt::format("line {} of the inventory", number)), visit);
  }
}

}  // namespace vya
