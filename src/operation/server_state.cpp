#include "operation/server_state.h"

#include <fmt/format.h>

#include <mutex>
#include <set>

#include "base/parallel.h"
#include "operation/explained.h"
#include "operation/open.h"
#include "stream/lines.h"

namespace vya {

namespace {

std::string name_of(const std::string& database, const TableName& table) {
  return table.schema.empty() ? fmt::format("{}.{}", database, table.name)
                              : fmt::format("{}.{}.{}", database, table.schema, table.name);
}

/// Partitions count together: a restore may route a row to another one.
std::string name_of(const std::string& database, const Table& table) {
  return name_of(database, table.root.value_or(table.name));
}

/// What a snapshot holds, with its documents in memory; it reads no rows.
class SnapshotContents final : public BackupContents {
 public:
  explicit SnapshotContents(const ServerFacts& server) : server_(server) {}

  /// Takes the documents of the databases that the snapshot holds at present.
  void add(Snapshot& snapshot) {
    databases_.insert(databases_.end(), snapshot.databases().begin(), snapshot.databases().end());
    tables_.insert(tables_.end(), snapshot.tables().begin(), snapshot.tables().end());
    for (const Document& document : snapshot.documents()) {
      TextSink text;
      snapshot.dump(document, text);
      documents_[document] = text.text();
    }
  }

  const ServerFacts& server() const override { return server_; }
  const std::vector<Database>& databases() const override { return databases_; }
  const std::vector<Table>& tables() const override { return tables_; }
  std::unique_ptr<Source> read(const Document& document) const override {
    const auto found = documents_.find(document);
    if (found == documents_.end()) return nullptr;
    return std::make_unique<TextSource>(found->second);
  }
  void write_rows(const Table&, Sink&) const override {
    throw Error(Fault::kInternal, "rows of a server as it is are read from its snapshot");
  }
  std::uint64_t row_bytes() const override { return 0; }

