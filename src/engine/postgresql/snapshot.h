// A PostgreSQL server, held for a backup: all its databases at one moment, or where there is not
// room for that, group after group.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/postgresql/grouped_globals.h"
#include "engine/postgresql/held_group.h"
#include "engine/postgresql/postgresql.h"

namespace vya::pg {

class PgSnapshot final : public Snapshot {
 public:
  /// Catches the first group. The experience and the watcher must outlive it.
  PgSnapshot(Server server, const Options& options, const FreezeOptions& freeze,
             Experience& experience, Watcher& watcher);
  PgSnapshot(const PgSnapshot&) = delete;
  PgSnapshot& operator=(const PgSnapshot&) = delete;

  bool advance() override;
  void retake() override;
  const SnapshotFacts& facts() const override { return facts_; }
  const std::vector<Database>& databases() const override { return group_->databases(); }
  const std::vector<Table>& tables() const override { return group_->contents().tables(); }
  const std::vector<Segment>& segments() const override { return group_->contents().segments(); }
  const std::vector<Document>& documents() const override { return documents_; }
  void dump(const Document& document, Sink& sink) override;
  void dump(const Segment& segment, Sink& sink) override { group_->dump(segment, sink); }
  void confirm() override { group_->confirm(); }
  std::vector<Gap> gaps() const override;

 private:
  void select();
  void catch_first();
  void look_ahead();
  std::int64_t tables_to_lock(const Candidate& candidate) const;
  void catch_again(Taking taking);
  void wait_for_room() const;
  void look_again();
  void describe();
  GroupedGlobals globals_so_far() const;
  void dump_server_settings(Sink& sink) const;

  Server server_;
  Watcher& watcher_;
  const FreezeOptions freeze_;
  const bool opens_closed_;
  const Surroundings around_;
  std::vector<Candidate> left_;  ///< databases of the held group and of those to come
  std::set<std::string> known_;  ///< databases that were there at the beginning, or were told of
  std::size_t done_ = 0;         ///< databases of the groups that are done
  GroupedGlobals globals_;       ///< of the groups that are done
  std::vector<Gap> gaps_;        ///< of the server and of the groups that are done
  SnapshotFacts before_;         ///< without the held group
  SnapshotFacts facts_;
  std::vector<Document> documents_;
  std::unique_ptr<HeldGroup> group_;  ///< last: it uses the others
};

}  // namespace vya::pg
