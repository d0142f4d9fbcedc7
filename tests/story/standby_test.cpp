// A standby whose replay is paused for the snapshots goes on, whatever becomes of the backup.
#include <signal.h>

#include "base/file.h"
#include "tests/story/expectations.h"
#include "tests/story/slow_table.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

class Standby : public testing::Test {
 protected:
  Standby() {
    make_slow_table(primary_, "postgres", 200);
    for (const char* name : {"a", "b"})
      primary_.query("postgres", std::string("CREATE DATABASE ") + name);
    vya_.add("standby", standby_, "pause_replay: true");
    if (vya_.run({"init"}).status != 0) throw Error(Fault::kInternal, "cannot make the repository");
  }

  bool is_paused() const {
    return standby_.value("postgres", "SELECT pg_is_wal_replay_paused()") == "t";
  }

  bool replays() const {
    const std::string end = primary_.value("postgres", "SELECT pg_current_wal_lsn()");
    return soon([&] {
      return standby_.value("postgres", "SELECT pg_last_wal_replay_lsn() >= '" + end + "'") == "t";
    });
  }

  world::PostgresServer primary_;
  world::PostgresServer standby_{{.standby_of = &primary_}};
  Vya vya_;
};

TEST_F(Standby, ABackupNamesOnePositionAndCanBeVerified) {
  ASSERT_TRUE(replays());

  ASSERT_TRUE(ended_with(vya_.run({"backup", "standby"}), 0));

  const std::string manifest = read_file(vya_.files("manifest.json").at(0)).value();
  const auto position = [&](const std::string& key) {
    const std::size_t at = manifest.find("\"" + key + "\"");
    return manifest.substr(manifest.find('/', at), 10);
  };
  EXPECT_EQ(position("first_position"), position("last_position"));
  EXPECT_NE(manifest.find("true", manifest.find("\"standby\"")), std::string::npos) << manifest;
  EXPECT_TRUE(ended_with(vya_.run({"verify", "standby"}), 0));
  EXPECT_TRUE(replays());
}

/// At moments all over the snapshot phase, the pause among them.
TEST_F(Standby, ReplaysOnAfterABackupThatIsTerminatedOrKilled) {
  ASSERT_TRUE(replays());
  for (const int signal : {SIGTERM, SIGKILL}) {
    for (int moment = 0; moment < 10; ++moment) {
      world::Program program(vya_.command({"backup", "standby"}));
      program.ended_within(std::chrono::milliseconds(100 + 60 * moment));
      program.signal(signal);
      program.wait();
      primary_.query("postgres", "INSERT INTO slow VALUES (0, 'new')");
      EXPECT_TRUE(soon([&] { return !is_paused(); }, std::chrono::seconds(40)));
      EXPECT_TRUE(replays());
    }
  }
}

}  // namespace
}  // namespace vya::story
