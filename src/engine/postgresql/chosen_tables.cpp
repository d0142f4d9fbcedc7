#include "engine/postgresql/chosen_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "engine/postgresql/catalog.h"
#include "engine/postgresql/entry_sql.h"
#include "engine/postgresql/sql_tokens.h"
#include "stream/lines.h"

namespace vya::pg {

namespace {

Catalog catalog_of(const BackupContents& backup, const Database& database) {
  const std::unique_ptr<Source> source = backup.read({DocumentKind::kCatalog, database.number});
  if (!source) {
    throw Error(
        Fault::kCheckFailed,
        fmt::format("cannot read the backup: it has no catalog of database '{}'", database.name));
  }
  return read_catalog_json(*source);
}

bool is_partitioned(const Entry& entry) {
  int depth = 0;
  for (const Token& token : split_tokens(split_statements(entry.definition).front())) {
    if (token.text == "(") ++depth;
    if (token.text == ")") --depth;
    if (depth == 0 && is_keyword(token, "PARTITION")) return true;
  }
  return false;
}

/// What a backup by a role without all rights, or of a standby, may have as a definition alone.
std::vector<Gap> lost_contents(const TablesOfDatabase& chosen, const std::vector<Table>& tables,
                               const Catalog& catalog) {
  std::set<TableName> with_rows;
  std::set<TableName> with_value;
  for (const Table& table : tables) {
    if (table.database == chosen.database.number) with_rows.insert(table.name);
  }
  for (const SequenceValue& value : catalog.sequences)
    with_value.insert({value.schema, value.name});
  std::vector<Gap> lost;
  for (const Entry& entry : chosen.entries) {
    const TableName name = {entry.schema, entry.name};
    if (entry.kind == "TABLE" && !with_rows.contains(name) && !is_partitioned(entry)) {
      lost.push_back({.kind = "rows",
                      .what = in_words(entry),
                      .why = "the backup has its definition without its rows, so it is empty",
                      .cure = "Choose another backup: 'vya show' tells which gaps one has."});
    }
    if (entry.kind == "SEQUENCE" && !with_value.contains(name)) {
      lost.push_back({.kind = "sequence",
                      .what = in_words(entry),
                      .why = "the backup does not have its value, so it starts from the beginning",
                      .cure = "Set it with setval() above the highest value in use."});
    }
  }
  return lost;
}

}  // namespace

ChosenTables::ChosenTables(const BackupContents& backup, const std::vector<TableChoice>& choices)
    : backup_(backup) {
  for (const Database& database : backup.databases()) {
    std::vector<TableChoice> here;
    std::ranges::copy_if(choices, std::back_inserter(here), [&](const TableChoice& choice) {
      return choice.database == database.number;
    });
    take(database, here);
  }
}

void ChosenTables::take(const Database& database, const std::vector<TableChoice>& choices) {
  TablesGatherer gatherer(backup_, database, choices);
  for (const Table& table : backup_.tables()) {
    if (table.database != database.number) continue;
    if (std::optional<Table> taken = gatherer.on_target(table))
      tables_.push_back(std::move(*taken));
  }
  Catalog catalog = catalog_of(backup_, database);
  gatherer.keep(catalog);
  TextSink lines;
  write_json(catalog, lines);
  documents_[{DocumentKind::kCatalog, database.number}] = lines.text();
  chosen_.push_back(gatherer.take());
  chosen_.back().lost = lost_contents(chosen_.back(), tables_, catalog);
  write_schema(chosen_.back());
}

void ChosenTables::write_schema(const TablesOfDatabase& chosen) {
  TextSink lines;
  for (const Entry& entry : chosen.entries) write_json(entry, lines);
  documents_[{DocumentKind::kSchema, chosen.database.number}] = lines.text();
}

std::unique_ptr<Source> ChosenTables::read(const Document& document) const {
  if (document.kind == DocumentKind::kLargeObjects) return nullptr;
  const auto found = documents_.find(document);
  if (found == documents_.end()) return backup_.read(document);
  return std::make_unique<TextSource>(found->second);
}

const Table& ChosenTables::on_target(const Table& table) const {
  const auto found = std::ranges::find_if(tables_, [&](const Table& one) {
    return one.database == table.database && one.number == table.number;
  });
  if (found == tables_.end())
    throw Error(Fault::kInternal, "table \"" + table.name.name + "\" was not chosen");
  return *found;
}

Entry ChosenTables::leave_out(int database, int entry) {
  const auto chosen = std::ranges::find_if(
      chosen_, [&](const TablesOfDatabase& one) { return one.database.number == database; });
  const auto found = std::ranges::find(chosen->entries, entry, &Entry::id);
  Entry left = *found;
  // What is said about it (a comment) goes with it.
  std::erase_if(chosen->entries, [&](const Entry& one) {
    return one.id == entry || std::ranges::find(one.dependencies, entry) != one.dependencies.end();
  });
  write_schema(*chosen);
  return left;
}

}  // namespace vya::pg
