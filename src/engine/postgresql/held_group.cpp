#include "engine/postgresql/held_group.h"

#include <algorithm>
#include <optional>

#include "base/interrupt.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/replay_pause.h"
#include "engine/postgresql/schema_dump.h"

namespace vya::pg {

namespace {

bool is_there(const Server& server, const Candidate& candidate) {
  Connection connection = server.connect(server.maintenance_database());
  return connection
      .query("SELECT EXISTS (SELECT FROM pg_database WHERE oid = $1::oid AND datname = $2)",
             {candidate.oid, candidate.name})
      .flag(0, 0);
}

}  // namespace

HeldGroup::HeldGroup(const Surroundings& around)
    : around_(around),
      age_(around.max_snapshot_age),
      opened_(around.server),
      demand_{.tables = {}, .jobs = around.jobs},
      sessions_(around.server, [this] { check(); }) {}

void HeldGroup::open(std::span<const Candidate> candidates, int first_number, Taking taking) {
  Connection connection = around_.server.connect(around_.server.maintenance_database());
  room_ = read_room(connection);
  const std::size_t most = databases_at_a_time(room_, candidates.size(), around_.jobs, taking);
  for (std::size_t i = 0; i < most; ++i) {
    open(candidates[i], first_number + static_cast<int>(i));
    require_locks(room_, demand_.tables.back(), around_.jobs, candidates[i].name);
    if (!has_locks(room_, demand_)) break;
  }
  const std::size_t size = group_size(room_, demand_, candidates.size(), taking);
  while (databases_.size() > size) let_go_of_the_last();
}

void HeldGroup::open(const Candidate& candidate, int number) {
  const Database database{number, candidate.name, candidate.encoding};
  try {
    if (candidate.closed) opened_.open(candidate.name);
    auto leader = std::make_unique<Leader>(around_.server, database, around_.ddl_wait,
                                           around_.watcher, [this] { check(); });
    demand_.tables.push_back(static_cast<std::int64_t>(leader->lockable_count()));
    undumpable_.emplace(number, leader->undumpable());
    languages_.emplace(number, leader->languages());
    leaders_.emplace(number, std::move(leader));
    databases_.push_back(database);
  } catch (const Error&) {
    if (is_there(around_.server, candidate)) throw;
    throw StartOver("database '" + candidate.name + "' was dropped or renamed");
  }
}

void HeldGroup::let_go_of_the_last() {
  leaders_.erase(databases_.back().number);
  undumpable_.erase(databases_.back().number);
  languages_.erase(databases_.back().number);
  demand_.tables.pop_back();
  databases_.pop_back();
}

void HeldGroup::take() {
  watch_ = std::make_unique<DdlWatch>(around_.server, around_.application_name, around_.ddl_wait,
                                      age_, around_.watcher, [this] { beat(); });
  if (around_.experience.definitions_first) read_definitions_early();
  take_snapshots();
  number_databases();
  list_contents();
}

void HeldGroup::read_definitions_early() {
  for (const auto& [number, leader] : leaders_) {
    SchemaDump dump = schema_dump_of(*leader);
    dump.lock_wait = std::max<std::chrono::milliseconds>(around_.ddl_wait, dump.lock_wait);
    early_definitions_.emplace(number, dump);
  }
}

/// Globals are of no single database; equal before the first snapshot and after the last, they are
/// of all of them. They are read in one database, so that rights to them need to be granted in one
/// only.
void HeldGroup::take_snapshots() {
  for (const auto& [number, leader] : leaders_) leader->lock();
  std::optional<ReplayPause> pause;
  if (around_.pause_replay) pause.emplace(around_.server, around_.watcher, [this] { check(); });
  globals_ = globals_now();
  age_.begin();
  for (const auto& [number, leader] : leaders_) leader->export_snapshot();
  if (!(globals_now() == globals_))
    throw StartOver("accounts or databases were changed between two databases' snapshots");
  if (!pause) return;
  require_one_position();
  pause->resume();
}

Globals HeldGroup::globals_now() const {
  Connection connection = around_.server.connect(around_.server.maintenance_database());
  connection.watch_with([this] { check(); });
  connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  return read_globals(connection);
}

void HeldGroup::require_one_position() const {
  for (const auto& [number, leader] : leaders_) {
    if (leader->position().lsn != first_position().lsn)
      throw StartOver("the standby's replay went on between two databases' snapshots");
  }
}

void HeldGroup::number_databases() {
  for (DatabaseProperties& properties : globals_.databases) {
    const auto held = std::ranges::find(databases_, properties.name, &Database::name);
    if (held != databases_.end()) properties.number = held->number;
    if (std::ranges::count(opened_.names(), properties.name) > 0)
      properties.allow_connections = false;
  }
}

void HeldGroup::list_contents() {
  for (const auto& [number, leader] : leaders_) {
    contents_.add(*leader, undumpable_.at(number), around_.server.version());
    leader->with_session([&](Connection& session) {
      for (Gap& gap : database_gaps(session)) gaps_.push_back(std::move(gap));
    });
  }
  contents_.order();
}

void HeldGroup::confirm() {
  sessions_.close();
  for (const auto& [number, leader] : leaders_) leader->confirm();
}

void HeldGroup::check() const {
  throw_if_interrupted();
  age_.throw_if_too_old();
  if (watch_) watch_->throw_if_yielding();
}

void HeldGroup::beat() {
  for (const auto& [number, leader] : leaders_) leader->beat();
}

}  // namespace vya::pg
