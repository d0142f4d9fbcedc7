#include "engine/postgresql/snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/interrupt.h"
#include "base/random.h"
#include "engine/postgresql/capacity.h"
#include "engine/postgresql/catalog.h"
#include "engine/postgresql/replay_pause.h"
#include "engine/postgresql/schema_dump.h"
#include "engine/postgresql/server_settings.h"
#include "engine/postgresql/split.h"

namespace vya::pg {

namespace {

constexpr int kVersionWithTidRanges = 140000;
constexpr int kLargeObjectsASegment = 1000;
constexpr std::string_view kNoSuchSnapshot = "22023";  // of SET TRANSACTION SNAPSHOT

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

bool is_left_out(const std::vector<Undumpable>& left_out, const TableName& name) {
  return std::ranges::find(left_out, name, &Undumpable::name) != left_out.end();
}

/// What a catalog says of relations whose definitions are not in the backup.
void leave_out(const std::vector<Undumpable>& left_out, Catalog& catalog) {
  std::erase_if(catalog.acls, [&](const Acl& acl) {
    return std::ranges::find(left_out, acl.object, &Undumpable::identifier) != left_out.end();
  });
  std::erase_if(catalog.populated_views, [&](const PopulatedView& view) {
    return is_left_out(left_out, {view.schema, view.name});
  });
}

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
      pause_replay_(options.pause_replay && server_.facts().standby),
      application_name_("vya-" + random_hex(8)),
      age_(freeze.max_snapshot_age),
      pg_dump_(find_pg_dump(options, server_.facts().major)),
      sessions_(server_, [this] { check(); }) {
  server_.name_sessions(application_name_);
  facts_.server = server_.facts();
  facts_.guarantee = "exact";
  if (options.pause_replay && !facts_.server.standby)
    watcher_.notice("pause_replay has no effect: the server is no standby");
  select(options, freeze);
  open_leaders(freeze.jobs);
  watch_ = std::make_unique<DdlWatch>(server_, application_name_, ddl_wait_, age_, watcher_,
                                      [this] { beat(); });
  if (experience_.definitions_first) read_definitions_early();
  take_snapshots();
  number_databases();
  list_contents();
}

void PgSnapshot::select(const Options& options, const FreezeOptions& freeze) {
  Connection connection = server_.connect(server_.maintenance_database());
  Selection selection = select_databases(connection, freeze);
  const bool opens = options.open_closed_databases && !facts_.server.standby;
  opened_ = std::make_unique<OpenedDatabases>(
      server_, opens ? selection.closed : std::vector<std::string>{});
  gaps_ = server_gaps(connection);
  for (const Database& database : selection.databases) {
    std::optional<Gap> gap = closed_to_us(connection, database.name, selection);
    if (gap && std::ranges::count(opened_->names(), database.name) == 0) {
      gaps_.push_back(std::move(*gap));
    } else {
      databases_.push_back(
          {static_cast<int>(databases_.size()) + 1, database.name, database.encoding});
    }
  }
}

void PgSnapshot::open_leaders(unsigned jobs) {
  Connection connection = server_.connect(server_.maintenance_database());
  require_sessions(read_room(connection), databases_.size(), jobs);
  Demand demand{.tables = {}, .jobs = jobs};
  for (const Database& database : databases_) {
    Leader& leader = *leaders_.emplace_back(
        std::make_unique<Leader>(server_, database, ddl_wait_, watcher_, [this] { check(); }));
    demand.tables.push_back(static_cast<std::int64_t>(leader.lockable_count()));
    undumpable_.emplace(database.number, leader.undumpable());
  }
  require_locks(read_room(connection), demand);
}

void PgSnapshot::read_definitions_early() {
  for (const auto& leader : leaders_) {
    SchemaDump dump = schema_dump_of(*leader);
    dump.lock_wait = std::max<std::chrono::milliseconds>(ddl_wait_, dump.lock_wait);
    early_definitions_.emplace(leader->database().number, dump);
  }
}

/// Globals are of no single database; equal before the first snapshot and after the last, they are
/// of all of them. They are read in one database, so that rights to them need to be granted in one
/// only.
void PgSnapshot::take_snapshots() {
  if (leaders_.empty()) {
    throw Error(Fault::kNotFound, "none of the chosen databases can be connected to",
                "Set open_closed_databases: true for the instance, or grant its user CONNECT.");
  }
  for (const auto& leader : leaders_) leader->lock();
  std::optional<ReplayPause> pause;
  if (pause_replay_) pause.emplace(server_, watcher_, [this] { check(); });
  globals_ = globals_now();
  age_.begin();
  for (const auto& leader : leaders_) leader->export_snapshot();
  facts_.held_since = *age_.since();
  if (!(globals_now() == globals_))
    throw StartOver("accounts or databases were changed between two databases' snapshots");
  facts_.taken = leaders_.front()->position().taken;
  facts_.first_position = leaders_.front()->position().lsn;
  facts_.last_position = leaders_.back()->position().lsn;
  if (!pause) return;
  require_one_position();
  pause->resume();
}

Globals PgSnapshot::globals_now() const {
  Connection connection = server_.connect(server_.maintenance_database());
  connection.watch_with([this] { check(); });
  connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  return read_globals(connection);
}

void PgSnapshot::require_one_position() const {
  for (const auto& leader : leaders_) {
    if (leader->position().lsn != facts_.first_position)
      throw StartOver("the standby's replay went on between two databases' snapshots");
  }
}

void PgSnapshot::number_databases() {
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
      if (is_left_out(undumpable_.at(database), table.name)) continue;
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
    leader->with_session([&](Connection& session) {
      for (Gap& gap : database_gaps(session)) gaps_.push_back(std::move(gap));
    });
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
                             "FROM pg_largeobject_metadata m WHERE{}) m"
                             " WHERE n % {} = 1 ORDER BY oid",
                             kMayReadObject, kLargeObjectsASegment),
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
  leader.with_session([&](Connection& session) {
    Catalog catalog = read_catalog(session);
    leave_out(undumpable_.at(leader.database().number), catalog);
    write_json(catalog, sink);
  });
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
          .check = [this] { check(); },
          .left_out = undumpable_.at(leader.database().number)};
}

