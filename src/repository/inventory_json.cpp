#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/error.h"
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

/// A text that may be no UTF-8, fit for a message.
std::string visible(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    result += byte >= 0x20 && byte < 0x7f ? std::string(1, c) : fmt::format("\\x{:02x}", byte);
  }
  return result;
}

void write_line(Sink& to, const Json& line, const std::string& thing) {
  std::string text;
  try {
    text = line.dump() + "\n";
  } catch (const Json::type_error&) {
    throw Error(Fault::kInternal,
                fmt::format("cannot write {} into the inventory: a text in it is no valid UTF-8",
                            visible(thing)));
  }
  to.write(as_bytes(text));
}

Json extents_to_json(const std::vector<Extent>& extents) {
  Json list = Json::array();
  for (const Extent& extent : extents) {
    list.push_back({{"object", extent.object}, {"offset", extent.offset}, {"bytes", extent.bytes}});
  }
  return list;
}

Database read_database(const JsonObject& from) {
  return {.number = from.small_number("database", 1),
          .name = from.text("name"),
          .encoding = from.text("encoding")};
}

TableName read_table_name(const JsonObject& from) {
  return {from.text("schema"), from.text("name")};
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
              .columns = from.texts("columns"),
              .condition = from.text("condition"),
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
          .what = from.text("what"),
          .why = from.text("why"),
          .cure = from.text("cure")};
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
  write_line(to_,
             {{"line", "database"},
              {"database", database.number},
              {"name", database.name},
              {"encoding", database.encoding}},
             fmt::format("database '{}'", database.name));
}

void InventoryWriter::add(const Table& table) {
  Json line = {{"line", "table"},
               {"database", table.database},
               {"table", table.number},
               {"schema", table.name.schema},
               {"name", table.name.name},
               {"kind", name_of(table.kind)},
               {"columns", table.columns},
               {"condition", table.condition},
               {"definition", table.definition},
               {"file_node", table.file_node}};
  if (table.root) line["root"] = {{"schema", table.root->schema}, {"name", table.root->name}};
  write_line(to_, line, fmt::format("table '{}.{}'", table.name.schema, table.name.name));
}

void InventoryWriter::add(const ObjectRecord& object) {
  write_line(to_,
             {{"line", "object"},
              {"path", object.path},
              {"row_bytes", object.row_bytes},
              {"size", object.size},
              {"sha256", object.sha256}},
             fmt::format("object '{}'", object.path));
}

void InventoryWriter::add(const StoredSegment& stored) {
  const auto& [segment, fingerprint, extents] = stored;
  write_line(to_,
             {{"line", "segment"},
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
              {"extents", extents_to_json(extents)}},
             fmt::format("segment {} of table {} of database {}", segment.number, segment.table,
                         segment.database));
}

void InventoryWriter::add(const Gap& gap) {
  write_line(to_,
             {{"line", "gap"},
              {"kind", gap.kind},
              {"what", gap.what},
              {"why", gap.why},
              {"cure", gap.cure}},
             fmt::format("gap '{}'", gap.id()));
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
