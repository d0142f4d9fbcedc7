// A backup of the repository, as restores and checks see it: its tables, segments and objects in
// memory, its bytes on demand.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "operation/selection.h"
#include "repository/repository.h"

namespace vya {

class RepositoryContents final : public BackupContents {
 public:
  /// Reads the inventory; what the selection leaves out is not there, and databases have the names
  /// that it gives them. The backup must outlive it. Throws Error(kCheckFailed) when the inventory
  /// is damaged, contradicts itself or does not fit the manifest, and Error(kNotFound) when the
  /// manifest has none; also what choose_databases() and choose_tables() throw.
  explicit RepositoryContents(const Backup& backup, const Selection& selection = {});

  const ServerFacts& server() const override { return server_; }
  const std::vector<Database>& databases() const override { return databases_; }
  const std::vector<Table>& tables() const override { return tables_; }
  std::unique_ptr<Source> read(const Document& document) const override;
  void write_rows(const Table& table, Sink& sink) const override;
  std::uint64_t row_bytes() const override { return row_bytes_; }

  const Backup& backup() const { return backup_; }
  const std::vector<StoredSegment>& segments() const { return segments_; }
  const std::vector<ObjectRecord>& objects() const { return objects_; }
  const std::vector<Gap>& gaps() const { return gaps_; }
  /// The selection's tables as an engine wants to hear of them; none: whole databases.
  const std::vector<TableChoice>& table_choices() const { return table_choices_; }
  const Table& table_of(const Segment& segment) const;
  const std::string& database_name(int number) const;

 private:
  const Database& database_of(int number) const;
  void look_for_contradictions() const;
  void compare_with_manifest() const;
  void index();
  void keep(const Selection& selection);

  const Backup& backup_;
  ServerFacts server_;
  std::vector<Database> databases_;
  std::vector<Table> tables_;
  std::vector<StoredSegment> segments_;
  std::vector<ObjectRecord> objects_;
  std::vector<Gap> gaps_;
  std::vector<TableChoice> table_choices_;
  std::uint64_t row_bytes_ = 0;
  std::optional<std::string> globals_;  ///< with the chosen accounts, where some were chosen
  std::map<std::pair<int, int>, std::size_t> table_index_;
  std::map<int, std::size_t> database_index_;
};

}  // namespace vya
