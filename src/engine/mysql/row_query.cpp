#include "engine/mysql/row_query.h"

#include <fmt/format.h>

#include "engine/mysql/quote.h"
#include "engine/mysql/tsv.h"

namespace vya::mysql {

namespace {

constexpr std::size_t kBlock = std::size_t{256} * 1024;

/// The servers print a float with six digits, which is not what is stored; as a double it has all.
std::string read_form(const Column& column) {
  if (!column.read_as.empty()) return column.read_as;
  const std::string name = quote_name(column.name);
  return column.type.starts_with("float") ? name + " * 1e0" : name;
}

std::string select_list(const Relation& relation) {
  std::string list;
  for (const Column& column : relation.columns) {
    if (!list.empty()) list += ", ";
    list += read_form(column);
  }
  return list.empty() ? "''" : list;
}

}  // namespace

std::string row_query(const std::string& database, const Relation& relation, const Range& range) {
  std::string sql = fmt::format("SELECT {} FROM {}", select_list(relation),
                                quote_name(database, relation.table.name.name));
  if (relation.history) sql += " FOR SYSTEM_TIME ALL";
  const std::string condition = condition_of(relation.key, range);
  if (condition.empty()) return sql;
  return sql + " FORCE INDEX (" + quote_name(relation.key_index) + ") WHERE " + condition;
}

void write_rows(Connection& connection, const std::string& sql, Sink& sink) {
  std::string block;
  block.reserve(2 * kBlock);
  connection.each(sql, [&](const RowView& row) {
    for (unsigned i = 0; i < row.size(); ++i) {
      if (i > 0) block += '\t';
      if (row.is_null(i)) {
        block += "\\N";
      } else {
        append_escaped(block, row.bytes(i));
      }
    }
    block += '\n';
    if (block.size() < kBlock) return;
    sink.write(as_bytes(block));
    block.clear();
  });
  if (!block.empty()) sink.write(as_bytes(block));
}

}  // namespace vya::mysql
