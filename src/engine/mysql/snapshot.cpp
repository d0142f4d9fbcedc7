#include "engine/mysql/snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/interrupt.h"
#include "engine/mysql/definitions.h"
#include "engine/mysql/objects.h"
#include "engine/mysql/privileges.h"
#include "engine/mysql/row_query.h"
#include "engine/mysql/split.h"
#include "engine/segment_order.h"
#include "stream/checked_sink.h"

namespace vya::mysql {

namespace {

/// Runs that, and starts over where somebody changes what it reads.
template <typename Work>
void of_still_definitions(const Work& work) {
  try {
    work();
  } catch (const SqlError& error) {
    if (is_definition_changed(error.number()) || is_definition_in_use(error.number()))
      throw StartOver(error.message());
    throw;
  }
}

}  // namespace

MysqlSnapshot::MysqlSnapshot(Server server, const FreezeOptions& freeze,
                             std::chrono::seconds ddl_wait, Watcher& watcher)
    : server_(std::move(server)),
      age_(freeze.max_snapshot_age),
      sessions_([this] { check(); }),
      ddl_wait_(ddl_wait) {
  facts_.server = server_.facts();
  catalog_ = connect();
  databases_ = chosen_databases(freeze);
  of_still_definitions([&] {
    catch_and_describe(freeze, watcher);
    list_contents();
  });
}

/// Definitions that are locked are read after the moment, at leisure. Where they are not, they are
/// read before and after it: where they are the same, they are the moment's.
void MysqlSnapshot::catch_and_describe(const FreezeOptions& freeze, Watcher& watcher) {
  const bool locked = may_lock_definitions(watcher);
  if (!locked) {
    definitions_ = settled_definitions_state(*catalog_, databases_, [this] { check(); });
    relations_ = relations_with_rows(*catalog_, databases_, gaps_);
  }
  age_.begin();
  Moment moment = catch_moment(
      server_,
      {.sessions = std::max(1u, freeze.jobs),
       .definitions = locked ? definitions_lock_.get() : nullptr,
       .table_wait = table_wait()},
      [this] { check(); }, watcher);
  const std::vector<Database> before = std::exchange(databases_, chosen_databases(freeze));
  if (locked) {
    definitions_ = definitions_state(*catalog_, databases_);
    relations_ = relations_with_rows(*catalog_, databases_, gaps_);
  } else {
    require_same_definitions("while the snapshot was taken");
    if (before != databases_) throw StartOver("a database was made while the snapshot was taken");
  }
  keep_facts(moment);
  sessions_.fill(std::move(moment.sessions));
  accounts_ = read_accounts(*catalog_, server_.flavor(), gaps_);
}

/// A statement that keeps a table from being read may itself wait for our lock of definitions:
/// then neither waits longer than others may for us.
std::chrono::seconds MysqlSnapshot::table_wait() const {
  constexpr std::chrono::seconds kLeast(10);
  return std::max(kLeast, ddl_wait_);
}

std::unique_ptr<Connection> MysqlSnapshot::connect() {
  auto connection = server_.connect([this] { check(); });
  connection->run(fmt::format("SET SESSION lock_wait_timeout = {}", table_wait().count()));
  return connection;
}

std::vector<Database> MysqlSnapshot::chosen_databases(const FreezeOptions& freeze) {
  left_out_.clear();
  return select_databases(*catalog_, freeze, left_out_);
}

bool MysqlSnapshot::may_lock_definitions(Watcher& watcher) {
  if (lock_would_stop_writers(*catalog_, server_.flavor())) return false;
  definitions_lock_ = std::make_unique<DefinitionsLock>(server_, [this] { check(); }, watcher);
  if (!definitions_lock_->is_to_be_had()) return false;
  watch_ = std::make_unique<DdlWatch>(server_, ddl_wait_, age_, watcher);
  return true;
}

void MysqlSnapshot::keep_facts(const Moment& moment) {
  facts_.taken = moment.taken;
  facts_.first_position = facts_.last_position = moment.position;
  facts_.held_since = moment.held_since;
  facts_.writing_stopped = moment.stopped;
  gtid_ = moment.gtid;
  const MissingPrivileges missing = missing_privileges(*catalog_, server_.flavor());
  facts_.guarantee = guarantee(missing);
  // What the grants tell comes first: it names all that follows from a privilege.
  add_gaps(missing.gaps);
  add_gaps(moment.gaps);
  if (definitions_lock_) add_gaps(definitions_lock_->gaps());
}

void MysqlSnapshot::add_gaps(const std::vector<Gap>& gaps) {
  for (const Gap& gap : gaps) {
    if (std::ranges::find(gaps_, gap.id(), &Gap::id) == gaps_.end()) gaps_.push_back(gap);
  }
}

/// Definitions that are neither locked nor all to be seen may have changed without a trace.
std::string MysqlSnapshot::guarantee(const MissingPrivileges& missing) {
  const bool locked = definitions_lock_ && definitions_lock_->is_held();
  if (!locked && missing.hide_definitions) return "best effort";
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
  give_back(std::move(session));
  order_for_work(segments_);
}

const Relation& MysqlSnapshot::relation_of(const Segment& segment) const {
  return relations_[index_.at({segment.database, segment.table})];
}

void MysqlSnapshot::dump(const Document& document, Sink& sink) {
  if (document.kind == DocumentKind::kSettings) return write_settings(server_.flavor(), sink);
  const auto session = connect();
  std::vector<Gap> gaps;
  of_still_definitions([&] {
    if (document.kind == DocumentKind::kGlobals) {
      for (const ServerObject& object :
           read_server_objects(*session, server_.flavor(), {facts_.first_position, gtid_}, gaps)) {
        write_json(object, sink);
      }
      for (const std::string& name : left_out_) write_json(other_database(name), sink);
      write_json(accounts_, sink);
    } else {
      read_objects(*session, server_.flavor(),
                   databases_[static_cast<std::size_t>(document.database) - 1].name, gaps,
                   [&](const SchemaObject& object) { write_json(object, sink); });
    }
  });
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
    const std::size_t left = give_back(std::move(session));
    if (is_definition_changed(error.number()) || is_definition_in_use(error.number()))
      throw StartOver(what);
    if (lost && left > 0) throw SegmentLost(what);
    throw Error(error.fault(), what, error.hint());
  } catch (...) {
    give_back(std::move(session));
    throw;
  }
  give_back(std::move(session));
}

std::size_t MysqlSnapshot::give_back(std::unique_ptr<Connection> session) {
  try {
    if (session->good()) let_go_of_tables(*session);
  } catch (const SqlError&) {
    session->close();  // it cannot be relied on
  }
  return sessions_.give_back(std::move(session));
}

/// Where definitions were locked all the time, no look at them is needed.
void MysqlSnapshot::confirm() {
  sessions_.close();
  if (!definitions_lock_ || !definitions_lock_->is_held())
    of_still_definitions([&] { require_same_definitions("while the backup was written"); });
  require_same_accounts();
  watch_.reset();
  definitions_lock_.reset();
}

void MysqlSnapshot::check() const {
  throw_if_interrupted();
  age_.throw_if_too_old();
  if (watch_) watch_->throw_if_yielding();
}

}  // namespace vya::mysql
