#include "engine/postgresql/table_entries.h"

#include <algorithm>

#include "engine/postgresql/quote.h"
#include "engine/postgresql/sql_tokens.h"

namespace vya::pg {

namespace {

const std::set<std::string> kTables = {"TABLE", "FOREIGN TABLE"};

/// Kinds that are part of the one table that their SQL names first: in the drop statement where
/// there is one, for a definition may name others before.
const std::set<std::string> kParts = {"DEFAULT",       "CONSTRAINT", "CHECK CONSTRAINT",
                                      "FK CONSTRAINT", "TRIGGER",    "RULE",
                                      "POLICY",        "INDEX",      "ROW SECURITY"};

/// What names the constraints and indexes that others of their kind hang on.
const std::set<std::string> kIndexes = {"INDEX", "CONSTRAINT"};

bool is_quoted(const Token& token) { return token.kind == TokenKind::kQuotedName; }

/// The first `"schema"."name"` of a statement.
std::optional<TableName> first_pair(std::string_view sql) {
  const std::vector<Token> tokens = split_tokens(sql);
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (is_quoted(tokens[i]) && tokens[i + 1].text == "." && is_quoted(tokens[i + 2]))
      return TableName{unquote_name(tokens[i].text), unquote_name(tokens[i + 2].text)};
  }
  return std::nullopt;
}

TableName table_of(const Entry& entry) {
  // An index's drop statement names the index.
  const bool by_drop = entry.kind != "INDEX" && !entry.drop.empty();
  return first_pair(by_drop ? entry.drop : entry.definition).value_or(TableName{});
}

bool has_keyword(const Entry& entry, std::string_view keyword) {
  return std::ranges::any_of(split_tokens(entry.definition),
                             [&](const Token& token) { return is_keyword(token, keyword); });
}

/// A foreign key of a partitioned table, a trigger for each row and, from 17 on, an identity column
/// hold for each partition by something of its own that has no entry.
bool is_cloned(const Entry& entry) {
  if (entry.kind == "TRIGGER") return has_keyword(entry, "ROW");
  return entry.kind == "FK CONSTRAINT" ||
         (entry.kind == "SEQUENCE" && has_keyword(entry, "GENERATED"));
}

/// A function's tag has its arguments: `f(integer)`.
std::string object_name(const Entry& entry) {
  const bool has_arguments =
      entry.kind == "FUNCTION" || entry.kind == "PROCEDURE" || entry.kind == "AGGREGATE";
  return has_arguments ? entry.name.substr(0, entry.name.find('(')) : entry.name;
}

}  // namespace

void TableEntries::add(const Entry& entry) {
  EntryHead head{.id = entry.id,
                 .kind = entry.kind,
                 .schema = entry.schema,
                 .name = entry.name,
                 .dependencies = entry.dependencies,
                 .is_cloned = is_cloned(entry)};
  if (kParts.contains(entry.kind) || head.is_cloned) head.table = table_of(entry);
  if (kTables.contains(entry.kind)) tables_[{entry.schema, entry.name}] = entry.id;
  if (!entry.schema.empty()) objects_.insert({entry.schema, object_name(entry)});
  // An attachment is named after the partition and depends on it and on the table above.
  if (entry.kind == "TABLE ATTACH") {
    const auto partition = tables_.find({entry.schema, entry.name});
    for (const int id : entry.dependencies) {
      if (partition == tables_.end() || id == partition->second || !is_of_kind(id, kTables))
        continue;
      partitions_[id].insert(partition->second);
      above_[partition->second] = id;
    }
  }
  places_[entry.id] = heads_.size();
  heads_.push_back(std::move(head));
}

std::vector<TableName> TableEntries::tables() const {
  std::vector<TableName> names;
  for (const auto& [name, id] : tables_) names.push_back(name);
  return names;
}

std::optional<int> TableEntries::table(const TableName& name) const {
  const auto found = tables_.find(name);
  return found == tables_.end() ? std::nullopt : std::optional(found->second);
}

std::set<TableName> TableEntries::with_partitions(const TableName& name) const {
  std::set<TableName> names;
  const std::optional<int> top = table(name);
  if (!top) return names;
  for (const int id : tree(*top)) names.insert({at(id).schema, at(id).name});
  return names;
}

