#include "engine/mysql/plan_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <functional>
#include <optional>

#include "engine/mysql/create_table.h"
#include "engine/mysql/quote.h"
#include "engine/mysql/restore_plan.h"
#include "engine/mysql/sql_tokens.h"

namespace vya::mysql {

namespace {

using Name = std::pair<std::string, std::string>;  // of database and table

std::string quoted(const Name& name) { return quote_name(name.first, name.second); }

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// The database that a definition names, as it is called on the target.
std::string on_target(const BackupModel& backup, const std::string& database) {
  const auto names = backup.new_names();
  const auto found = names.find(database);
  return found == names.end() ? database : found->second;
}

/// The names that an item of a table's definition says: of the table that a foreign key refers to,
/// of sequences that a default takes values from.
std::vector<Name> names_in(const TableItem& item, const std::string& database) {
  std::vector<SqlToken> tokens = sql_tokens(item.text);
  std::erase_if(tokens, is_blank);
  std::vector<Name> names;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind != SqlTokenKind::kName) continue;
    if (i + 2 < tokens.size() && is_symbol(tokens[i + 1], '.')) {
      names.emplace_back(name_in(tokens[i]), name_in(tokens[i + 2]));
      i += 2;
    } else if (i > 0 && is_word(tokens[i - 1], "REFERENCES")) {
      names.emplace_back(database, name_in(tokens[i]));
    }
  }
  return names;
}

std::vector<Name> names_in(const BackupModel& backup, const DatabaseModel& database,
                           const TableItem& item) {
  std::vector<Name> names = names_in(item, database.source_name());
  for (Name& name : names) name.first = on_target(backup, name.first);
  return names;
}

/// The definition once items were taken out; the last one had the line end before the parenthesis.
std::string text_of(CreateTable table) {
  if (!table.items.back().text.ends_with('\n')) table.tail.insert(0, "\n");
  return table.text();
}

std::string trimmed(const std::string& text) {
  constexpr const char* kSpace = " \n";
  const std::size_t from = text.find_first_not_of(kSpace);
  return text.substr(from, text.find_last_not_of(kSpace) + 1 - from);
}

class Planner {
 public:
  Planner(BackupModel& backup, const ChosenTables& chosen, const TablesOnTarget& there,
          RestoreScope scope)
      : backup_(backup), chosen_(chosen), there_(there), scope_(scope) {
    for (const DatabaseModel& database : backup.databases) {
      for (const auto& object : database.objects) {
        if (object.type != "trigger") restored_.emplace(database.name(), object.name);
      }
    }
  }

  TablesPlan make() {
    for (DatabaseModel& database : backup_.databases) {
      if (!there_.collations.contains(database.name())) {
        plan_.refusals.push_back(
            fmt::format("database {} is not there, and a table by itself needs one: create it, or "
                        "restore it whole",
                        quote_name(database.name())));
      } else if (makes_definitions(scope_)) {
        plan(database);
      }
    }
    for (const ChosenTable& table : chosen_.chosen()) add_step(table);
    return std::move(plan_);
  }

 private:
  void plan(DatabaseModel& database);
  void look_for_name(const DatabaseModel& database, const SchemaObject& table);
  void plan_table(const DatabaseModel& database, SchemaObject& table);
  Gap missing_reference(const std::string& table, const TableItem& key, const Name& missing) const;
  void name_constraints(const DatabaseModel& database, SchemaObject& table);
  bool plan_trigger(const DatabaseModel& database, SchemaObject& trigger);
  std::string free_name(const std::string& what, const Name& table, const std::string& name,
                        const std::function<bool(const std::string&)>& is_taken);
  void add_step(const ChosenTable& table);
  const ChosenTable& chosen(int database, const std::string& on_target) const {
    return *std::ranges::find_if(chosen_.chosen(), [&](const ChosenTable& one) {
      return one.choice.database == database && one.choice.name_on_target.name == on_target;
    });
  }
  bool will_be_there(const Name& name) const {
    return restored_.contains(name) || there_.relations.contains(name);
  }

