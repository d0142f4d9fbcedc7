// What tests of a snapshot need: a server, and ways to look at what a snapshot of it holds.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "engine/postgresql/snapshot.h"
#include "stream/lines.h"
#include "tests/engine/postgresql/recording_watcher.h"
#include "tests/world/postgres.h"

namespace vya::pg {

class PgSnapshotTest : public testing::Test {
 protected:
  std::unique_ptr<PgSnapshot> freeze(const Options& options = {},
                                     const FreezeOptions& freeze = {.jobs = 2}) {
    return std::make_unique<PgSnapshot>(Server(server_.address(), "postgres"), options, freeze,
                                        experience_, watcher_);
  }

  Connection session(const std::string& database = "postgres") {
    return Connection(server_.address(), database, {});
  }

  /// The rows that a snapshot has of a table.
  static std::uint64_t rows_of(PgSnapshot& snapshot, const std::string& table) {
    std::uint64_t rows = 0;
    for (const Segment& segment : snapshot.segments()) {
      const Table& described =
          *std::ranges::find_if(snapshot.tables(), [&](const Table& candidate) {
            return candidate.database == segment.database && candidate.number == segment.table;
          });
      if (described.name.name != table) continue;
      TextSink text;
      FingerprintSink rows_sink(text);
      snapshot.dump(segment, rows_sink);
      rows += rows_sink.fingerprint().rows;
    }
    return rows;
  }

  static std::string dumped(PgSnapshot& snapshot, const Document& document) {
    TextSink text;
    snapshot.dump(document, text);
    return text.text();
  }

  std::string locks_of_others() {
    return server_.value(
        "postgres", "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'vya-%'");
  }

  std::string locks_waited_for() {
    return server_.value("postgres", "SELECT count(*) FROM pg_locks WHERE NOT granted");
  }

  world::PostgresServer server_;
  Experience experience_;
  RecordingWatcher watcher_;
};

}  // namespace vya::pg
