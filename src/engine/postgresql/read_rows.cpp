#include "engine/postgresql/read_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "engine/postgresql/quote.h"
#include "engine/postgresql/row_query.h"

namespace vya::pg {

namespace {

/// A type is taken for what its two output functions make it, and not for its name: domains have
/// those of the type below.
constexpr const char* kOutputs =
    "SELECT a.attname, CASE"
    " WHEN t.typoutput = 'byteaout'::regproc AND t.typsend = 'byteasend'::regproc THEN 'bytes'"
    " WHEN (t.typoutput, t.typsend) IN (('textout'::regproc, 'textsend'::regproc),"
    " ('varcharout'::regproc, 'varcharsend'::regproc),"
    " ('bpcharout'::regproc, 'bpcharsend'::regproc), ('json_out'::regproc, 'json_send'::regproc))"
    " THEN 'text' ELSE 'other' END"
    " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
    " WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped";

/// Column -> what a binary row has of it.
std::map<std::string, std::string> outputs_of(Connection& connection, const Table& table) {
  const Result found = connection.query(kOutputs, {quote_name(table.name.schema, table.name.name)});
  std::map<std::string, std::string> outputs;
  for (int row = 0; row < found.rows(); ++row) outputs[found.text(row, 0)] = found.text(row, 1);
  return outputs;
}

/// The column's text by its type's output function, which a cast need not give (it takes the blanks
/// from the end of a bpchar). A composite value of nulls is not null.
std::string text_of(const std::string& column) {
  return fmt::format(
      "CASE WHEN pg_catalog.num_nulls({0}) = 0 THEN pg_catalog.format('%s', {0}) END", column);
}

std::vector<std::string> expressions(Connection& connection, const Table& table) {
  const std::map<std::string, std::string> outputs = outputs_of(connection, table);
  std::vector<std::string> all;
  for (const std::string& column : table.columns) {
    const std::string name = quote_name(column);
    all.push_back(outputs.at(column) == "other" ? text_of(name) : name);
  }
  return all;
}

}  // namespace

void read_rows(Connection& connection, const Table& table, const Range& range,
               const std::string& encoding, RowFormat format, Sink& sink) {
  if (format == RowFormat::kText) {
    connection.copy_out(row_query(table, range, encoding), sink);
    return;
  }
  TextFromBinary text(sink, field_forms(connection, table));
  connection.copy_out(binary_row_query(table, range, expressions(connection, table)), text);
  text.end();
}

bool may_be_too_long(const Table& table, const std::string& state) {
  // Of a message that outgrows its buffer (54000), of one value that does (XX000), and of a server
  // that has not so much memory (53200).
  constexpr std::array<std::string_view, 3> kStates = {"54000", "XX000", "53200"};
  const bool is_table = table.kind != TableKind::kLargeObjects;  // their rows are short
  return is_table && std::ranges::find(kStates, state) != kStates.end();
}

void fail_to_read(const Table& table, const std::string& database, const SqlError& error) {
  throw Error(Fault::kSql,
              fmt::format("cannot read {}, neither as text nor in binary: {}",
                          in_words(table, database), error.said()),
              "If the server speaks of memory or of a buffer, a row is too long for it: more than "
              "1 GiB, or an array or composite value whose text is. No program gets such a row out "
              "of the server as a whole; part it, or delete it.");
}

std::string in_words(const Table& table, const std::string& database) {
  return fmt::format("table {} of database {}", quote_name(table.name.schema, table.name.name),
                     quote_name(database));
}

std::vector<FieldForm> field_forms(Connection& connection, const Table& table) {
  const std::map<std::string, std::string> outputs = outputs_of(connection, table);
  std::vector<FieldForm> forms;
  for (const std::string& column : table.columns)
    forms.push_back(outputs.at(column) == "bytes" ? FieldForm::kBytes : FieldForm::kText);
  return forms;
}

}  // namespace vya::pg