  BackupModel& backup_;
  const ChosenTables& chosen_;
  const TablesOnTarget& there_;
  RestoreScope scope_;
  std::set<Name> restored_;  ///< tables and sequences
  TablesPlan plan_;
};

void Planner::plan(DatabaseModel& database) {
  for (SchemaObject& object : database.objects) {
    if (object.type == "trigger") continue;
    look_for_name(database, object);
    if (object.type == "table") plan_table(database, object);
  }
  // Tables keep their places: triggers are behind them all.
  std::erase_if(database.objects, [&](SchemaObject& object) {
    return object.type == "trigger" && !plan_trigger(database, object);
  });
  database.itself.collation = there_.collations.at(database.name());
}

void Planner::look_for_name(const DatabaseModel& database, const SchemaObject& table) {
  const auto found = there_.relations.find({database.name(), table.name});
  if (found == there_.relations.end()) return;
  plan_.refusals.push_back(fmt::format(
      "{} is there already ({}); give the {} another name with --table {}.{}=NEW",
      quote_name(database.name(), table.name), lower(found->second), table.type,
      database.source_name(), chosen(database.database.number, table.name).choice.name.name));
}

void Planner::plan_table(const DatabaseModel& database, SchemaObject& table) {
  CreateTable parts = parse_create_table(table.definition);
  const std::string words = quote_name(database.name(), table.name);
  const auto is_impossible = [&](const TableItem& item) {
    for (const Name& name : names_in(backup_, database, item)) {
      if (will_be_there(name)) continue;
      if (item.kind == TableItemKind::kForeignKey) {
        plan_.gaps.push_back(missing_reference(words, item, name));
        return true;
      }
      plan_.refusals.push_back(
          fmt::format("table {} needs the sequence {}, which is not there", words, quoted(name)));
    }
    return false;
  };
  if (std::erase_if(parts.items, is_impossible) != 0) table.definition = text_of(parts);
  name_constraints(database, table);
}

Gap Planner::missing_reference(const std::string& table, const TableItem& key,
                               const Name& missing) const {
  const std::string text = with_databases_renamed(trimmed(key.text), backup_.new_names());
  return {.kind = "foreign-key",
          .what = table + "." + quote_name(key.name),
          .why = "it refers to table " + quoted(missing) + ", which is not there",
          .cure = "ALTER TABLE " + table + " ADD " + text};
}

/// A name that nothing of the database has: the one that follows the table's, or a longer one.
std::string Planner::free_name(const std::string& what, const Name& table, const std::string& name,
                               const std::function<bool(const std::string&)>& is_taken) {
  if (!is_taken(name)) return name;
  const std::string other = with_table(table.second, name);
  if (is_taken(other) || characters_in(other) > kLongestName) {
    plan_.refusals.push_back(fmt::format("{} {} of table {} has the name of another, and so has {}",
                                         what, quote_name(name), quoted(table), quote_name(other)));
  } else {
    plan_.notices.push_back(
        fmt::format("{} {} of table {} gets the name {}, because its own is taken", what,
                    quote_name(name), quoted(table), quote_name(other)));
  }
  return other;
}

void Planner::name_constraints(const DatabaseModel& database, SchemaObject& table) {
  const Name name = {database.name(), table.name};
  const std::string from = chosen(database.database.number, table.name).choice.name.name;
  const bool checks_are_alone = !backup_.source.mariadb();
  NewNames names;
  for (const TableItem& item : parse_create_table(table.definition).items) {
    const bool is_check = item.kind == TableItemKind::kCheck;
    if (item.kind != TableItemKind::kForeignKey && !is_check) continue;
    std::string wanted = named_after(item.name, from, table.name);
    if (!is_check || checks_are_alone) {
      wanted =
          free_name(is_check ? "CHECK" : "foreign key", name, wanted, [&](const std::string& one) {
            return there_.constraints.contains({name.first, lower(one)});
          });
    }
    if (wanted != item.name) names.emplace(item.name, wanted);
  }
  if (!names.empty())
    table.definition = with_new_names(table.definition, database.source_name(), {}, names);
}

