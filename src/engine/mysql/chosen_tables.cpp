#include "engine/mysql/chosen_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/mysql/create_table.h"
#include "engine/mysql/quote.h"
#include "engine/mysql/relations.h"
#include "stream/lines.h"

namespace vya::mysql {

namespace {

/// The tables of one database that are chosen, by their names in the backup.
using Choices = std::map<std::string, TableChoice>;

Choices choices_of(const Database& database, const std::vector<TableChoice>& all) {
  Choices choices;
  std::set<std::string> names;
  for (const TableChoice& choice : all) {
    if (choice.database != database.number) continue;
    const std::string& name = choice.name_on_target.name;
    if (!choices.emplace(choice.name.name, choice).second) {
      throw Error(Fault::kUsage,
                  fmt::format("table {} is chosen twice", quote_name(choice.name.name)));
    }
    if (!names.insert(name).second) {
      throw Error(Fault::kUsage, fmt::format("two tables would become {}", quote_name(name)),
                  "Give each a name of its own.");
    }
    if (characters_in(name) > kLongestName) {
      throw Error(Fault::kUsage,
                  fmt::format("the name '{}' has {} characters, and the server keeps {}", name,
                              characters_in(name), kLongestName),
                  "Choose a shorter one.");
    }
  }
  return choices;
}

bool is_table(const SchemaObject& object) {
  return object.type == "table" || object.type == "sequence";
}

bool is_trigger_on(const SchemaObject& object, const Choices& tables) {
  return object.type == "trigger" && tables.contains(object.table.value_or(""));
}

}  // namespace

ChosenTables::ChosenTables(const BackupContents& backup, const std::vector<TableChoice>& choices)
    : backup_(backup) {
  for (const Database& database : backup.databases()) take(database, choices);
}

void ChosenTables::take(const Database& database, const std::vector<TableChoice>& choices) {
  const Choices chosen = choices_of(database, choices);
  for (const auto& [name, choice] : chosen) {
    if (choice.name_on_target.name != name)
      new_names_[database.number].emplace(name, choice.name_on_target.name);
  }
  const Document document{DocumentKind::kSchema, database.number};
  TextSink lines;
  std::string source_name;
  std::set<std::string> found;
  if (const std::unique_ptr<Source> source = backup_.read(document)) {
    read_objects_json(*source, [&](SchemaObject object) {
      if (object.type == "database") source_name = object.name;
      if (is_table(object) && chosen.contains(object.name)) {
        found.insert(object.name);
        take(object, chosen.at(object.name), source_name);
      } else if (object.type != "database" && !is_trigger_on(object, chosen)) {
        return;
      }
      write_json(object, lines);
    });
  }
  for (const auto& [name, choice] : chosen) {
    if (found.contains(name)) continue;
    throw Error(Fault::kNotFound, fmt::format("the backup has no table {} in database {}",
                                              quote_name(name), quote_name(database.name)));
  }
  documents_[document] = lines.text();
  take_rows(database);
}

void ChosenTables::take(SchemaObject& table, const TableChoice& choice,
                        const std::string& database) {
  table.definition = with_new_names(table.definition, database, new_names_[choice.database], {});
  table.name = choice.name_on_target.name;
  const bool is_sequence = table.type == "sequence";
  chosen_.push_back(
      {.choice = choice,
       .is_sequence = is_sequence,
       .lacks_rows = !is_sequence && keeps_rows(parse_create_table(table.definition).engine)});
}

void ChosenTables::take_rows(const Database& database) {
  for (Table table : backup_.tables()) {
    const auto chosen = std::ranges::find_if(chosen_, [&](const ChosenTable& one) {
      return one.choice.database == table.database && one.choice.name == table.name;
    });
    if (table.database != database.number || chosen == chosen_.end()) continue;
    chosen->lacks_rows = false;
    table.name = chosen->choice.name_on_target;
    tables_.push_back(std::move(table));
  }
}

std::unique_ptr<Source> ChosenTables::read(const Document& document) const {
  const auto found = documents_.find(document);
  if (found == documents_.end()) return backup_.read(document);
  return std::make_unique<TextSource>(found->second);
}

NewNames ChosenTables::new_names(int database) const {
  const auto found = new_names_.find(database);
  return found == new_names_.end() ? NewNames{} : found->second;
}

const Table& ChosenTables::on_target(const Table& table) const {
  const auto found = std::ranges::find_if(tables_, [&](const Table& one) {
    return one.database == table.database && one.number == table.number;
  });
  if (found == tables_.end())
    throw Error(Fault::kInternal, "table '" + table.name.name + "' was not chosen");
  return *found;
}

}  // namespace vya::mysql
