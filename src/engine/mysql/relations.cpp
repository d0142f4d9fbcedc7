#include "engine/mysql/relations.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <string_view>

#include "engine/mysql/quote.h"
#include "stream/digest.h"

namespace vya::mysql {

namespace {

using Name = std::pair<std::string, std::string>;  // of database and table

bool matches(const std::vector<std::string>& globs, const std::string& name) {
  return std::ranges::any_of(
      globs, [&](const std::string& glob) { return fnmatch(glob.c_str(), name.c_str(), 0) == 0; });
}

/// The forms of a key's values by data type. Types that are not here are not split by: floating
/// point, bits, enumerations.
const std::map<std::string, KeyForm>& key_forms() {
  static const std::map<std::string, KeyForm> kForms = {
      {"tinyint", KeyForm::kNumber},   {"smallint", KeyForm::kNumber},
      {"mediumint", KeyForm::kNumber}, {"int", KeyForm::kNumber},
      {"bigint", KeyForm::kNumber},    {"decimal", KeyForm::kNumber},
      {"year", KeyForm::kNumber},      {"char", KeyForm::kText},
      {"varchar", KeyForm::kText},     {"binary", KeyForm::kBytes},
      {"varbinary", KeyForm::kBytes},  {"date", KeyForm::kQuoted},
      {"datetime", KeyForm::kQuoted},  {"timestamp", KeyForm::kQuoted},
      {"time", KeyForm::kQuoted},      {"uuid", KeyForm::kQuoted},
      {"inet4", KeyForm::kQuoted},     {"inet6", KeyForm::kQuoted},
  };
  return kForms;
}

/// Engines whose tables show rows that are kept elsewhere: in other tables or on other servers.
constexpr std::array<std::string_view, 4> kEnginesWithoutRows = {"MRG_MYISAM", "FEDERATED",
                                                                 "SPIDER", "CONNECT"};

bool is_whole(const std::string& data_type) { return data_type.ends_with("int"); }

/// Puts the parts together: tables by name, then what the other views say of each.
class Reader {
 public:
  Reader(Connection& connection, const std::vector<Database>& databases, std::vector<Gap>& gaps)
      : connection_(connection), databases_(databases), gaps_(gaps) {}

  std::vector<Relation> read() {
    read_tables();
    read_columns();
    read_keys();
    return finished();
  }

 private:
  struct KeyColumnFacts {
    KeyColumn column;
    bool whole = false;
  };

  std::string in_databases(const char* column) const {
    return fmt::format("{} IN ({})", column, quoted_names(databases_));
  }

  void read_tables();
  void read_columns();
  void read_column(const RowView& row);
  void read_keys();
  void settle_history(const Name& name, Relation& relation);
  std::vector<Relation> finished();

