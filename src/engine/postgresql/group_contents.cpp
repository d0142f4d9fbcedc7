#include "engine/postgresql/group_contents.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "engine/postgresql/split.h"
#include "engine/segment_order.h"

namespace vya::pg {

namespace {

constexpr int kVersionWithTidRanges = 140000;
constexpr int kLargeObjectsASegment = 1000;

}  // namespace

bool is_left_out(const std::vector<Undumpable>& left_out, const TableName& name) {
  return std::ranges::find(left_out, name, &Undumpable::name) != left_out.end();
}

void GroupContents::add(Leader& leader, const std::vector<Undumpable>& left_out,
                        int server_version) {
  add_relations(leader, left_out, server_version);
  add_large_objects(leader);
  for (const DocumentKind kind :
       {DocumentKind::kCatalog, DocumentKind::kSchema, DocumentKind::kLargeObjects}) {
    documents_.push_back({kind, leader.database().number});
  }
}

void GroupContents::add_relations(Leader& leader, const std::vector<Undumpable>& left_out,
                                  int server_version) {
  int number = 0;
  for (Relation& relation : leader.look_around()) {
    Table& table = relation.table;
    if (is_left_out(left_out, table.name)) continue;
    table.database = leader.database().number;
    table.number = ++number;
    const bool ranges = relation.heap && table.kind != TableKind::kConfiguration &&
                        server_version >= kVersionWithTidRanges;
    for (Segment& segment : split(table, {relation.blocks, relation.toast_bytes},
                                  ranges ? Ranges::kUsable : Ranges::kUnusable)) {
      segments_.push_back(std::move(segment));
    }
    tables_.push_back(std::move(table));
  }
}

void GroupContents::add_large_objects(Leader& leader) {
  std::vector<std::string> borders;
  std::uint64_t bytes = 0;
  leader.with_session([&](Connection& session) {
    session.each(fmt::format("SELECT oid FROM (SELECT oid, row_number() OVER (ORDER BY oid) AS n "
                             "FROM pg_largeobject_metadata m WHERE{}) m"
                             " WHERE n % {} = 1 ORDER BY oid",
                             kMayReadObject, kLargeObjectsASegment),
                 [&](const Result& row) { borders.push_back(row.text(0, 0)); });
    bytes = std::stoull(session.value("SELECT pg_relation_size('pg_largeobject')"));
  });
  if (borders.empty()) return;
  const int database = leader.database().number;
  const bool first = tables_.empty() || tables_.back().database != database;
  Table table{.database = database,
              .number = first ? 1 : tables_.back().number + 1,
              .name = {"pg_catalog", "pg_largeobject"},
              .kind = TableKind::kLargeObjects,
              .columns = {"oid", "offset", "data"}};
  for (std::size_t i = 0; i < borders.size(); ++i) {
    segments_.push_back(
        {.database = database,
         .table = table.number,
         .number = static_cast<int>(i),
         .range = {i == 0 ? "" : borders[i], i + 1 < borders.size() ? borders[i + 1] : ""},
         .weight = bytes / borders.size()});
  }
  tables_.push_back(std::move(table));
}

void GroupContents::order() {
  for (std::size_t i = 0; i < tables_.size(); ++i)
    index_[{tables_[i].database, tables_[i].number}].table = i;
  for (const Segment& segment : segments_) ++index_[{segment.database, segment.table}].segments;
  order_for_work(segments_);
}

}  // namespace vya::pg
