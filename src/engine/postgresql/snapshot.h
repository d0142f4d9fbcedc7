// One moment of a PostgreSQL server, held for a backup.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/postgresql/client_programs.h"
#include "engine/postgresql/ddl_watch.h"
#include "engine/postgresql/early_definitions.h"
#include "engine/postgresql/globals.h"
#include "engine/postgresql/leader.h"
#include "engine/postgresql/postgresql.h"
#include "engine/postgresql/read_rows.h"
#include "engine/postgresql/readable.h"
#include "engine/postgresql/selection.h"
#include "engine/postgresql/sessions.h"

namespace vya::pg {

/// What earlier snapshots of a server taught the later ones. Set by several threads.
struct Experience {
  /// pg_dump did not get its locks beside ours: read the definitions before locking.
  std::atomic<bool> definitions_first = false;
};

class PgSnapshot final : public Snapshot {
 public:
  /// Catches the moment: the protocol of docs/ARCHITECTURE.md, "A backup, step by step". The
  /// experience and the watcher must outlive it.
  PgSnapshot(Server server, const Options& options, const FreezeOptions& freeze,
             Experience& experience, Watcher& watcher);

  const SnapshotFacts& facts() const override { return facts_; }
  const std::vector<Database>& databases() const override { return databases_; }
  const std::vector<Table>& tables() const override { return tables_; }
  const std::vector<Segment>& segments() const override { return segments_; }
  const std::vector<Document>& documents() const override { return documents_; }
  void dump(const Document& document, Sink& sink) override;
  void dump(const Segment& segment, Sink& sink) override;
  void confirm() override;
  std::vector<Gap> gaps() const override { return gaps_; }

 private:
  void select(const Options& options, const FreezeOptions& freeze);
  void open_leaders(unsigned jobs);
  void read_definitions_early();
  void take_snapshots();
  Globals globals_now() const;
  void require_one_position() const;
  void number_databases();
  void list_contents();
  void add_large_objects(Leader& leader);
  void dump_server_settings(Sink& sink);
  void dump_catalog(Leader& leader, Sink& sink);
  void dump_schema_entries(Leader& leader, Sink& sink);
  SchemaDump schema_dump_of(const Leader& leader) const;
  Leader& leader_of(int database);
  const Table& table_of(const Segment& segment) const;
  bool copy(const Segment& segment, const std::function<void(Connection&)>& read);
  void copy_by_leader(const Segment& segment, const std::function<void(Connection&)>& read);
  [[noreturn]] void refused(const Segment& segment, const SqlError& error);
  void check() const;
  void beat();

  Server server_;
  Experience& experience_;
  Watcher& watcher_;
  std::chrono::seconds ddl_wait_;
  bool pause_replay_;
  std::string application_name_;
  SnapshotAge age_;
  ClientProgram pg_dump_;
  std::unique_ptr<OpenedDatabases> opened_;
  SnapshotFacts facts_;
  std::vector<Database> databases_;
  Globals globals_;
  std::vector<Table> tables_;
  std::vector<Segment> segments_;
  std::vector<Document> documents_;
  std::vector<Gap> gaps_;
  std::map<std::pair<int, int>, std::size_t>
      table_index_;  ///< (database, table) -> index in tables_
  std::map<std::pair<int, int>, int> segment_counts_;
  std::vector<std::unique_ptr<Leader>> leaders_;       ///< by database number - 1
  std::map<int, std::vector<Undumpable>> undumpable_;  ///< by database
  std::map<int, EarlyDefinitions> early_definitions_;  ///< by database
  RowSessions sessions_;
  BinarySegments binary_segments_;
  std::unique_ptr<DdlWatch> watch_;  ///< last: its thread uses the leaders
};

}  // namespace vya::pg
