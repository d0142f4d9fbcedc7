// The part of a backup that is some of its tables, under the names that they get on the target.
//
// To the rest of a restore it is a backup like any other, whose databases have nothing but these
// tables and their triggers: so one table takes the same way as a whole server.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/mysql/objects.h"
#include "engine/mysql/table_names.h"

namespace vya::mysql {

/// One of the tables.
struct ChosenTable {
  TableChoice choice;
  bool is_sequence = false;
  bool lacks_rows = false;  ///< the backup has its definition without them
};

class ChosenTables final : public BackupContents {
 public:
  /// Reads the definitions of the backup, which must outlive it. Throws Error(kNotFound) for a
  /// table that is not in the backup, Error(kUsage) when two choices overlap or a name is longer
  /// than a name may be, and Error(kCheckFailed).
  ChosenTables(const BackupContents& backup, const std::vector<TableChoice>& choices);

  const ServerFacts& server() const override { return backup_.server(); }
  const std::vector<Database>& databases() const override { return backup_.databases(); }
  const std::vector<Table>& tables() const override { return tables_; }
  std::unique_ptr<Source> read(const Document& document) const override;
  std::uint64_t row_bytes() const override { return backup_.row_bytes(); }
  void write_rows(const Table& table, Sink& sink) const override {
    backup_.write_rows(table, sink);
  }

  const std::vector<ChosenTable>& chosen() const { return chosen_; }

  /// Names in the backup of the database's tables that get other ones, with those.
  NewNames new_names(int database) const;

  /// A table of the backup as it is restored.
  const Table& on_target(const Table& table) const;

 private:
  void take(const Database& database, const std::vector<TableChoice>& choices);
  void take(SchemaObject& table, const TableChoice& choice, const std::string& database);
  void take_rows(const Database& database);

  const BackupContents& backup_;
  std::vector<ChosenTable> chosen_;
  std::vector<Table> tables_;
  std::map<int, NewNames> new_names_;
  std::map<Document, std::string> documents_;
};

}  // namespace vya::mysql
