// The part of a backup that is some of its tables, under the names that they get on the target.
//
// To the rest of a restore it is a backup like any other, whose schemas and catalogs have nothing
// but what belongs to the tables: so one table takes the same way as a whole server.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/postgresql/tables_of_database.h"

namespace vya::pg {

class ChosenTables final : public BackupContents {
 public:
  /// Reads the schemas and catalogs of the backup, which must outlive it. Throws what
  /// TablesGatherer does.
  ChosenTables(const BackupContents& backup, const std::vector<TableChoice>& choices);

  const ServerFacts& server() const override { return backup_.server(); }
  const std::vector<Database>& databases() const override { return backup_.databases(); }
  const std::vector<Table>& tables() const override { return tables_; }
  /// Large objects belong to no table, so there is no document of them.
  std::unique_ptr<Source> read(const Document& document) const override;
  std::uint64_t row_bytes() const override { return backup_.row_bytes(); }
  void write_rows(const Table& table, Sink& sink) const override {
    backup_.write_rows(table, sink);
  }

  const std::vector<TablesOfDatabase>& chosen() const { return chosen_; }

  /// A table of the backup as it is restored.
  const Table& on_target(const Table& table) const;

  /// From now on the entry is not among the others. Returns its definition.
  Entry leave_out(int database, int entry);

 private:
  void take(const Database& database, const std::vector<TableChoice>& choices);
  void write_schema(const TablesOfDatabase& chosen);

  const BackupContents& backup_;
  std::vector<TablesOfDatabase> chosen_;
  std::vector<Table> tables_;
  std::map<Document, std::string> documents_;
};

}  // namespace vya::pg