std::set<int> TableEntries::tree(int table) const {
  std::set<int> all;
  std::vector<int> waiting = {table};
  while (!waiting.empty()) {
    const int next = waiting.back();
    waiting.pop_back();
    const auto below = partitions_.find(next);
    if (!all.insert(next).second || below == partitions_.end()) continue;
    waiting.insert(waiting.end(), below->second.begin(), below->second.end());
  }
  return all;
}

bool TableEntries::is_of_kind(int id, const std::set<std::string>& kinds) const {
  const auto place = places_.find(id);
  return place != places_.end() && kinds.contains(heads_[place->second].kind);
}

ChosenEntries TableEntries::choose(const std::set<TableName>& tables) const {
  ChosenEntries chosen;
  for (const TableName& name : tables) {
    const auto found = tables_.find(name);
    if (found != tables_.end()) chosen.tables.merge(tree(found->second));
  }
  add_parents(chosen);
  // Entries stand in an order in which they can be run: what one is about comes before it.
  for (const EntryHead& entry : heads_) {
    if (belongs(entry, chosen)) {
      chosen.entries.insert(entry.id);
    } else if (entry.kind == "PUBLICATION TABLE" &&
               std::ranges::any_of(entry.dependencies,
                                   [&](int id) { return chosen.tables.contains(id); })) {
      chosen.publications.insert(entry.id);
    }
  }
  for (const int id : chosen.entries) add_needs(at(id), chosen);
  return chosen;
}

bool TableEntries::belongs(const EntryHead& entry, const ChosenEntries& chosen) const {
  const auto depends_on = [&](const std::set<int>& ids) {
    return std::ranges::any_of(entry.dependencies, [&](int id) { return ids.contains(id); });
  };
  const auto depends_only_on_chosen = [&](const std::set<std::string>& kinds) {
    return std::ranges::all_of(entry.dependencies, [&](int id) {
      return !is_of_kind(id, kinds) || chosen.entries.contains(id);
    });
  };
  if (kTables.contains(entry.kind)) return chosen.tables.contains(entry.id);
  if (kParts.contains(entry.kind)) {
    const auto table = tables_.find(entry.table);
    return table != tables_.end() && chosen.tables.contains(table->second);
  }
  // A sequence depends on a table only when one of its columns owns it.
  if (entry.kind == "SEQUENCE" || entry.kind == "STATISTICS") return depends_on(chosen.tables);
  if (entry.kind == "SEQUENCE OWNED BY" || entry.kind == "COMMENT" ||
      entry.kind == "SECURITY LABEL")
    return depends_on(chosen.entries);
  if (entry.kind == "TABLE ATTACH")
    return depends_on(chosen.tables) && depends_only_on_chosen(kTables);
  if (entry.kind == "INDEX ATTACH")
    return depends_on(chosen.entries) && depends_only_on_chosen(kIndexes);
  return false;
}

void TableEntries::add_needs(const EntryHead& entry, ChosenEntries& chosen) const {
  const auto parent = chosen.parents.find(entry.id);
  for (const int id : entry.dependencies) {
    const bool is_parent = parent != chosen.parents.end() && id == parent->second;
    // Without the index or key above, one of a partition is one of an ordinary table.
    if (!has(id) || chosen.entries.contains(id) || is_parent || is_of_kind(id, kIndexes)) continue;
    if (entry.kind == "FK CONSTRAINT" && is_of_kind(id, kTables)) {
      chosen.references[entry.id].insert(id);
    } else {
      chosen.needs.insert(id);
    }
  }
}

void TableEntries::add_parents(ChosenEntries& chosen) const {
  for (const int table : chosen.tables) {
    const auto found = above_.find(table);
    if (found == above_.end() || chosen.tables.contains(found->second)) continue;
    chosen.parents[table] = found->second;
    for (auto above = found; above != above_.end(); above = above_.find(above->second)) {
      const EntryHead& ancestor = at(above->second);
      for (const EntryHead& entry : heads_) {
        if (entry.is_cloned && entry.table == TableName{ancestor.schema, ancestor.name})
          chosen.lost.insert({entry.id, table});
      }
    }
  }
}

}  // namespace vya::pg
