#include "engine/postgresql/tables_of_database.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "engine/postgresql/backup_model.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/sql_tokens.h"

namespace vya::pg {

namespace {

std::string quoted(const TableName& name) { return quote_name(name.schema, name.name); }

TableName name_of(const EntryHead& head) { return {head.schema, head.name}; }

bool is_table(const std::string& kind) { return kind == "TABLE" || kind == "FOREIGN TABLE"; }

/// A primary key, a unique or an exclusion constraint has an index of its name.
bool has_index(const Entry& entry) {
  if (entry.kind != "CONSTRAINT") return false;
  return std::ranges::any_of(split_tokens(entry.definition), [](const Token& token) {
    return is_keyword(token, "PRIMARY") || is_keyword(token, "UNIQUE") ||
           is_keyword(token, "EXCLUDE");
  });
}

/// The relation that an entry makes, by its name in the backup.
std::optional<NewRelation> relation_of(const Entry& entry, const EntryHead& head) {
  if (is_table(entry.kind) || entry.kind == "SEQUENCE" || entry.kind == "INDEX" ||
      entry.kind == "STATISTICS")
    return NewRelation{entry.kind, {entry.schema, entry.name}};
  // The tag of a constraint is `orders orders_pkey`.
  if (has_index(entry) && entry.name.size() > head.table.name.size())
    return NewRelation{"INDEX", {entry.schema, entry.name.substr(head.table.name.size() + 1)}};
  return std::nullopt;
}

const NewNames kSameNames({}, {});

Gap publication_gap(const Entry& entry, const TableNames& names) {
  return {.kind = "publication",
          .what = in_words(entry),
          .why = "publications are the database's, so a table is not added to one by its restore",
          .cure = names.in(entry.definition, kSameNames)};
}

/// The cure adds to the partition what it had through the table above.
Gap lost_gap(const Entry& entry, const TableName& above, const TableName& partition) {
  const NewNames new_names(above, partition);
  TableNames names([](const auto&, const auto&) { return true; });
  names.add_table(above, partition);
  const TableName own = {entry.schema, entry.name};
  if (entry.kind == "SEQUENCE") names.add_relation(own, new_names.relation(own));
  return {.kind = "definition",
          .what = in_words(entry) + " for " + quoted(partition),
          .why = "it is of the partitioned table " + quoted(above) +
                 ", and the partition is restored without that one",
          .cure = names.in(entry.definition, new_names)};
}

void refuse_long_name(const std::string& name) {
  if (name.size() <= kLongestName) return;
  throw Error(Fault::kUsage,
              fmt::format("the name '{}' has {} bytes, and the server keeps {}", name, name.size(),
                          kLongestName),
              "Choose a shorter one.");
}

}  // namespace

TablesGatherer::TablesGatherer(const BackupContents& backup, const Database& database,
                               const std::vector<TableChoice>& choices)
    : choices_(choices),
      names_([this](const std::string& schema, const std::string& name) {
        return all_.has_object(schema, name);
      }),
      result_{.database = database} {
  visit_entries(backup, {}, database.number, [&](Stage, const Entry& entry) { all_.add(entry); });
  std::set<TableName> tables;
  for (const TableChoice& choice : choices) place(choice);
  for (const auto& [name, choice] : by_table_) tables.insert(name);
  ids_ = all_.choose(tables);
  gather(backup);
  rename();
  add_gaps();
  add_tables();
}

void TablesGatherer::place(const TableChoice& choice) {
  const std::set<TableName> tree = all_.with_partitions(choice.name);
  if (tree.empty())
    throw Error(Fault::kNotFound, fmt::format("the backup has no table {} in database \"{}\"",
                                              quoted(choice.name), result_.database.name));
  refuse_long_name(choice.name_on_target.schema);
  refuse_long_name(choice.name_on_target.name);
  for (const TableName& name : tree) {
    if (by_table_.try_emplace(name, &choice).second) continue;
    throw Error(Fault::kUsage, fmt::format("table {} is chosen twice", quoted(name)),
                "A partitioned table brings its partitions with it.");
  }
}

const TableChoice& TablesGatherer::choice_of(const EntryHead& entry) const {
  for (const TableName& name : {entry.table, name_of(entry)}) {
    const auto found = by_table_.find(name);
    if (found != by_table_.end()) return *found->second;
  }
  for (const int id : entry.dependencies) {
    const auto found = by_entry_.find(id);
    if (found != by_entry_.end()) return *found->second;
  }
  throw Error(Fault::kInternal, fmt::format("entry {} belongs to no chosen table", entry.id));
}

NewNames TablesGatherer::names_of(const EntryHead& entry) const {
  const TableChoice& choice = *by_entry_.at(entry.id);
  return {choice.name, choice.name_on_target};
}

void TablesGatherer::gather(const BackupContents& backup) {
  std::set<int> others = ids_.publications;
  for (const auto& [entry, partition] : ids_.lost) others.insert(entry);
  visit_entries(backup, {}, result_.database.number, [&](Stage, Entry entry) {
    if (ids_.entries.contains(entry.id)) {
      note(entry);
      result_.entries.push_back(std::move(entry));
    } else if (others.contains(entry.id)) {
      others_.emplace(entry.id, std::move(entry));
    }
  });
}

void TablesGatherer::note(const Entry& entry) {
  const EntryHead& head = all_.at(entry.id);
  by_entry_[entry.id] = &choice_of(head);
  const std::optional<NewRelation> made = relation_of(entry, head);
  if (!made) return;
  const TableName name = names_of(head).relation(made->name);
  if (is_table(made->kind)) {
    names_.add_table(made->name, name);
  } else {
    names_.add_relation(made->name, name);
  }
  relations_.insert(made->name);
  result_.relations.push_back({made->kind, name});
}

void TablesGatherer::rename() {
  for (Entry& entry : result_.entries) names_.rename(entry, names_of(all_.at(entry.id)));
}

void TablesGatherer::add_gaps() {
  for (const int id : ids_.publications)
    result_.gaps.push_back(publication_gap(others_.at(id), names_));
  for (const auto& [id, partition] : ids_.lost) {
    result_.gaps.push_back(
        lost_gap(others_.at(id), all_.at(id).table, names_.of(name_of(all_.at(partition)))));
  }
}

void TablesGatherer::add_tables() {
  for (const TableChoice& choice : choices_) {
    ChosenTable table{.choice = choice,
                      .kind = all_.at(*all_.table(choice.name)).kind,
                      .partitions = all_.with_partitions(choice.name).size() - 1};
    for (const auto& [partition, above] : ids_.parents) {
      if (name_of(all_.at(partition)) == choice.name) table.above = name_of(all_.at(above));
    }
    result_.tables.push_back(std::move(table));
  }
  for (const int id : ids_.needs) result_.needs.push_back(all_.at(id));
  for (const auto& [key, tables] : ids_.references) {
    for (const int id : tables) result_.references[key].push_back(all_.at(id));
  }
}

std::optional<Table> TablesGatherer::on_target(Table table) const {
  const auto found = by_table_.find(table.name);
  if (found == by_table_.end() || table.kind != TableKind::kTable) return std::nullopt;
  const TableChoice& choice = *found->second;
  // The table at the top is the one that was chosen, whatever was above it.
  table.root.reset();
  if (table.name != choice.name) table.root = choice.name_on_target;
  table.name = names_.of(table.name);
  return table;
}

void TablesGatherer::keep(Catalog& catalog) const {
  std::set<std::string> objects;
  for (const TableName& name : relations_) objects.insert(quoted(name));
  const auto is_other = [&](const auto& one) {
    return !relations_.contains(TableName{one.schema, one.name});
  };
  std::erase_if(catalog.sequences, is_other);
  std::erase_if(catalog.column_orders, is_other);
  std::erase_if(catalog.acls, [&](const Acl& acl) {
    return (acl.kind != "TABLE" && acl.kind != "SEQUENCE") || !objects.contains(acl.object);
  });
  catalog.default_acls.clear();
  std::erase_if(catalog.left_out, [&](const LeftOut& one) {
    return !one.root_name || !relations_.contains(TableName{*one.root_schema, *one.root_name});
  });
  catalog.extensions.clear();
  catalog.members.clear();
  catalog.collations.clear();
  catalog.populated_views.clear();
  names_.rename(catalog);
}

}  // namespace vya::pg
