// What tests of a snapshot need: ways to look at what a snapshot of a server holds.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "engine/mysql/snapshot.h"
#include "stream/lines.h"
#include "tests/engine/mysql/address_of.h"
#include "tests/engine/postgresql/recording_watcher.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::mysql {

class MysqlSnapshotTest : public world::OnMysql {
 protected:
  std::unique_ptr<MysqlSnapshot> freeze(const Address& address,
                                        const FreezeOptions& options = {.jobs = 3},
                                        std::chrono::seconds ddl_wait = std::chrono::minutes(5)) {
    return std::make_unique<MysqlSnapshot>(Server(address), options, ddl_wait, watcher_);
  }

  /// The rows' text that a snapshot has of a table, segment by segment.
  static std::string rows_of(MysqlSnapshot& snapshot, const std::string& table) {
    std::string all;
    for (const Segment& segment : snapshot.segments()) {
      const Table& described =
          *std::ranges::find_if(snapshot.tables(), [&](const Table& candidate) {
            return candidate.database == segment.database && candidate.number == segment.table;
          });
      if (described.name.name != table) continue;
      TextSink text;
      snapshot.dump(segment, text);
      all += text.text();
    }
    return all;
  }

  static std::string document_of(MysqlSnapshot& snapshot, DocumentKind kind, int database = 0) {
    TextSink text;
    snapshot.dump(Document{kind, database}, text);
    return text.text();
  }

  RecordingWatcher watcher_;
};

}  // namespace vya::mysql
