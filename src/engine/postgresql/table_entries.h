// Chooses, among a database's entries, those that belong to some of its tables. Pure.
//
// To a table belongs what would go with it when it is dropped: its partitions, the sequences that
// its columns own, defaults, constraints, indexes, triggers, rules, policies, statistics, and the
// comments and labels on all of these. What it refers to (a type, a function, another table) does
// not: that is told as what it needs. Views and foreign keys of others that refer to it are theirs.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/postgresql/entry.h"
#include "stream/contents.h"

namespace vya::pg {

/// An entry without its definition.
struct EntryHead {
  int id = 0;
  std::string kind;
  std::string schema;
  std::string name;
  TableName table;  ///< that the entry is a part of, as far as its SQL says
  std::vector<int> dependencies;
  bool is_cloned = false;  ///< on a partitioned table: each partition has one of its own
};

/// What belongs to some tables, as ids of entries.
struct ChosenEntries {
  std::set<int> tables;        ///< with the partitions
  std::set<int> entries;       ///< all, the tables among them
  std::set<int> needs;         ///< what must be there already
  std::set<int> publications;  ///< PUBLICATION TABLE: a part of both
  std::map<int, int> parents;  ///< partition -> the table above, which is not among the chosen
  std::set<std::pair<int, int>> lost;       ///< entry of a table above, partition that had it too
  std::map<int, std::set<int>> references;  ///< foreign key -> tables that must be there for it
};

class TableEntries {
 public:
  /// All entries of the database, in their order.
  void add(const Entry& entry);

  /// All tables, partitioned and foreign ones too.
  std::vector<TableName> tables() const;

  std::optional<int> table(const TableName& name) const;

  /// The table and its partitions of any depth. Empty when there is no such table.
  std::set<TableName> with_partitions(const TableName& name) const;

  /// Tables that are not there are passed over.
  ChosenEntries choose(const std::set<TableName>& tables) const;

  /// Throws std::out_of_range when there is no such entry.
  const EntryHead& at(int id) const { return heads_[places_.at(id)]; }
  bool has(int id) const { return places_.contains(id); }

  /// Whether an entry names an object of this schema so; functions by the name alone.
  bool has_object(const std::string& schema, const std::string& name) const {
    return objects_.contains({schema, name});
  }

 private:
  std::set<int> tree(int table) const;
  bool belongs(const EntryHead& entry, const ChosenEntries& chosen) const;
  bool is_of_kind(int id, const std::set<std::string>& kinds) const;
  void add_needs(const EntryHead& entry, ChosenEntries& chosen) const;
  void add_parents(ChosenEntries& chosen) const;

  std::vector<EntryHead> heads_;
  std::map<int, std::size_t> places_;
  std::map<TableName, int> tables_;
  std::map<int, std::set<int>> partitions_;  ///< table -> those right below it
  std::map<int, int> above_;                 ///< partition -> table
  std::set<std::pair<std::string, std::string>> objects_;
};

}  // namespace vya::pg
