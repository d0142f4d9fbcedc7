#include "engine/postgresql/snapshot.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/interrupt.h"
#include "base/random.h"
#include "engine/postgresql/catalog.h"
#include "engine/postgresql/row_query.h"
#include "engine/postgresql/schema_dump.h"
#include "engine/postgresql/server_settings.h"
#include "engine/postgresql/split.h"

namespace vya::pg {

namespace {

constexpr int kVersionWithTidRanges = 140000;
constexpr int kLargeObjectsASegment = 1000;

/// Looks, with every block that passes, whether the work should stop.
class CheckedSink final : public Sink {
 public:
  CheckedSink(Sink& next, std::function<void()> check) : next_(next), check_(std::move(check)) {}
  void write(Bytes bytes) override {
    check_();
    next_.write(bytes);
  }
  void finish() override { next_.finish(); }

 private:
  Sink& next_;
  std::function<void()> check_;
};

ClientProgram find_pg_dump(const Options& options, int server_major) {
  if (!options.pg_dump.empty()) return choose_pg_dump({pg_dump_at(options.pg_dump)}, server_major);
  return choose_pg_dump(installed_pg_dumps(), server_major);
}

}  // namespace

PgSnapshot::PgSnapshot(Server server, const Options& options, const FreezeOptions& freeze,
                       Experience& experience, Watcher& watcher)
    : server_(std::move(server)),
      experience_(experience),
      watcher_(watcher),
      ddl_wait_(options.ddl_wait),
      application_name_("vya-" + random_hex(8)),
      age_(freeze.max_snapshot_age),
      pg_dump_(find_pg_dump(options, server_.facts().major)),
      sessions_(server_, [this] { check(); }) {
  server_.name_sessions(application_name_);
  facts_.server = server_.facts();
  facts_.guarantee = "exact";
  select(options, freeze);
  for (const Database& database : databases_) {
    leaders_.push_back(
        std::make_unique<Leader>(server_, database, ddl_wait_, watcher_, [this] { check(); }));
  }
  check_capacity(freeze.jobs);
  watch_ = std::make_unique<DdlWatch>(server_, application_name_, ddl_wait_, age_, watcher_,
                                      [this] { beat(); });
  if (experience_.definitions_first) read_definitions_early();
  take_snapshots();
  agree_on_globals();
  list_contents();
}

void PgSnapshot::select(const Options& options, const FreezeOptions& freeze) {
  Connection connection = server_.connect(server_.maintenance_database());
  Selection selection = select_databases(connection, freeze);
  opened_ = std::make_unique<OpenedDatabases>(
      server_, options.open_closed_databases ? selection.closed : std::vector<std::string>{});
  const auto stays_closed = [&](const Database& database) {
    return !options.open_closed_databases &&
           std::ranges::count(selection.closed, database.name) > 0;
  };
  for (const Database& database : selection.databases) {
    if (stays_closed(database)) {
      gaps_.push_back(
          {.kind = "closed-database",
           .what = database.name,
           .why = "the database allows no connections, so its content is not in the backup",
           .cure = "Set open_closed_databases: true for the instance, or run ALTER DATABASE ... "
                   "ALLOW_CONNECTIONS true."});
    } else {
      databases_.push_back(
          {static_cast<int>(databases_.size()) + 1, database.name, database.encoding});
    }
  }
}

/// Running out of locks or connections would fail the application's statements too, so it is not
/// tried.
void PgSnapshot::check_capacity(unsigned jobs) {
  std::size_t locks = 0;
  std::size_t most = 0;
  for (const auto& leader : leaders_) {
    locks += leader->lockable_count();
    most = std::max(most, leader->lockable_count());
  }
  Connection connection = server_.connect(server_.maintenance_database());
  const Result row = connection.query(
      "SELECT current_setting('max_locks_per_transaction')::bigint * "
      "(current_setting('max_connections')::bigint"
      " + current_setting('max_prepared_transactions')::bigint) - (SELECT count(*) FROM pg_locks "
      "WHERE NOT fastpath),"
      " current_setting('max_connections')::bigint - (SELECT count(*) FROM pg_stat_activity"
      "   WHERE backend_type = 'client backend')");
  const auto locks_needed = static_cast<std::int64_t>(locks + most + 100 * jobs);
  if (row.number(0, 0) < locks_needed) {
    throw Error(Fault::kRefused,
                fmt::format("cannot lock {} tables: the server has room for about {} more locks, "
                            "and running out would "
                            "fail the application's statements too",
                            locks, row.number(0, 0)),
                "Raise max_locks_per_transaction and restart the server.");
  }
  const auto sessions_needed = 2 * std::int64_t{jobs} + 2;
  if (row.number(0, 1) < sessions_needed) {
    throw Error(Fault::kRefused,
                fmt::format("cannot open {} more sessions: the server has {} left", sessions_needed,
                            row.number(0, 1)),
                "Raise max_connections, or use fewer --jobs.");
  }
}

void PgSnapshot::read_definitions_early() {
  for (const auto& leader : leaders_) {
    SchemaDump dump = schema_dump_of(*leader);
    dump.lock_wait = std::max<std::chrono::milliseconds>(ddl_wait_, dump.lock_wait);
    early_definitions_.emplace(leader->database().number, dump);
  }
}

void PgSnapshot::take_snapshots() {
  for (const auto& leader : leaders_) leader->lock();
  if (leaders_.empty()) {
    throw Error(Fault::kNotFound, "all chosen databases allow no connections",
                "Set open_closed_databases: true for the instance.");
  }
  age_.begin();
  for (const auto& leader : leaders_) leader->export_snapshot();
  facts_.held_since = *age_.since();
  facts_.taken = leaders_.front()->position().taken;
  facts_.first_position = leaders_.front()->position().lsn;
  facts_.last_position = leaders_.back()->position().lsn;
}

/// Globals are of no single database; equal under the first and the last snapshot, they are of all
/// of them.
void PgSnapshot::agree_on_globals() {
  leaders_.front()->with_session([&](Connection& session) { globals_ = read_globals(session); });
  if (leaders_.size() > 1) {
    Globals last;
    leaders_.back()->with_session([&](Connection& session) { last = read_globals(session); });
    if (!(last == globals_))
      throw StartOver("accounts or databases were changed between two databases' snapshots");
  }
  for (DatabaseProperties& properties : globals_.databases) {
    const auto chosen = std::ranges::find(databases_, properties.name, &Database::name);
    if (chosen != databases_.end()) properties.number = chosen->number;
    if (std::ranges::count(opened_->names(), properties.name) > 0)
      properties.allow_connections = false;
  }
}

void PgSnapshot::list_contents() {
  documents_ = {{DocumentKind::kGlobals, 0}, {DocumentKind::kSettings, 0}};
  for (const auto& leader : leaders_) {
    const int database = leader->database().number;
    int number = 0;
    for (Relation& relation : leader->look_around()) {
      Table& table = relation.table;
      table.database = database;
      table.number = ++number;
      const bool ranges = relation.heap && table.kind != TableKind::kConfiguration &&
                          server_.version() >= kVersionWithTidRanges;
      for (Segment& segment : split(table, {relation.blocks, relation.toast_bytes},
                                    ranges ? Ranges::kUsable : Ranges::kUnusable)) {
        segments_.push_back(std::move(segment));
      }
      tables_.push_back(std::move(table));
    }
    add_large_objects(*leader);
    for (const DocumentKind kind :
         {DocumentKind::kCatalog, DocumentKind::kSchema, DocumentKind::kLargeObjects}) {
      documents_.push_back({kind, database});
    }
  }
  for (std::size_t i = 0; i < tables_.size(); ++i)
    table_index_[{tables_[i].database, tables_[i].number}] = i;
  for (const Segment& segment : segments_) ++segment_counts_[{segment.database, segment.table}];
  order_for_work(segments_);
}

void PgSnapshot::add_large_objects(Leader& leader) {
  std::vector<std::string> borders;
  std::uint64_t bytes = 0;
  leader.with_session([&](Connection& session) {
    session.each(fmt::format("SELECT oid FROM (SELECT oid, row_number() OVER (ORDER BY oid) AS n "
                             "FROM pg_largeobject_metadata) m"
                             " WHERE n % {} = 1 ORDER BY oid",
                             kLargeObjectsASegment),
                 [&](const Result& row) { borders.push_back(row.text(0, 0)); });
    bytes = std::stoull(session.value("SELECT pg_relation_size('pg_largeobject')"));
  });
  if (borders.empty()) return;
  const int database = leader.database().number;
  const bool first = tables_.empty() || tables_.back().database != database;
  Table table{.database = database,
              .number = first ? 1 : tables_.back().number + 1,
              .name = {"pg_catalog", "pg_largeobject"},
              .kind = TableKind::kLargeObjects,
              .columns = {"oid", "offset", "data"}};
  for (std::size_t i = 0; i < borders.size(); ++i) {
    segments_.push_back(
        {.database = database,
         .table = table.number,
         .number = static_cast<int>(i),
         .range = {i == 0 ? "" : borders[i], i + 1 < borders.size() ? borders[i + 1] : ""},
         .weight = bytes / borders.size()});
  }
  tables_.push_back(std::move(table));
}

void PgSnapshot::dump(const Document& document, Sink& sink) {
  switch (document.kind) {
    case DocumentKind::kGlobals:
      return write_json(globals_, sink);
    case DocumentKind::kSettings:
      return dump_server_settings(sink);
    case DocumentKind::kCatalog:
      return dump_catalog(leader_of(document.database), sink);
    case DocumentKind::kSchema:
      return dump_schema_entries(leader_of(document.database), sink);
    case DocumentKind::kLargeObjects:
      leader_of(document.database).with_session([&](Connection& session) {
        read_large_objects(session, [&](const LargeObject& object) { write_json(object, sink); });
      });
      return;
  }
}

void PgSnapshot::dump_server_settings(Sink& sink) {
  // Without our own session settings, which would hide the server's; but as who logged in.
  Connection plain(server_.address(), server_.maintenance_database(), {{"role", "none"}});
  write_server_settings(plain, sink);
}

void PgSnapshot::dump_catalog(Leader& leader, Sink& sink) {
  leader.note_definitions();
  leader.with_session([&](Connection& session) { write_json(read_catalog(session), sink); });
}

void PgSnapshot::dump_schema_entries(Leader& leader, Sink& sink) {
  const auto early = early_definitions_.find(leader.database().number);
  if (early != early_definitions_.end() && leader.has_definitions_of(early->second.state())) {
    early->second.write(sink);
  } else {
    try {
      write_definitions(schema_dump_of(leader), sink);
    } catch (const StartOver&) {
      experience_.definitions_first = true;
      throw;
    }
  }
  leader.compare_definitions();
}

SchemaDump PgSnapshot::schema_dump_of(const Leader& leader) const {
  return {.server = server_,
          .program = pg_dump_,
          .database = leader.database().name,
          .encoding = leader.database().encoding,
          .snapshot_id = leader.position().snapshot_id,
          .application_name = application_name_,
          .check = [this] { check(); }};
}

void PgSnapshot::dump(const Segment& segment, Sink& sink) {
  using TableLock = RowSession::TableLock;
  const Table& table = table_of(segment);
  Leader& leader = leader_of(segment.database);
  const std::string sql = row_query(table, segment.range, leader.database().encoding);
  const bool lockable = table.kind == TableKind::kTable || table.kind == TableKind::kConfiguration;
  const bool several = segment_counts_.at({segment.database, segment.table}) > 1;
  const TableLock lock = !lockable ? TableLock::kNone
                         : several ? TableLock::kKept
                                   : TableLock::kForNow;

  CheckedSink checked(sink, [this] { check(); });
  std::unique_ptr<RowSession> session;
  try {
    session = sessions_.borrow(leader);
    const bool copied = session->copy(table.name, lock, sql, checked);
    sessions_.give_back(std::move(session));
    if (copied) return;
  } catch (const SqlError& e) {
    if (e.state() == kUndefinedTable)
      throw StartOver("something was dropped while it was read: " + e.message());
    if (e.fault() == Fault::kConnection) {
      const std::string lost =
          fmt::format("cannot read table '{}.{}' of database '{}': {}", table.name.schema,
                      table.name.name, leader.database().name, e.said());
      if (leader.beat()) throw SegmentLost(lost);
      throw Error(Fault::kConnection, lost, e.hint());
    }
    throw;
  }
  // Someone queues for the lock; the leader has it already and need not queue.
  leader.with_session([&](Connection& held) {
    held.run("SAVEPOINT part; SET LOCAL lock_timeout = 0");
    held.copy_out(sql, checked);
    held.run("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part");
  });
}

void PgSnapshot::confirm() {
  sessions_.close();
  for (const auto& leader : leaders_) leader->confirm();
}

Leader& PgSnapshot::leader_of(int database) {
  return *leaders_.at(static_cast<std::size_t>(database) - 1);
}

const Table& PgSnapshot::table_of(const Segment& segment) const {
  return tables_[table_index_.at({segment.database, segment.table})];
}

void PgSnapshot::check() const {
  throw_if_interrupted();
  age_.throw_if_too_old();
  if (watch_) watch_->throw_if_yielding();
}

void PgSnapshot::beat() {
  for (const auto& leader : leaders_) leader->beat();
}

}  // namespace vya::pg