 private:
  ServerFacts server_;
  std::vector<Database> databases_;
  std::vector<Table> tables_;
  std::map<Document, std::string> documents_;
};

class NoSink final : public Sink {
 public:
  void write(Bytes) override {}
  void finish() override {}
};

constexpr int kMostLostSessions = 3;

Fingerprint fingerprint_of(Snapshot& snapshot, const Segment& segment) {
  for (int lost_sessions = 0;;) {
    NoSink nowhere;
    FingerprintSink fingerprinted(nowhere);
    try {
      snapshot.dump(segment, fingerprinted);
    } catch (const DumpAgain&) {
      continue;
    } catch (const SegmentLost& lost) {
      if (++lost_sessions == kMostLostSessions) throw Error(Fault::kConnection, lost.what());
      continue;
    }
    fingerprinted.finish();
    return fingerprinted.fingerprint();
  }
}

void read_rows(Snapshot& snapshot, unsigned jobs, ServerState& state, Progress& progress) {
  std::map<std::pair<int, int>, std::string> names;
  std::map<int, std::string> databases;
  for (const Database& database : snapshot.databases()) databases[database.number] = database.name;
  for (const Table& table : snapshot.tables()) {
    const std::string name = name_of(databases.at(table.database), table);
    names[{table.database, table.number}] = name;
    state.tables[name].kind = table.kind;
  }
  std::uint64_t weight = 0;
  for (const Segment& segment : snapshot.segments()) weight += segment.weight;
  std::mutex mutex;
  in_parallel(snapshot.segments().size(), jobs, [&](std::size_t i) {
    const Segment& segment = snapshot.segments()[i];
    const Fingerprint rows = fingerprint_of(snapshot, segment);
    progress.advance({.bytes = segment.weight}, {.bytes = weight});
    const std::lock_guard guard(mutex);
    state.tables.at(names.at({segment.database, segment.table})).rows += rows;
  });
}

std::string what_rows_are_in(const std::string& name, TableKind kind) {
  switch (kind) {
    case TableKind::kLargeObjects:
      return "large objects (table " + name + ")";
    case TableKind::kMaterializedView:
      return "materialized view " + name;
    case TableKind::kTable:
    case TableKind::kConfiguration:
      break;
  }
  return "table " + name;
}

void compare_rows(const std::string& name, const TableState& wanted, const TableState& found,
                  std::vector<Finding>& findings) {
  if (wanted.rows == found.rows) return;
  Finding finding{.where = what_rows_are_in(name, wanted.kind)};
  if (wanted.rows.rows == found.rows.rows) {
    finding.what = fmt::format("has {} rows as before, but not the same ones", found.rows.rows);
  } else {
    finding.what = fmt::format("has {} rows, had {}", found.rows.rows, wanted.rows.rows);
  }
  if (wanted.kind == TableKind::kMaterializedView) {
    finding.severity = Severity::kNotice;
    finding.what += "; it is a materialized view and was refreshed";
  }
  findings.push_back(std::move(finding));
}

}  // namespace

ServerState state_of(const RepositoryContents& contents) {
  const Manifest& manifest = contents.backup().manifest();
  ServerState state{.what = manifest.id.text(),
                    .engine = manifest.engine,
                    .server = contents.server(),
                    .catalog = describe(manifest.engine, contents)};
  for (const Table& table : contents.tables())
    state.tables[name_of(contents.database_name(table.database), table)].kind = table.kind;
  for (const StoredSegment& segment : contents.segments()) {
    const Table& table = contents.table_of(segment.segment);
    state.tables.at(name_of(contents.database_name(table.database), table)).rows +=
        segment.fingerprint;
  }
  return state;
}

ServerState state_of(Engine& engine, const Instance& instance, const FreezeOptions& options,
                     Progress& progress) {
  progress.begin("snapshot");
  const auto snapshot = engine.freeze(options, progress);
  ServerState state{.what = "live:" + instance.name,
                    .engine = engine_name(instance),
                    .server = snapshot->facts().server};
  progress.end(fmt::format("{} databases, {} tables", snapshot->databases().size(),
                           snapshot->tables().size()));
  SnapshotContents contents(state.server);
  do {
    progress.begin("definitions");
    contents.add(*snapshot);
    progress.end("");
    progress.begin("rows");
    read_rows(*snapshot, options.jobs, state, progress);
    snapshot->confirm();
    progress.end("");
  } while (snapshot->advance());
  state.catalog = describe(state.engine, contents);
  return state;
}

std::unique_ptr<BackupContents> contents_of(Engine& engine, const FreezeOptions& options,
                                            Watcher& watcher) {
  const auto snapshot = engine.freeze(options, watcher);
  auto contents = std::make_unique<SnapshotContents>(snapshot->facts().server);
  do {
    contents->add(*snapshot);
    snapshot->confirm();
  } while (snapshot->advance());
  return contents;
}

CatalogModel catalog_of(Engine& engine, const Instance& instance, const FreezeOptions& options,
                        Watcher& watcher) {
  return describe(engine_name(instance), *contents_of(engine, options, watcher));
}

std::vector<Finding> differences(const ServerState& wanted, const ServerState& found) {
  if (wanted.engine != found.engine) {
    throw Error(Fault::kRefused,
                fmt::format("cannot compare {} with {}: the one is of {}, the other of {}",
                            wanted.what, found.what, wanted.engine, found.engine));
  }
  std::vector<Finding> findings = explained(wanted.catalog, found.catalog,
                                            {.engine = wanted.engine,
                                             .account = "",
                                             .source_major = wanted.server.major,
                                             .target_major = found.server.major});
  for (const auto& [name, table] : wanted.tables) {
    const auto other = found.tables.find(name);
    // That a table is missing, its definition says.
    if (other != found.tables.end()) compare_rows(name, table, other->second, findings);
  }
  return findings;
}

}  // namespace vya
