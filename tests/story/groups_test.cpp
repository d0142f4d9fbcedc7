// More databases than the server has connections: a backup in groups, each of a moment of its own.
#include <signal.h>

#include <algorithm>
#include <thread>

#include "tests/story/expectations.h"
#include "tests/story/slow_table.h"
#include "tests/story/vya.h"
#include "tests/story/writer.h"

namespace vya::story {
namespace {

constexpr int kDatabases = 40;

std::string name_of(int number) { return "d" + std::to_string(number + 10); }

/// Counts from outside how many sessions of `vya` there are at the most.
class Census {
 public:
  explicit Census(const world::PostgresServer& server)
      : thread_([this, &server](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            most_ = std::max(most_, sessions_of_vya(server));
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
          }
        }) {}

  int most() {
    thread_.request_stop();
    thread_.join();
    return most_;
  }

 private:
  int most_ = 0;
  std::jthread thread_;
};

/// With 20 connections, 3 of them reserved, there is room for about 8 databases at a time.
class Grouped : public testing::Test {
 protected:
  Grouped() {
    source_.query("template1",
                  "CREATE TABLE inbox AS SELECT generate_series(1, 100) AS i;"
                  "CREATE TABLE archive (i int)");
    for (int i = 0; i < kDatabases; ++i) source_.query("postgres", "CREATE DATABASE " + name_of(i));
    vya_.add("many", source_, "include: ['d*']");
    if (vya_.run({"init"}).status != 0) throw Error(Fault::kInternal, "cannot make the repository");
  }

  /// Runs a backup and something else as soon as its messages hold a text.
  world::Ended run_and_do(const std::string& text, const std::function<void()>& work) {
    world::Program program(vya_.command({"backup", "many", "--jobs", "2"}));
    EXPECT_TRUE(soon([&] { return program.errors().find(text) != std::string::npos; },
                     std::chrono::seconds(60)))
        << program.errors();
    work();
    return program.wait();
  }

  std::size_t leftovers() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        std::filesystem::directory_iterator(vya_.repository()), [](const auto& entry) {
          return entry.path().filename().string().starts_with(".incoming-");
        }));
  }

  world::PostgresServer source_{{.conf = {"max_connections = 20", "autovacuum = off"}}};
  Vya vya_;
};

/// Rows move from one table to the other all the time: each database is of one moment.
TEST_F(Grouped, EveryDatabaseIsOfOneMomentAndConnectionsAreLeftToOthers) {
  const auto moves = [](int) {
    return "SET lock_timeout = '50ms'; BEGIN; INSERT INTO archive SELECT i FROM inbox;"
           "TRUNCATE inbox; INSERT INTO inbox SELECT i FROM archive;"
           "TRUNCATE archive; COMMIT";
  };
  const Writer first(source_, name_of(3), moves);
  const Writer second(source_, name_of(20), moves);
  Census census(source_);

  const world::Ended ended = vya_.run({"backup", "many", "--jobs", "2"});

  const int most = census.most();
  ASSERT_TRUE(ended_with(
      ended, 0, {" of 40 databases at a time", "definitions of databases 1 to ", " 40 of 40"}));
  EXPECT_LE(most, 14);
  EXPECT_GT(most, 6) << "it was not counted";
  EXPECT_NE(ended.output.find(" moments, "), std::string::npos) << ended.output;
  const world::PostgresServer target;
  vya_.add("target", target);
  ASSERT_TRUE(ended_with(vya_.run({"restore", "many", "--to", "target", "--check"}), 0));
  for (int i = 0; i < kDatabases; ++i) {
    EXPECT_EQ(target.value(name_of(i),
                           "SELECT (SELECT count(*) FROM inbox) + (SELECT count(*) FROM archive)"),
              "100");
  }
  EXPECT_TRUE(ended_with(vya_.run({"verify", "many"}), 0));
  EXPECT_NE(vya_.run({"show", "many"}).output.find(" moments, exact"), std::string::npos);
}

