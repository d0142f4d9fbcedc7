#include "engine/postgresql/snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

#include "base/interrupt.h"
#include "base/random.h"
#include "engine/postgresql/relations.h"
#include "engine/postgresql/server_settings.h"

namespace vya::pg {

namespace {

constexpr int kMostTries = 5;
constexpr auto kLookEvery = std::chrono::milliseconds(200);
/// While we wait nothing is held, so it harms nobody, and hours of work may be behind us.
constexpr auto kMostWaitForRoom = std::chrono::minutes(10);
constexpr auto kMostWaitForOurOwn = std::chrono::seconds(10);

ClientProgram find_pg_dump(const Options& options, int server_major) {
  if (!options.pg_dump.empty()) return choose_pg_dump({pg_dump_at(options.pg_dump)}, server_major);
  return choose_pg_dump(installed_pg_dumps(), server_major);
}

Gap gone(const std::string& database) {
  return {.kind = "dropped-database",
          .what = database,
          .why =
              "it was dropped or renamed after the backup began and before its group's turn, so "
              "its content is not in the backup",
          .cure = "Back up again, unless it was dropped for good."};
}

void pause_between_looks() {
  throw_if_interrupted();
  std::this_thread::sleep_for(kLookEvery);
}

}  // namespace

PgSnapshot::PgSnapshot(Server server, const Options& options, const FreezeOptions& freeze,
                       Experience& experience, Watcher& watcher)
    : server_(std::move(server)),
      watcher_(watcher),
      freeze_(freeze),
      opens_closed_(options.open_closed_databases && !server_.facts().standby),
      around_{.server = server_,
              .experience = experience,
              .watcher = watcher,
              .pg_dump = find_pg_dump(options, server_.facts().major),
              .application_name = "vya-" + random_hex(8),
              .ddl_wait = options.ddl_wait,
              .pause_replay = options.pause_replay && server_.facts().standby,
              .jobs = freeze.jobs,
              .max_snapshot_age = freeze.max_snapshot_age} {
  server_.name_sessions(around_.application_name);
  before_.server = server_.facts();
  before_.guarantee = "exact";
  before_.moments = 0;
  if (options.pause_replay && !server_.facts().standby)
    watcher_.notice("pause_replay has no effect: the server is no standby");
  select();
  catch_first();
}

void PgSnapshot::select() {
  Connection connection = server_.connect(server_.maintenance_database());
  const Selection selection = select_databases(connection, freeze_);
  gaps_ = server_gaps(connection);
  for (std::size_t i = 0; i < selection.databases.size(); ++i) {
    const Database& database = selection.databases[i];
    known_.insert(database.name);
    std::optional<Gap> gap = closed_to_us(connection, database.name, selection);
    if (gap && !(opens_closed_ && gap->kind == kClosedDatabase)) {
      gaps_.push_back(std::move(*gap));
    } else {
      left_.push_back({database.name, database.encoding, selection.oids[i], gap.has_value()});
    }
  }
  if (!left_.empty()) return;
  throw Error(Fault::kNotFound, "none of the chosen databases can be connected to",
              "Set open_closed_databases: true for the instance, or grant its user CONNECT.");
}

void PgSnapshot::catch_first() {
  group_ = std::make_unique<HeldGroup>(around_);
  group_->open(left_, 1, Taking::kAll);
  if (group_->databases().size() < left_.size()) look_ahead();
  group_->take();
  describe();
}

/// That one of a thousand databases cannot be locked should show before hours of work.
void PgSnapshot::look_ahead() {
  Demand demand{.tables = group_->tables_to_lock(), .jobs = around_.jobs};
  for (std::size_t i = demand.tables.size(); i < left_.size(); ++i) {
    demand.tables.push_back(left_[i].closed ? 0 : tables_to_lock(left_[i]));
    require_locks(group_->room(), demand.tables.back(), around_.jobs, left_[i].name);
  }
  const std::string one_group = settings_for_one_group(group_->room(), demand);
  if (around_.pause_replay)
    throw pause_is_for_all(group_->databases().size(), left_.size(), one_group);
  before_.group.groups = groups_of(group_->room(), demand).size();
  watcher_.notice(fmt::format(
      "the server has room for {} of {} databases at a time, so they are backed up in {} groups, "
      "each as of a moment of its own; for one moment raise {}",
      group_->databases().size(), left_.size(), before_.group.groups, one_group));
}

std::int64_t PgSnapshot::tables_to_lock(const Candidate& candidate) const {
  try {
    Connection connection = server_.connect(candidate.name, candidate.encoding);
    return static_cast<std::int64_t>(lockable_relations(connection).size());
  } catch (const Error& e) {
    if (e.fault() != Fault::kNotFound) throw;
    return 0;  // dropped meanwhile: that is told when its turn comes
  }
}

bool PgSnapshot::advance() {
  if (facts_.group.is_last()) return false;
  const std::size_t size = group_->databases().size();
  globals_.add(group_->globals());
  gaps_.insert(gaps_.end(), group_->gaps().begin(), group_->gaps().end());
  left_.erase(left_.begin(), left_.begin() + static_cast<std::ptrdiff_t>(size));
  done_ += size;
  before_ = facts_;
  catch_again(Taking::kPart);
  return true;
}

void PgSnapshot::retake() { catch_again(facts_.group.groups == 1 ? Taking::kAll : Taking::kPart); }

void PgSnapshot::catch_again(Taking taking) {
  for (int tries = 1;; ++tries) {
    try {
      group_.reset();
      wait_for_room();
      look_again();
      group_ = std::make_unique<HeldGroup>(around_);
      if (!left_.empty()) group_->open(left_, static_cast<int>(done_) + 1, taking);
      group_->take();
      return describe();
    } catch (const StartOver& e) {
      if (tries == kMostTries) throw;
      watcher_.notice(fmt::format("starting over with the databases from {} on ({} of {}): {}",
                                  done_ + 1, tries, kMostTries, e.what()));
    }
  }
}

/// Our own sessions need a moment to end, and others may have taken connections meanwhile.
void PgSnapshot::wait_for_room() const {
  using Clock = std::chrono::steady_clock;
  const auto began = Clock::now();
  for (bool told = false;; pause_between_looks()) {
    try {
      Connection connection = server_.connect(server_.maintenance_database());
      const bool ours = connection
                            .query(
                                "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid <> "
                                "pg_backend_pid() AND application_name = $1)",
                                {around_.application_name})
                            .flag(0, 0);
      if (ours && Clock::now() - began < kMostWaitForOurOwn) continue;
      require_session(read_room(connection), around_.jobs);
      return;
    } catch (const Error& e) {
      const bool may_pass = e.fault() == Fault::kRefused || e.fault() == Fault::kConnection;
      if (!may_pass || Clock::now() - began > kMostWaitForRoom) throw;
      if (!std::exchange(told, true))
        watcher_.notice("waiting for room for the next databases: " + e.message());
    }
  }
}

/// Hours may have passed.
void PgSnapshot::look_again() {
  Connection connection = server_.connect(server_.maintenance_database());
  const Selection all = look_for_databases(connection, {});
  std::erase_if(left_, [&](Candidate& candidate) {
    const auto found = std::ranges::find(all.oids, candidate.oid);
    const auto at = static_cast<std::size_t>(found - all.oids.begin());
    if (found == all.oids.end() || all.databases[at].name != candidate.name) {
      gaps_.push_back(gone(candidate.name));
      return true;
    }
    std::optional<Gap> gap = closed_to_us(connection, candidate.name, all);
    candidate.closed = gap.has_value();
    if (!gap || (opens_closed_ && gap->kind == kClosedDatabase)) return false;
    gaps_.push_back(std::move(*gap));
    return true;
  });
  for (const Database& database : look_for_databases(connection, freeze_).databases) {
    if (known_.insert(database.name).second)
      watcher_.notice("database '" + database.name +
                      "' was created after the backup began and is not in it");
  }
}

/// What the facts and documents become by the group that is held now.
void PgSnapshot::describe() {
  const std::size_t size = group_->databases().size();
  facts_ = before_;
  facts_.held_since = group_->held_since();
  if (size > 0) {
    const Position& first = group_->first_position();
    if (facts_.moments++ == 0) {
      facts_.taken = first.taken;
      facts_.first_position = first.lsn;
    }
    facts_.last_taken = group_->last_position().taken;
    facts_.last_position = group_->last_position().lsn;
  }
  DatabaseGroup& group = facts_.group;
  group.first = done_ + 1;
  group.last = done_ + size;
  group.of = done_ + left_.size();
  group.groups = group.is_last() ? std::max(facts_.moments, 1U)
                                 : std::max<std::size_t>(group.groups, facts_.moments + 1);
  documents_.clear();
  if (group.is_last()) documents_ = {{DocumentKind::kGlobals, 0}, {DocumentKind::kSettings, 0}};
  const std::vector<Document>& of_databases = group_->contents().documents();
  documents_.insert(documents_.end(), of_databases.begin(), of_databases.end());
}

void PgSnapshot::dump(const Document& document, Sink& sink) {
  switch (document.kind) {
    case DocumentKind::kGlobals:
      return write_json(globals_so_far().all(), sink);
    case DocumentKind::kSettings:
      return dump_server_settings(sink);
    case DocumentKind::kCatalog:
    case DocumentKind::kSchema:
    case DocumentKind::kLargeObjects:
      return group_->dump(document, sink);
  }
}

void PgSnapshot::dump_server_settings(Sink& sink) const {
  // Without our own session settings, which would hide the server's; but as who logged in.
  Connection plain(server_.address(), server_.maintenance_database(), {{"role", "none"}});
  write_server_settings(plain, sink);
}

GroupedGlobals PgSnapshot::globals_so_far() const {
  GroupedGlobals globals = globals_;
  globals.add(group_->globals());
  return globals;
}

std::vector<Gap> PgSnapshot::gaps() const {
  std::vector<Gap> gaps = gaps_;
  gaps.insert(gaps.end(), group_->gaps().begin(), group_->gaps().end());
  for (Gap& gap : globals_so_far().gaps()) gaps.push_back(std::move(gap));
  return gaps;
}

}  // namespace vya::pg
