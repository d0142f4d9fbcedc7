// Gathers what belongs to some tables of a backup's database, under the names that they get on the
// target. Pure but for reading the backup.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/postgresql/entry.h"
#include "engine/postgresql/table_entries.h"
#include "engine/postgresql/table_names.h"

namespace vya::pg {

/// One of the tables.
struct ChosenTable {
  TableChoice choice;
  std::string kind;                ///< `TABLE`, `FOREIGN TABLE`
  std::size_t partitions = 0;      ///< of any depth, which come with it
  std::optional<TableName> above;  ///< of a partition: the table that it leaves, as in the backup
};

/// What will have a name among a schema's relations: a table, a sequence, an index, statistics.
struct NewRelation {
  std::string kind;  ///< `TABLE`
  TableName name;    ///< on the target
  bool operator==(const NewRelation&) const = default;
};

/// Names are those on the target where nothing else is said.
struct TablesOfDatabase {
  Database database;
  std::vector<ChosenTable> tables;
  std::vector<Entry> entries;
  std::vector<NewRelation> relations;
  std::vector<EntryHead> needs;  ///< what must be there: other objects, as in the backup
  std::map<int, std::vector<EntryHead>> references;  ///< foreign key -> other tables it refers to
  std::vector<Gap> gaps;  ///< definitions that do not come back with a table
  std::vector<Gap> lost;  ///< rows and values that the backup does not have
};

class TablesGatherer {
 public:
  /// `choices` are of this database and must outlive it, as must the backup. Throws
  /// Error(kNotFound) for a table that is not in the backup, and Error(kUsage) when the choices
  /// overlap or a name is longer than a name may be.
  TablesGatherer(const BackupContents& backup, const Database& database,
                 const std::vector<TableChoice>& choices);

  TablesGatherer(const TablesGatherer&) = delete;  // it points into itself
  TablesGatherer& operator=(const TablesGatherer&) = delete;

  TablesOfDatabase take() { return std::move(result_); }

  /// The table as it is restored; nothing when it is not among the chosen.
  std::optional<Table> on_target(Table table) const;

  /// Leaves of the catalog what is about the chosen, under their names on the target.
  void keep(Catalog& catalog) const;

 private:
  void place(const TableChoice& choice);
  const TableChoice& choice_of(const EntryHead& entry) const;
  NewNames names_of(const EntryHead& entry) const;
  void gather(const BackupContents& backup);
  void note(const Entry& entry);
  void rename();
  void add_gaps();
  void add_tables();

  const std::vector<TableChoice>& choices_;
  TableEntries all_;
  std::map<TableName, const TableChoice*> by_table_;  ///< by names in the backup, partitions too
  std::map<int, const TableChoice*> by_entry_;
  ChosenEntries ids_;
  std::map<int, Entry> others_;    ///< that are not restored, and become gaps
  std::set<TableName> relations_;  ///< tables and sequences, by their names in the backup
  TableNames names_;
  TablesOfDatabase result_;
};

}  // namespace vya::pg
