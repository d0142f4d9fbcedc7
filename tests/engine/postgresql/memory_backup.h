// A backup in memory, taken of a real server or made by hand, and its restore: the engine's two
// directions without a repository between them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/engine.h"
#include "engine/postgresql/catalog.h"
#include "engine/postgresql/entry.h"
#include "engine/postgresql/globals.h"
#include "tests/world/postgres.h"

namespace vya::pg {

class MemoryBackup final : public BackupContents {
 public:
  const ServerFacts& server() const override { return facts; }
  const std::vector<Database>& databases() const override { return all_databases; }
  const std::vector<Table>& tables() const override { return all_tables; }
  std::unique_ptr<Source> read(const Document& document) const override;
  void write_rows(const Table& table, Sink& sink) const override;
  std::uint64_t row_bytes() const override;

  /// Adds a database with its documents.
  void add(const Database& database, const Catalog& catalog, const std::vector<Entry>& entries);
  /// Adds a table with its rows.
  void add(const Table& table, const std::string& text);
  void set(const Globals& globals);

  ServerFacts facts;
  std::vector<Database> all_databases;
  std::vector<Table> all_tables;
  std::map<Document, std::string> documents;
  std::map<std::pair<int, int>, std::string> rows;  ///< by database and table
};

/// Keeps what an engine tells.
class Notices final : public Watcher {
 public:
  void notice(const std::string& sentence) override { sentences.push_back(sentence); }
  std::vector<std::string> sentences;
};

MemoryBackup back_up(const world::PostgresServer& server);

/// All phases and rows. Each table is loaded by one sink.
void restore(Target& target, const MemoryBackup& backup);

/// Only what comes before the rows.
void restore_until_rows(Target& target);

/// The lines of a dump without what differs by its nature, sorted: the order of rows and of some
/// definitions is free.
std::vector<std::string> lines_of(const std::string& text);

/// The lines of pg_dumpall.
std::vector<std::string> dump_all(const world::PostgresServer& server);

/// The lines that only one of them has, `- ` and `+ ` before each; empty when they are equal.
std::string difference(const std::vector<std::string>& expected,
                       const std::vector<std::string>& found);

}  // namespace vya::pg
