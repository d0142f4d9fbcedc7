// Whole-number keys are halved until the server's own estimate of a range is small enough, which
// reads nothing; other keys are walked along in steps.
#include "engine/mysql/split.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/mysql/quote.h"

namespace vya::mysql {

namespace {

__extension__ using Int128 = __int128;  // holds signed and unsigned 64 bit numbers

constexpr std::uint64_t kFewestRows = 1000;  // of a segment: a border costs a statement

Int128 whole_number(const std::string& text) {
  Int128 number = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') number = number * 10 + (c - '0');
  }
  return text.starts_with('-') ? -number : number;
}

std::string to_text(Int128 number) {
  if (number < 0) return "-" + to_text(-number);
  std::string text;
  do {
    text.insert(text.begin(), static_cast<char>('0' + static_cast<int>(number % 10)));
    number /= 10;
  } while (number > 0);
  return text;
}

class Splitter {
 public:
  Splitter(Connection& connection, const std::string& database, const Relation& relation,
           std::uint64_t rows)
      : connection_(connection),
        relation_(relation),
        table_(quote_name(database, relation.table.name.name) +
               (relation.history ? " FOR SYSTEM_TIME ALL" : "")),
        index_(quote_name(relation.key_index)),
        from_(fmt::format(" FROM {} FORCE INDEX ({})", table_, index_)),
        rows_(rows) {}

  std::vector<KeyBorder> borders() {
    if (relation_.whole_key) {
      halve();
    } else {
      walk();
    }
    return std::move(borders_);
  }

 private:
  void halve() {
    const std::string name = quote_name(relation_.key[0].name);
    const auto ends =
        connection_.query(fmt::format("SELECT MIN({0}), MAX({0}){1}", name, from_)).at(0);
    if (ends[0]) halve(whole_number(*ends[0]), whole_number(*ends[1]) + 1);
  }

  void halve(Int128 from, Int128 to) {
    if (to - from < 2 || estimate(from, to) <= rows_) return;
    const Int128 middle = from + (to - from) / 2;
    halve(from, middle);
    borders_.push_back({to_text(middle)});
    halve(middle, to);
  }

  /// How many rows the server thinks there are in a range.
  std::uint64_t estimate(Int128 from, Int128 to) {
    constexpr std::size_t kMariadbColumns = 10;
    const Range range{to_text(from), to_text(to)};
    const auto plan = connection_
                          // Not FORCE INDEX: MySQL then spares itself the look into the index.
                          .query(fmt::format("EXPLAIN SELECT 1 FROM {} USE INDEX ({}) WHERE {}",
                                             table_, index_, condition_of(relation_.key, range)))
                          .at(0);
    const auto& rows = plan.at(plan.size() == kMariadbColumns ? 8 : 9);
    return rows ? std::stoull(*rows) : 0;  // none: the server knows without looking
  }

  void walk() {
    std::string list;
    for (const KeyColumn& column : relation_.key)
      list += (list.empty() ? "" : ", ") + quote_name(column.name);
    for (Range rest;;) {
      const std::string condition = condition_of(relation_.key, rest);
      const auto next = connection_.query(
          fmt::format("SELECT {0}{1}{2} ORDER BY {0} LIMIT 1 OFFSET {3}", list, from_,
                      condition.empty() ? "" : " WHERE " + condition, rows_));
      if (next.empty()) return;
      KeyBorder border;
      for (const auto& value : next[0]) border.push_back(value.value_or(""));
      rest.from = mysql::to_text(relation_.key, border);
      borders_.push_back(std::move(border));
    }
  }

  Connection& connection_;
  const Relation& relation_;
  std::string table_;
  std::string index_;
  std::string from_;
  std::uint64_t rows_;
  std::vector<KeyBorder> borders_;
};

std::vector<KeyBorder> find_borders(Connection& connection, const std::string& database,
                                    const Relation& relation, std::uint64_t rows) {
  try {
    return Splitter(connection, database, relation, rows).borders();
  } catch (const SqlError& error) {
    // Bytes that are no text of the key's character set cannot be written in a statement.
    if (error.number() != kInvalidCharacterString) throw;
    return {};
  }
}

}  // namespace

std::vector<Segment> split(Connection& connection, const std::string& database,
                           const Relation& relation, std::uint64_t segment_bytes) {
  std::vector<Range> ranges = {{}};
  // With its past, a key has several rows, and a walk along it could stand still.
  const bool walkable = relation.whole_key || !relation.history;
  if (relation.bytes > segment_bytes && !relation.key.empty() && relation.transactional &&
      walkable) {
    const std::uint64_t rows =
        std::max(kFewestRows, relation.rows / (relation.bytes / segment_bytes + 1));
    ranges = ranges_between(relation.key, find_borders(connection, database, relation, rows));
  }
  std::vector<Segment> segments;
  for (Range& range : ranges) {
    segments.push_back({.database = relation.table.database,
                        .table = relation.table.number,
                        .number = static_cast<int>(segments.size()),
                        .range = std::move(range),
                        .weight = relation.bytes / ranges.size()});
  }
  return segments;
}

}  // namespace vya::mysql