TEST_F(Grouped, AGroupWhoseSnapshotIsLostIsTakenAgainAlone) {
  make_slow_table(source_, name_of(20), 200);
  const auto kill = [&] {
    ASSERT_TRUE(soon([&] { return session_that_copies(source_) != 0; }, std::chrono::seconds(120)));
    source_.query("postgres",
                  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name "
                  "LIKE 'vya-%' AND state = 'idle in transaction' AND datname = '" +
                      name_of(20) + "'");
  };

  const world::Ended ended = run_and_do("rows of databases 1", kill);

  ASSERT_TRUE(ended_with(ended, 0, {"starting over with databases "}));
  EXPECT_EQ(ended.errors.find("definitions of databases 1 to"),
            ended.errors.rfind("definitions of databases 1 to"))
      << "the first group was read again: " << ended.errors;
  EXPECT_TRUE(ended_with(vya_.run({"verify", "many"}), 0));
  const world::PostgresServer target;
  vya_.add("target", target);
  ASSERT_TRUE(ended_with(vya_.run({"restore", "many", "--to", "target", "--check"}), 0));
  EXPECT_EQ(target.value(name_of(20), "SELECT count(*) FROM slow"), "200");
}

TEST_F(Grouped, AnAccountThatGoesBetweenThemComesBackWithoutLogin) {
  source_.query("postgres", "CREATE ROLE leaving LOGIN");
  source_.query(name_of(0), "ALTER TABLE inbox OWNER TO leaving");
  const auto drop = [&] { source_.query("postgres", "ALTER ROLE leaving RENAME TO left_us"); };

  const world::Ended ended = run_and_do("snapshot after", drop);

  ASSERT_TRUE(ended_with(ended, 11));
  EXPECT_NE(ended.output.find("gap accounts:leaving: "), std::string::npos) << ended.output;
  const world::PostgresServer target;
  vya_.add("target", target);
  ASSERT_TRUE(ended_with(vya_.run({"restore", "many", "--to", "target"}), 0));
  EXPECT_EQ(target.value(name_of(0), "SELECT tableowner FROM pg_tables WHERE tablename = 'inbox'"),
            "leaving");
  EXPECT_EQ(target.value("postgres", "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'leaving'"),
            "f");
  EXPECT_EQ(target.value("postgres", "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'left_us'"),
            "t");
}

TEST_F(Grouped, EndedBetweenThemLeavesNothing) {
  for (const auto& [signal, status] : {std::pair(SIGTERM, 143), std::pair(SIGKILL, 137)}) {
    world::Program program(vya_.command({"backup", "many", "--jobs", "2"}));
    ASSERT_TRUE(soon([&] { return program.errors().find("snapshot after") != std::string::npos; },
                     std::chrono::seconds(60)));
    program.signal(signal);

    EXPECT_EQ(program.wait().status, status);
    EXPECT_EQ(vya_.backups().size(), 0U);
    EXPECT_TRUE(soon([&] { return sessions_of_vya(source_) == 0; }));
  }
  EXPECT_TRUE(ended_with(vya_.run({"backup", "many", "--jobs", "2", "--database", "d1*"}), 0));
  EXPECT_EQ(leftovers(), 0U);
}

TEST_F(Grouped, AreForetoldByDoctorAndByADryRun) {
  const world::Ended doctor = vya_.run({"doctor", "many", "--jobs", "2"});

  ASSERT_TRUE(ended_with(doctor, 0));
  EXPECT_NE(doctor.output.find("takes 40 databases in "), std::string::npos) << doctor.output;
  EXPECT_NE(doctor.output.find("For one moment raise max_connections to "), std::string::npos)
      << doctor.output;
  const world::Ended preview = vya_.run({"backup", "many", "--jobs", "2", "--dry-run"});
  ASSERT_TRUE(ended_with(preview, 0));
  EXPECT_NE(preview.output.find(name_of(kDatabases - 1)), std::string::npos) << preview.output;
}

}  // namespace
}  // namespace vya::story
