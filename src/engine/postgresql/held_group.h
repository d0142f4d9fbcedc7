// Databases that are held at the same time: a session for each, with its locks and its snapshot,
// and the sessions that read rows.
//
// On nearly all servers a backup has one group. Where there is not room for all databases at a
// time, one follows another (snapshot.h), and everything here is given back in between.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/postgresql/capacity.h"
#include "engine/postgresql/client_programs.h"
#include "engine/postgresql/ddl_watch.h"
#include "engine/postgresql/early_definitions.h"
#include "engine/postgresql/globals.h"
#include "engine/postgresql/group_contents.h"
#include "engine/postgresql/leader.h"
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

/// A database that a backup is to hold.
struct Candidate {
  std::string name;
  std::string encoding;
  std::string oid;
  bool closed = false;  ///< to be opened for as long as it is held
};

/// What all groups of a snapshot share; everything must outlive them.
struct Surroundings {
  const Server& server;
  Experience& experience;
  Watcher& watcher;
  ClientProgram pg_dump;
  std::string application_name;
  std::chrono::seconds ddl_wait{60};
  bool pause_replay = false;
  unsigned jobs = 1;
  std::optional<std::chrono::seconds> max_snapshot_age;
};

class HeldGroup {
 public:
  explicit HeldGroup(const Surroundings& around);

  /// Opens the first of the candidates, as many as there is room for, and numbers them from
  /// `first_number` on. Throws Error(kRefused) when there is not room for one, StartOver when one
  /// was dropped meanwhile.
  void open(std::span<const Candidate> candidates, int first_number, Taking taking);

  /// Locks the tables, takes the snapshots, and looks at what they hold: the protocol of
  /// docs/ARCHITECTURE.md, "A backup, step by step". Throws StartOver.
  void take();

  /// What the server had room for before they were opened.
  const Room& room() const { return room_; }
  const std::vector<Database>& databases() const { return databases_; }
  /// How many tables there are to be locked, of each database.
  const std::vector<std::int64_t>& tables_to_lock() const { return demand_.tables; }
  const GroupContents& contents() const { return contents_; }
  /// Accounts and the like, the same before the first snapshot and after the last.
  const Globals& globals() const { return globals_; }
  /// Of the first snapshot and of the last one; only where the group has databases.
  const Position& first_position() const { return leaders_.begin()->second->position(); }
  const Position& last_position() const { return leaders_.rbegin()->second->position(); }
  SnapshotAge::Moment held_since() const { return *age_.since(); }  ///< after take()
  const std::vector<Gap>& gaps() const { return gaps_; }

  /// As Snapshot's; of the server's documents none.
  void dump(const Document& document, Sink& sink);
  void dump(const Segment& segment, Sink& sink);
  void confirm();

 private:
  void open(const Candidate& candidate, int number);
  void let_go_of_the_last();
  void read_definitions_early();
  void take_snapshots();
  Globals globals_now() const;
  void require_one_position() const;
  void number_databases();
  void list_contents();
  void dump_catalog(Leader& leader, Sink& sink);
  void dump_schema_entries(Leader& leader, Sink& sink);
  SchemaDump schema_dump_of(const Leader& leader) const;
  Leader& leader_of(int database) { return *leaders_.at(database); }
  bool copy(const Segment& segment, const std::function<void(Connection&)>& read);
  void copy_by_leader(const Segment& segment, const std::function<void(Connection&)>& read);
  [[noreturn]] void refused(const Segment& segment, const SqlError& error);
  void check() const;
  void beat();

  const Surroundings& around_;
  SnapshotAge age_;
  OpenedDatabases opened_;
  Room room_;
  std::vector<Database> databases_;
  Demand demand_;
  Globals globals_;
  GroupContents contents_;
  std::vector<Gap> gaps_;
  std::map<int, std::unique_ptr<Leader>> leaders_;               ///< by database number
  std::map<int, std::vector<Undumpable>> undumpable_;            ///< by database
  std::map<int, std::map<std::string, std::string>> languages_;  ///< by database
  std::map<int, EarlyDefinitions> early_definitions_;            ///< by database
  RowSessions sessions_;
  BinarySegments binary_segments_;
  std::unique_ptr<DdlWatch> watch_;  ///< last: its thread uses the leaders
};

}  // namespace vya::pg
