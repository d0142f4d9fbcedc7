#include "tests/story/mysql_comparison.h"

#include <algorithm>
#include <iterator>

namespace vya::story {

namespace {

using world::MysqlServer;
using world::TextRow;
using Lines = std::vector<std::string>;

std::string name(const std::string& text) {
  std::string quoted = "`";
  for (const char c : text) quoted += c == '`' ? std::string("``") : std::string(1, c);
  return quoted + "`";
}

/// MySQL keeps the semicolon between two statements that are sent together with the first one's
/// body, and the space before it; one that is sent alone has none.
std::string without_end(std::string text) {
  while (text.ends_with(';') || text.ends_with(' ')) text.pop_back();
  return text;
}

std::string in_line(const std::string& what, const TextRow& row) {
  std::string line = what;
  for (const std::string& field : row) line += " | " + without_end(field);
  return line;
}

std::string with_name(std::string line, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = line.find(from, at)) != std::string::npos; at += to.size())
    line.replace(at, from.size(), to);
  return line;
}

/// A view of information_schema, the columns of it that mean the same everywhere, and the column
/// with the database.
struct Facts {
  const char* view;
  const char* columns;
  const char* schema;
};

constexpr Facts kFacts[] = {
    {"SCHEMATA", "DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME", "SCHEMA_NAME"},
    {"TABLES",
     // Aria's options, a MEMORY table's counter, and that of a MyISAM table without one are shown
     // in two ways for the same table.
     "TABLE_NAME, TABLE_TYPE, ENGINE, ROW_FORMAT, TABLE_COLLATION, TABLE_COMMENT, "
     "IF(ENGINE = 'Aria', '', CREATE_OPTIONS), "
     "IF(ENGINE = 'MEMORY', '', NULLIF(AUTO_INCREMENT, 1))",
     "TABLE_SCHEMA"},
    {"COLUMNS",
     // Whether a view's column can be null, MySQL makes up from the sql_mode of whoever defines it.
     "TABLE_NAME, ORDINAL_POSITION, COLUMN_NAME, COLUMN_DEFAULT, IF(TABLE_NAME IN (SELECT "
     "TABLE_NAME FROM information_schema.VIEWS v WHERE v.TABLE_SCHEMA = COLUMNS.TABLE_SCHEMA), '', "
     "IS_NULLABLE), COLUMN_TYPE, "
     "CHARACTER_SET_NAME, COLLATION_NAME, EXTRA, COLUMN_COMMENT, GENERATION_EXPRESSION",
     "TABLE_SCHEMA"},
    {"STATISTICS",
     "TABLE_NAME, NON_UNIQUE, INDEX_NAME, SEQ_IN_INDEX, COLUMN_NAME, COLLATION, SUB_PART, "
     "NULLABLE, "
     "INDEX_TYPE, INDEX_COMMENT",
     "TABLE_SCHEMA"},
    {"REFERENTIAL_CONSTRAINTS",
     "CONSTRAINT_NAME, TABLE_NAME, REFERENCED_TABLE_NAME, UPDATE_RULE, DELETE_RULE",
     "CONSTRAINT_SCHEMA"},
    {"CHECK_CONSTRAINTS", "CONSTRAINT_NAME, CHECK_CLAUSE", "CONSTRAINT_SCHEMA"},
    {"PARTITIONS",
     "TABLE_NAME, PARTITION_NAME, SUBPARTITION_NAME, PARTITION_METHOD, PARTITION_DESCRIPTION, "
     "PARTITION_COMMENT",
     "TABLE_SCHEMA"},
    {"ROUTINES",
     "ROUTINE_TYPE, ROUTINE_NAME, DTD_IDENTIFIER, ROUTINE_DEFINITION, SQL_DATA_ACCESS, "
     "SECURITY_TYPE, SQL_MODE, ROUTINE_COMMENT, DEFINER, CHARACTER_SET_CLIENT, "
     "COLLATION_CONNECTION, DATABASE_COLLATION",
     "ROUTINE_SCHEMA"},
    {"PARAMETERS",
     "SPECIFIC_NAME, ORDINAL_POSITION, PARAMETER_MODE, PARAMETER_NAME, DTD_IDENTIFIER, "
     "CHARACTER_SET_NAME, COLLATION_NAME",
     "SPECIFIC_SCHEMA"},
    {"TRIGGERS",
     "TRIGGER_NAME, EVENT_MANIPULATION, EVENT_OBJECT_TABLE, ACTION_ORDER, ACTION_STATEMENT, "
     "ACTION_TIMING, SQL_MODE, DEFINER, CHARACTER_SET_CLIENT, COLLATION_CONNECTION, "
     "DATABASE_COLLATION",
     "TRIGGER_SCHEMA"},
    {"VIEWS",
     "TABLE_NAME, CHECK_OPTION, IS_UPDATABLE, DEFINER, SECURITY_TYPE, CHARACTER_SET_CLIENT, "
     "COLLATION_CONNECTION",
     "TABLE_SCHEMA"},
    {"EVENTS",
     "EVENT_NAME, DEFINER, TIME_ZONE, EVENT_DEFINITION, EVENT_TYPE, EXECUTE_AT, INTERVAL_VALUE, "
     "INTERVAL_FIELD, SQL_MODE, STARTS, ENDS, STATUS, ON_COMPLETION, EVENT_COMMENT, "
     "CHARACTER_SET_CLIENT, COLLATION_CONNECTION, DATABASE_COLLATION",
     "EVENT_SCHEMA"},
};