  Connection& connection_;
  const std::vector<Database>& databases_;
  std::vector<Gap>& gaps_;
  std::map<Name, Relation> relations_;
  std::map<Name, std::map<std::string, KeyColumnFacts>> key_columns_;
  std::map<Name, std::pair<std::string, std::string>> periods_;  ///< types of row start and end
};

void Reader::read_tables() {
  std::set<std::string> transactional;
  connection_.each("SELECT ENGINE FROM information_schema.ENGINES WHERE TRANSACTIONS = 'YES'",
                   [&](const RowView& row) { transactional.insert(row.text(0)); });
  connection_.each(
      "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, ENGINE, COALESCE(TABLE_ROWS, 0),"
      " COALESCE(DATA_LENGTH, 0) FROM information_schema.TABLES"
      " WHERE TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') AND " +
          in_databases("TABLE_SCHEMA"),
      [&](const RowView& row) {
        if (!keeps_rows(row.text(3))) return;
        Relation relation;
        relation.table.name = {"", row.text(1)};
        relation.history = row.bytes(2) == "SYSTEM VERSIONED";
        relation.engine = row.text(3);
        relation.transactional = transactional.contains(relation.engine);
        relation.rows = row.number(4);
        relation.bytes = row.number(5);
        relations_.emplace(Name{row.text(0), row.text(1)}, std::move(relation));
      });
  require_whole_look(connection_);
}

void Reader::read_columns() {
  connection_.each(
      "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, DATA_TYPE,"
      " COALESCE(GENERATION_EXPRESSION, ''), IS_NULLABLE, COALESCE(CHARACTER_SET_NAME, ''),"
      " COALESCE(COLLATION_NAME, '') FROM information_schema.COLUMNS WHERE " +
          in_databases("TABLE_SCHEMA") + " ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION",
      [&](const RowView& row) { read_column(row); });
  require_whole_look(connection_);
}

void Reader::read_column(const RowView& row) {
  const Name name{row.text(0), row.text(1)};
  const auto found = relations_.find(name);
  if (found == relations_.end()) return;  // of a view
  const std::string_view generated = row.bytes(5);
  const bool start = generated == "ROW START";
  const bool period = start || generated == "ROW END";
  if (!generated.empty() && !period) return;
  if (period) (start ? periods_[name].first : periods_[name].second) = row.text(3);
  found->second.columns.push_back(
      {row.text(2), row.text(3), period ? ColumnKind::kPeriod : ColumnKind::kStored, ""});
  const auto form = key_forms().find(row.text(4));
  if (form == key_forms().end() || row.bytes(6) == "YES") return;
  key_columns_[name][row.text(2)] = {
      {.name = row.text(2), .form = form->second, .charset = row.text(7), .collation = row.text(8)},
      is_whole(row.text(4))};
}

/// The first index of those that are whole, unique and without nulls, the primary key before
/// others: the one that InnoDB orders the rows by.
void Reader::read_keys() {
  struct Index {
    Key key;
    bool usable = true;
    bool whole = false;
  };
  std::map<Name, std::vector<std::pair<std::string, Index>>> indexes;
  connection_.each(
      "SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, COLUMN_NAME, SUB_PART, NULLABLE"
      " FROM information_schema.STATISTICS WHERE NON_UNIQUE = 0 AND INDEX_TYPE = 'BTREE' AND " +
          in_databases("TABLE_SCHEMA") +
          " ORDER BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX",
      [&](const RowView& row) {
        const Name name{row.text(0), row.text(1)};
        auto& of_table = indexes[name];
        if (of_table.empty() || of_table.back().first != row.text(2))
          of_table.emplace_back(row.text(2), Index{});
        Index& index = of_table.back().second;
        const auto& columns = key_columns_[name];
        const auto column = columns.find(row.text(3));
        if (column == columns.end() || !row.is_null(4) || row.bytes(5) == "YES") {
          index.usable = false;
        } else {
          index.key.push_back(column->second.column);
          index.whole = index.key.size() == 1 && column->second.whole;
        }
      });
  require_whole_look(connection_);
  for (auto& [name, relation] : relations_) {
    for (auto& [index_name, index] : indexes[name]) {
      if (!index.usable) continue;
      relation.key = std::move(index.key);
      relation.key_index = index_name;
      relation.whole_key = index.whole;
      break;
    }
  }
}

/// Past rows are told apart by when they were valid, so both ends are columns of the rows; where
/// the table does not name them, the server calls them row_start and row_end.
void Reader::settle_history(const Name& name, Relation& relation) {
  if (!relation.history) return;
  const auto& [start, end] = periods_[name];
  if (start.starts_with("bigint") || end.starts_with("bigint")) {
    relation.history = false;
    std::erase_if(relation.columns,
                  [](const Column& column) { return column.kind == ColumnKind::kPeriod; });
    gaps_.push_back(
        {.kind = "history",
         .what = name.first + "." + name.second,
         .why = "the table's past rows are kept by transaction number, which no other "
                "server knows; only its present rows are in the backup",
         .cure = "Keep the table's history by time: columns of the type TIMESTAMP(6)."});
  } else if (start.empty()) {
    relation.columns.push_back({"row_start", "timestamp(6)", ColumnKind::kPeriod, ""});
    relation.columns.push_back({"row_end", "timestamp(6)", ColumnKind::kPeriod, ""});
  }
}

std::vector<Relation> Reader::finished() {
  std::vector<Relation> all;
  for (const Database& database : databases_) {
    int number = 0;
    for (auto& [name, relation] : relations_) {
      if (name.first != database.name) continue;
      settle_history(name, relation);
      Table& table = relation.table;
      table.database = database.number;
      table.number = ++number;
      std::string definition;
      for (const Column& column : relation.columns) {
        table.columns.push_back(column.name);
        definition += column.name + '\0' + column.type + '\0';
      }
      table.definition = sha256_hex(as_bytes(definition));
      all.push_back(std::move(relation));
    }
  }
  return all;
}

}  // namespace

bool keeps_rows(std::string engine) {
  std::ranges::transform(engine, engine.begin(), [](unsigned char c) { return std::toupper(c); });
  return std::ranges::find(kEnginesWithoutRows, engine) == kEnginesWithoutRows.end();
}

void require_whole_look(Connection& connection) {
  if (connection.warnings() == 0) return;
  connection.each("SHOW WARNINGS", [](const RowView& row) {
    const auto number = static_cast<unsigned>(row.number(1));
    if (!is_definition_in_use(number)) return;
    throw SqlError(Fault::kRefused, "cannot read all definitions: " + row.text(2), number,
                   row.text(2),
                   "A statement that changes a table keeps it from being looked at; go on when it "
                   "has ended.");
  });
}

std::string quoted_names(const std::vector<Database>& databases) {
  std::string list;
  for (const Database& database : databases) {
    if (!list.empty()) list += ", ";
    list += quote_text(database.name);
  }
  return list;
}

std::vector<Database> select_databases(Connection& connection, const FreezeOptions& options,
                                       std::vector<std::string>& left_out) {
  std::vector<Database> databases;
  std::vector<std::string> all;
  connection.each(
      "SELECT SCHEMA_NAME, DEFAULT_CHARACTER_SET_NAME FROM information_schema.SCHEMATA WHERE "
      "LOWER(SCHEMA_NAME) NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys') "
      "ORDER BY CAST(SCHEMA_NAME AS BINARY)",
      [&](const RowView& row) {
        const std::string name = row.text(0);
        all.push_back(name);
        if ((!options.include.empty() && !matches(options.include, name)) ||
            matches(options.exclude, name)) {
          left_out.push_back(name);
          return;
        }
        databases.push_back({static_cast<int>(databases.size()) + 1, name, row.text(1)});
      });
  if (databases.empty() && !all.empty()) {
    throw Error(Fault::kNotFound, "no database of the server matches include and exclude",
                fmt::format("The server has: {}.", fmt::join(all, ", ")));
  }
  if (databases.empty()) {
    throw Error(Fault::kNotFound, "the server shows the user no database of its own",
                "Create one, or grant the instance's user SELECT and SHOW DATABASES on *.*.");
  }
  return databases;
}

std::vector<Relation> relations_with_rows(Connection& connection,
                                          const std::vector<Database>& databases,
                                          std::vector<Gap>& gaps) {
  return Reader(connection, databases, gaps).read();
}

}  // namespace vya::mysql