/// Returns whether the trigger comes back.
bool Planner::plan_trigger(const DatabaseModel& database, SchemaObject& trigger) {
  const NewNames tables = chosen_.new_names(database.database.number);
  std::set<std::string> renamed;
  for (const auto& [from, to] : tables) renamed.insert(from);
  const std::string from = *trigger.table;
  const auto found = tables.find(from);
  const std::string table = found == tables.end() ? from : found->second;
  const std::string other = named_in_body(trigger, database.source_name(), renamed);
  if (!other.empty()) {
    plan_.gaps.push_back(
        {.kind = "reference",
         .what = "trigger " + quote_name(database.name(), trigger.name),
         .why = fmt::format("its text names the table {}, which has another name here: it would "
                            "act on the other one, so it is left out",
                            quote_name(other)),
         .cure = "Change the name and run: " + trigger.definition});
    return false;
  }
  const std::string name = free_name(
      "trigger", {database.name(), table}, named_after(trigger.name, from, table),
      [&](const std::string& one) { return there_.triggers.contains({database.name(), one}); });
  if (name != trigger.name || table != from) rename_trigger(trigger, name, table);
  const std::string& collation = there_.collations.at(database.name());
  if (trigger.database_collation && *trigger.database_collation != collation) {
    plan_.gaps.push_back(
        {.kind = "trigger",
         .what = quote_name(database.name(), name),
         .why = fmt::format("its texts have the collation {} of the database where they have none "
                            "of their own; when it was defined that was {}",
                            collation, *trigger.database_collation),
         .cure = trigger.definition});
    trigger.database_collation = collation;
  }
  return true;
}

void Planner::add_step(const ChosenTable& table) {
  const auto database = std::ranges::find_if(backup_.databases, [&](const DatabaseModel& one) {
    return one.database.number == table.choice.database;
  });
  const std::string name = quote_name(database->name(), table.choice.name_on_target.name);
  if (table.is_sequence && !makes_definitions(scope_)) {
    plan_.refusals.push_back(fmt::format("{} is a sequence, which has no rows", name));
    return;
  }
  if (makes_definitions(scope_)) {
    std::string text = fmt::format("create {} {}", table.is_sequence ? "sequence" : "table", name);
    if (table.choice.name != table.choice.name_on_target)
      text += ", in the backup " + quote_name(table.choice.name.name);
    plan_.steps.push_back({phase::kTables, text});
  }
  if (!loads_rows(scope_) || table.is_sequence) return;
  plan_.steps.push_back({phase::kStatistics, "analyze table " + name});
  if (!table.lacks_rows) return;
  plan_.gaps.push_back({.kind = "rows",
                        .what = name,
                        .why = "the backup has its definition without its rows, so it is empty",
                        .cure = "Choose another backup: 'vya show' tells which gaps one has."});
}

}  // namespace

std::set<std::string> databases_of_tables(const BackupModel& backup) {
  std::set<std::string> databases;
  for (const DatabaseModel& database : backup.databases) {
    databases.insert(database.name());
    for (const SchemaObject* table : database.of_type("table")) {
      for (const TableItem& item : parse_create_table(table->definition).items) {
        for (const Name& name : names_in(backup, database, item)) databases.insert(name.first);
      }
    }
  }
  return databases;
}

TablesPlan plan_tables(BackupModel& backup, const ChosenTables& chosen, const TablesOnTarget& there,
                       RestoreScope scope) {
  return Planner(backup, chosen, there, scope).make();
}

}  // namespace vya::mysql
