#include "engine/mysql/row_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/mysql/quote.h"
#include "engine/mysql/tsv.h"

namespace vya::mysql {

namespace {

/// A type whose text the server does not take as bytes, and how it takes it.
struct Form {
  const char* type;
  const char* expression;
};

constexpr std::array kForms = {
    Form{"json", "CONVERT({} USING utf8mb4)"},  // of MySQL; MariaDB's are texts
    Form{"uuid", "CAST({} AS CHAR CHARACTER SET latin1)"},
    Form{"inet4", "CAST({} AS CHAR CHARACTER SET latin1)"},
    Form{"inet6", "CAST({} AS CHAR CHARACTER SET latin1)"},
};

bool is_enumeration(const ObjectColumn& column) { return column.type.starts_with("enum("); }

std::optional<std::string> expression_of(const ObjectColumn& column) {
  if (is_enumeration(column) || column.type.starts_with("set(")) {
    return fmt::format("CAST({{}} AS CHAR CHARACTER SET {})", column.charset.value_or("utf8mb4"));
  }
  const auto form =
      std::ranges::find_if(kForms, [&](const Form& one) { return column.type == one.type; });
  if (form == kForms.end()) return std::nullopt;
  return form->expression;
}

/// A row that is valid has the end of time as its end, and that is not the same on all servers.
std::string expression_of_end(const std::string& end_of_time) {
  return fmt::format("IF({{}} IN ('{}', '{}'), '{}', {{}})", kEndsOfTime[0], kEndsOfTime[1],
                     end_of_time);
}

std::string filled(const std::string& expression, const std::string& value) {
  std::string text;
  for (std::size_t at = 0;;) {
    const std::size_t next = expression.find("{}", at);
    text.append(expression, at, next - at);
    if (next == std::string::npos) return text;
    text += value;
    at = next + 2;
  }
}

std::string variable(std::size_t i) { return fmt::format("@v{}", i); }

}  // namespace

std::vector<LoadedColumn> loaded_columns(const Table& table,
                                         const std::vector<ObjectColumn>& described,
                                         const std::optional<RowEnd>& row_end) {
  std::vector<LoadedColumn> columns;
  for (const std::string& name : table.columns) {
    LoadedColumn& column = columns.emplace_back(LoadedColumn{.name = name, .expression = {}});
    const auto found = std::ranges::find(described, name, &ObjectColumn::name);
    if (row_end && name == row_end->column) {
      column.expression = expression_of_end(row_end->end_of_time);
    } else if (found != described.end()) {
      column.expression = expression_of(*found);
      column.enumeration = is_enumeration(*found);
    }
  }
  return columns;
}

std::string load_statement(const std::string& file, const std::string& table,
                           const std::vector<LoadedColumn>& columns) {
  std::string fields;
  std::string sets;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) fields += ", ";
    fields += columns[i].expression ? variable(i) : quote_name(columns[i].name);
    if (!columns[i].expression) continue;
    sets += sets.empty() ? " SET " : ", ";
    sets += quote_name(columns[i].name) + " = " + filled(*columns[i].expression, variable(i));
  }
  if (columns.empty()) fields = "@nothing";
  return fmt::format(
      "LOAD DATA LOCAL INFILE {} INTO TABLE {} CHARACTER SET binary FIELDS TERMINATED BY '\\t' "
      "ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' ({}){}",
      quote_text(file), table, fields, sets);
}

std::string insert_statement(const std::string& table, const std::vector<LoadedColumn>& columns) {
  std::string names;
  for (const LoadedColumn& column : columns)
    names += (names.empty() ? "" : ", ") + quote_name(column.name);
  return fmt::format("INSERT INTO {} ({}) VALUES ", table, names);
}

std::string row_values(std::string_view row, const std::vector<LoadedColumn>& columns) {
  if (columns.empty()) return "()";
  const std::vector<std::optional<std::string>> fields = tsv_fields(row);
  if (fields.size() != columns.size()) {
    throw Error(Fault::kCheckFailed, fmt::format("a row has {} fields, and its table {} columns",
                                                 fields.size(), columns.size()));
  }
  std::string values = "(";
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) values += ',';
    const std::string value = fields[i] ? "_binary" + quote_text(*fields[i]) : "NULL";
    values += columns[i].expression ? filled(*columns[i].expression, value) : value;
  }
  return values + ')';
}

}  // namespace vya::mysql