void PgSnapshot::dump(const Segment& segment, Sink& sink) {
  const Table& table = table_of(segment);
  Leader& leader = leader_of(segment.database);
  CheckedSink checked(sink, [this] { check(); });
  const auto read = [&](Connection& session) {
    read_rows(session, table, segment.range, leader.database().encoding,
              binary_segments_.format_of(table, segment.number), checked);
  };
  try {
    // Where someone queues for the lock, the leader has it already and need not queue.
    if (!copy(segment, read)) copy_by_leader(segment, read);
  } catch (const SqlError& e) {
    refused(segment, e);
  }
}

/// Returns false, having read nothing, when the table's lock cannot be had at once.
bool PgSnapshot::copy(const Segment& segment, const std::function<void(Connection&)>& read) {
  using TableLock = RowSession::TableLock;
  const Table& table = table_of(segment);
  const bool lockable = table.kind == TableKind::kTable || table.kind == TableKind::kConfiguration;
  const bool several = segment_counts_.at({segment.database, segment.table}) > 1;
  const TableLock lock = !lockable ? TableLock::kNone
                         : several ? TableLock::kKept
                                   : TableLock::kForNow;
  std::unique_ptr<RowSession> session = sessions_.borrow(leader_of(segment.database));
  const bool copied = session->copy(table.name, lock, read);
  sessions_.give_back(std::move(session));
  return copied;
}

void PgSnapshot::copy_by_leader(const Segment& segment,
                                const std::function<void(Connection&)>& read) {
  std::optional<SqlError> error;
  leader_of(segment.database).with_session([&](Connection& held) {
    held.run("SAVEPOINT part; SET LOCAL lock_timeout = 0");
    try {
      read(held);
    } catch (const SqlError& e) {
      if (!may_be_too_long(table_of(segment), e.state())) throw;
      error = e;  // the snapshot is to outlive it
    }
    held.run("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part");
  });
  if (error) throw SqlError(*error);
}

void PgSnapshot::refused(const Segment& segment, const SqlError& error) {
  const Table& table = table_of(segment);
  Leader& leader = leader_of(segment.database);
  throw_if_conflict(error);
  if (error.state() == kNoSuchSnapshot)
    throw StartOver("the session that holds the snapshot was lost: " + error.message());
  if (error.state() == kUndefinedTable)
    throw StartOver("something was dropped while it was read: " + error.message());
  if (error.fault() == Fault::kConnection) {
    const std::string lost =
        fmt::format("cannot read table '{}.{}' of database '{}': {}", table.name.schema,
                    table.name.name, leader.database().name, error.said());
    if (leader.beat()) throw SegmentLost(lost);
    throw Error(Fault::kConnection, lost, error.hint());
  }
  if (!may_be_too_long(table, error.state())) throw SqlError(error);
  if (binary_segments_.format_of(table, segment.number) == RowFormat::kBinary)
    fail_to_read(table, leader.database().name, error);
  binary_segments_.add(table, segment.number);
  const std::string why =
      fmt::format("the server cannot write rows of {} as text, so they are read in binary: {}",
                  in_words(table, leader.database().name), error.said());
  watcher_.notice(why);
  throw DumpAgain(why);
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