class Reader {
 public:
  Reader(const MysqlServer& server, const std::string& database)
      : server_(server), database_(database) {}

  Lines lines() {
    for (const Facts& facts : kFacts) {
      add(facts.view,
          server_.query(std::string("SELECT ") + facts.columns + " FROM information_schema." +
                        facts.view + " WHERE " + facts.schema + " = " + text(database_)));
    }
    for (const TextRow& row : names("TABLE_NAME, TABLE_TYPE", "TABLES", "TABLE_SCHEMA")) {
      if (row[1] == "VIEW") {
        show("VIEW", row[0], 1);
      } else if (row[1] == "SEQUENCE") {
        show("SEQUENCE", row[0], 1);
        add("value of " + row[0],
            server_.query("SELECT next_not_cached_value FROM " + in_database(row[0])));
      } else {
        show("TABLE", row[0], 1);
        read_rows(row[0], row[1] == "SYSTEM VERSIONED");
      }
    }
    for (const TextRow& row : names("ROUTINE_NAME, ROUTINE_TYPE", "ROUTINES", "ROUTINE_SCHEMA"))
      show(row[1], row[0], 2);
    for (const TextRow& row : names("TRIGGER_NAME", "TRIGGERS", "TRIGGER_SCHEMA"))
      show("TRIGGER", row[0], 2);
    for (const TextRow& row : names("EVENT_NAME", "EVENTS", "EVENT_SCHEMA"))
      show("EVENT", row[0], 3);
    std::ranges::sort(lines_);
    return std::move(lines_);
  }

 private:
  static std::string text(const std::string& value) {
    std::string quoted = "'";
    for (const char c : value) quoted += c == '\'' ? std::string("''") : std::string(1, c);
    return quoted + "'";
  }
  std::string in_database(const std::string& object) const {
    return name(database_) + "." + name(object);
  }
  std::vector<TextRow> names(const std::string& columns, const std::string& view,
                             const std::string& schema) const {
    return server_.query("SELECT " + columns + " FROM information_schema." + view + " WHERE " +
                         schema + " = " + text(database_));
  }
  void add(const std::string& what, const std::vector<TextRow>& rows) {
    for (const TextRow& row : rows) lines_.push_back(in_line(what, row));
  }
  void show(const std::string& type, const std::string& object, std::size_t field) {
    const auto rows =
        server_.query("USE " + name(database_) + "; SHOW CREATE " + type + " " + name(object));
    std::string shown = without_end(rows[0][field]);
    // MySQL remembers whether a column's character set was written out, which its own text does.
    if (!server_.mariadb()) shown = with_name(shown, " CHARACTER SET utf8mb4 COLLATE", " COLLATE");
    lines_.push_back(type + " | " + object + " | " + shown);
  }

  /// Every value in hexadecimal digits, floats with all of theirs; generated ones too.
  void read_rows(const std::string& table, bool versioned) {
    std::string list;
    for (const TextRow& row : server_.query(
             "SELECT COLUMN_NAME, DATA_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = " +
             text(database_) + " AND TABLE_NAME = " + text(table) + " ORDER BY ORDINAL_POSITION")) {
      const bool is_float = row[1] == "float" || row[1] == "double";
      const std::string value = is_float              ? name(row[0]) + " * 1e0"
                                : row[1] == "decimal" ? name(row[0])
                                                      : "HEX(" + name(row[0]) + ")";
      list += (list.empty() ? "" : ", ") + ("COALESCE(" + value + ", 'NULL')");
    }
    if (versioned) list += ", HEX(" + std::string(table == "versioned" ? "row_start" : "v") + ")";
    add("row of " + table,
        server_.query("SET time_zone = '+00:00'; SELECT " + list + " FROM " + in_database(table) +
                      (versioned ? " FOR SYSTEM_TIME ALL" : "")));
    // The checksum is also of the hidden columns of functional keys, in the order of their making.
    if (table != "functional")
      add("checksum", server_.query("CHECKSUM TABLE " + in_database(table)));
  }

  const MysqlServer& server_;
  const std::string& database_;
  Lines lines_;
};

}  // namespace

Lines differences(const MysqlServer& source, const MysqlServer& restored,
                  const std::string& database, const std::string& renamed) {
  const Lines before = Reader(source, database).lines();
  Lines after = Reader(restored, renamed.empty() ? database : renamed).lines();
  if (!renamed.empty()) {
    for (std::string& line : after) line = with_name(line, renamed, database);
    std::ranges::sort(after);
  }
  Lines all;
  Lines only;
  std::ranges::set_difference(before, after, std::back_inserter(only));
  for (const std::string& line : only) all.push_back("< " + line);
  only.clear();
  std::ranges::set_difference(after, before, std::back_inserter(only));
  for (const std::string& line : only) all.push_back("> " + line);
  return all;
}

Lines differences(const MysqlServer& source, const MysqlServer& restored) {
  Lines all;
  const std::string list =
      "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME NOT IN ('mysql', "
      "'sys', "
      "'information_schema', 'performance_schema') ORDER BY 1";
  if (source.query(list) != restored.query(list)) all.push_back("other databases");
  for (const TextRow& row : source.query(list)) {
    const Lines of_one = differences(source, restored, row[0]);
    all.insert(all.end(), of_one.begin(), of_one.end());
  }
  return all;
}

}  // namespace vya::story
