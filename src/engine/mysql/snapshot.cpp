#include "engine/mysql/snapshot.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/interrupt.h"
#include "engine/mysql/definitions.h"
#include "engine/mysql/objects.h"
#include "engine/mysql/privileges.h"
#include "engine/mysql/row_query.h"
#include "engine/mysql/split.h"
#include "engine/segment_order.h"
#include "stream/checked_sink.h"

namespace vya::mysql {

MysqlSnapshot::MysqlSnapshot(Server server, const FreezeOptions& freeze, Watcher& watcher)
    : server_(std::move(server)), age_(freeze.max_snapshot_age), sessions_([this] { check(); }) {
  facts_.server = server_.facts();
  catalog_ = server_.connect([this] { check(); });
  std::vector<std::string> left_out;
  databases_ = select_databases(*catalog_, freeze, left_out);
  catch_and_describe(freeze, watcher);
  list_contents();
}

/// Definitions are read before and after the moment: where they are the same, they are the
/// moment's. What is locked in between only makes a difference unlikely.
void MysqlSnapshot::catch_and_describe(const FreezeOptions& freeze, Watcher& watcher) {
  definitions_ = settled_definitions_state(*catalog_, databases_, [this] { check(); });
  relations_ = relations_with_rows(*catalog_, databases_, gaps_);
  age_.begin();
  Moment moment = catch_moment(
      server_,
      {.sessions = std::max(1u, freeze.jobs),
       .slow_lock =
           has_slow_tables() ? MomentRequest::SlowLock::kAvoid : MomentRequest::SlowLock::kNone},
      [this] { check(); }, watcher);
  facts_.taken = moment.taken;
  facts_.first_position = facts_.last_position = moment.position;
  facts_.held_since = moment.held_since;
  facts_.writing_stopped = moment.stopped;
  facts_.guarantee = guarantee();
  gtid_ = moment.gtid;
  for (Gap& gap : moment.gaps) gaps_.push_back(std::move(gap));
  for (Gap& gap : missing_privileges(*catalog_, server_.flavor())) {
    if (std::ranges::find(gaps_, gap.id(), &Gap::id) == gaps_.end())
      gaps_.push_back(std::move(gap));
  }
  definitions_lock_ = std::move(moment.definitions_lock);
  sessions_.fill(std::move(moment.sessions));
  require_same_definitions("while the snapshot was taken");
  accounts_ = read_accounts(*catalog_, server_.flavor(), gaps_);
}

bool MysqlSnapshot::has_slow_tables() const {
  return std::ranges::any_of(relations_, [](const Relation& relation) {
    return !relation.transactional && relation.engine != "Aria";
  });
}

std::string MysqlSnapshot::guarantee() const {
  const bool all = std::ranges::all_of(relations_, &Relation::transactional);
  return all ? "exact" : "exact for InnoDB";
}

void MysqlSnapshot::require_same_definitions(const std::string& when) {
  if (definitions_state(*catalog_, databases_) == definitions_) return;
  throw StartOver("a definition was changed " + when,
                  "Back up when fewer definitions change, or grant the instance's user what the "
                  "gaps of 'vya doctor' name, so that they wait.");
}

/// MariaDB lets accounts change whatever is locked, and MySQL without BACKUP_ADMIN too.
void MysqlSnapshot::require_same_accounts() {
  std::vector<Gap> gaps;
  if (read_accounts(*catalog_, server_.flavor(), gaps) == accounts_) return;
  throw StartOver("an account was changed while the backup was written",
                  "Back up when fewer accounts, passwords and privileges change.");
}

void MysqlSnapshot::list_contents() {
  documents_ = {{DocumentKind::kGlobals, 0}, {DocumentKind::kSettings, 0}};
  for (const Database& database : databases_)
    documents_.push_back({DocumentKind::kSchema, database.number});
  auto session = sessions_.borrow();
  for (const Relation& relation : relations_) {
    const std::string& database =
        databases_[static_cast<std::size_t>(relation.table.database) - 1].name;
    for (Segment& segment : split(*session, database, relation))
      segments_.push_back(std::move(segment));
    index_[{relation.table.database, relation.table.number}] = tables_.size();
    tables_.push_back(relation.table);
  }
  sessions_.give_back(std::move(session));
  order_for_work(segments_);
}

const Relation& MysqlSnapshot::relation_of(const Segment& segment) const {
  return relations_[index_.at({segment.database, segment.table})];
}

void MysqlSnapshot::dump(const Document& document, Sink& sink) {
  if (document.kind == DocumentKind::kSettings) return write_settings(server_.flavor(), sink);
  const auto session = server_.connect([this] { check(); });
  std::vector<Gap> gaps;
  if (document.kind == DocumentKind::kGlobals) {
    for (const ServerObject& object :
         read_server_objects(*session, server_.flavor(), {facts_.first_position, gtid_}, gaps)) {
      write_json(object, sink);
    }
    write_json(accounts_, sink);
  } else {
    read_objects(*session, server_.flavor(),
                 databases_[static_cast<std::size_t>(document.database) - 1].name, gaps,
                 [&](const SchemaObject& object) { write_json(object, sink); });
  }
  const std::lock_guard guard(gaps_mutex_);
  for (Gap& gap : gaps) gaps_.push_back(std::move(gap));
}

void MysqlSnapshot::dump(const Segment& segment, Sink& sink) {
  const Relation& relation = relation_of(segment);
  const std::string& database = databases_[static_cast<std::size_t>(segment.database) - 1].name;
  CheckedSink checked(sink, [this] { check(); });
  auto session = sessions_.borrow();
  try {
    write_rows(*session, row_query(database, relation, segment.range), checked);
  } catch (const SqlError& error) {
    const std::string what = fmt::format("cannot read table '{}.{}': {}", database,
                                         relation.table.name.name, error.said());
    const bool lost = !session->good();
    const std::size_t left = sessions_.give_back(std::move(session));
    if (error.number() == kTableChanged || error.number() == kUnknownTable) throw StartOver(what);
    if (lost && left > 0) throw SegmentLost(what);
    throw Error(error.fault(), what, error.hint());
  } catch (...) {
    sessions_.give_back(std::move(session));
    throw;
  }
  sessions_.give_back(std::move(session));
}

void MysqlSnapshot::confirm() {
  sessions_.close();
  require_same_definitions("while the backup was written");
  require_same_accounts();
  definitions_lock_.reset();
}

void MysqlSnapshot::check() const {
  throw_if_interrupted();
  age_.throw_if_too_old();
}

}  // namespace vya::mysql
