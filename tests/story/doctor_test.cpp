// A role without superuser: what doctor says beforehand, the backup that names what is missing, and
// the complete one once an administrator has run what doctor said.
#include <fstream>
#include <set>
#include <sstream>

#include "tests/story/expectations.h"
#include "tests/story/vya.h"
#include "tests/world/regex.h"

namespace vya::story {
namespace {

namespace fs = std::filesystem;

class Doctor : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    if (!world::newest_postgres_bin(GetParam()))
      GTEST_SKIP() << "not tested: PostgreSQL " << GetParam() << " is not installed";
    server_ = std::make_unique<world::PostgresServer>(world::PostgresOptions{.major = GetParam()});
    server_->query("postgres", "CREATE ROLE \"Back up\" LOGIN PASSWORD 'let me in'");
    server_->query("postgres", "CREATE ROLE app LOGIN PASSWORD 'app'");
    server_->query("postgres", "CREATE DATABASE shop");
    std::ofstream(vya_.folder() / "password") << "let me in";
    fs::permissions(vya_.folder() / "password", fs::perms::owner_read);
    vya_.add("shop", "{engine: postgresql, host: " + server_->host() + ", port: " +
                         server_->port() + ", user: Back up, password: 'file:password', " +
                         "pg_dump: " + (server_->bin() / "pg_dump").string() + "}");
    ASSERT_TRUE(ended_with(vya_.run({"init"}), 0));
  }

  /// What only somebody with rights can read.
  void make_obstacles() const {
    server_->query("postgres", "CREATE DATABASE closed");
    server_->query("postgres", "REVOKE CONNECT ON DATABASE closed FROM PUBLIC");
    server_->query("closed", "CREATE TABLE inside AS SELECT 1 AS i");
    server_->query("shop",
                   "CREATE TABLE \"Plain\" AS SELECT 1 AS i; CREATE VIEW seen AS SELECT * FROM "
                   "\"Plain\"; CREATE MATERIALIZED VIEW kept AS SELECT 1 AS i;"
                   "CREATE TABLE filtered AS SELECT generate_series(1, 3) AS i;"
                   "ALTER TABLE filtered ENABLE ROW LEVEL SECURITY;"
                   "CREATE POLICY one ON filtered USING (i = 1);"
                   "CREATE TABLE parts (i int) PARTITION BY LIST (i);"
                   "CREATE TABLE part PARTITION OF parts FOR VALUES IN (1);"
                   "INSERT INTO parts VALUES (1);"
                   "CREATE SCHEMA hidden; CREATE TABLE hidden.t AS SELECT 1 AS i;"
                   "CREATE SEQUENCE tickets; SELECT nextval('tickets');"
                   "SELECT lo_from_bytea(4711, 'a long value');"
                   "GRANT SELECT ON \"Plain\" TO app");
  }

  /// Runs what the gaps' and findings' cures say, each in its database.
  std::size_t cure(const std::string& said) const {
    const std::regex form("In database '([^']+)', as an administrator: (.*)");
    std::istringstream lines(said);
    std::set<std::pair<std::string, std::string>> cures;
    for (std::string line; std::getline(lines, line);) {
      std::smatch found;
      if (std::regex_search(line, found, form)) cures.emplace(found[1], found[2]);
    }
    for (const auto& [database, sql] : cures) server_->query(database, sql);
    return cures.size();
  }

  std::unique_ptr<world::PostgresServer> server_;
  Vya vya_;
};

INSTANTIATE_TEST_SUITE_P(Versions, Doctor, testing::Values(15, 17, 18),
                         [](const auto& version) { return std::to_string(version.param); });

TEST_P(Doctor, NamesEachThingThatARoleWithoutRightsCannotRead) {
  make_obstacles();

  const world::Ended ended = vya_.run({"backup", "shop"});

  ASSERT_TRUE(ended_with(ended, 11));
  for (const char* gap :
       {"passwords:roles", "server-settings:server", "access-rules:pg_hba_file_rules",
        "unreadable-database:closed", "unreadable-table:shop.public.Plain",
        "unreadable-table:shop.public.kept", "unreadable-table:shop.public.filtered",
        "unreadable-table:shop.public.parts", "unreadable-table:shop.public.part",
        "unreadable-table:shop.hidden.t", "unreadable-sequence:shop.public.tickets",
        "large-objects:shop"}) {
    EXPECT_NE(ended.output.find(std::string("gap ") + gap + ": "), std::string::npos) << gap;
  }
}

TEST_P(Doctor, SaysWhatABackupSays) {
  make_obstacles();
  const std::regex gap("gap ([^ ]+):");
  const auto gaps_in = [&](const std::string& text) {
    std::set<std::string> gaps;
    for (auto at = std::sregex_iterator(text.begin(), text.end(), gap);
         at != std::sregex_iterator(); ++at)
      gaps.insert((*at)[1]);
    return gaps;
  };

  const world::Ended doctor = vya_.run({"doctor", "shop"});
  const world::Ended backup = vya_.run({"backup", "shop"});

  ASSERT_TRUE(ended_with(doctor, 11));
  EXPECT_FALSE(gaps_in(doctor.output).empty());
  std::set<std::string> of_doctor = gaps_in(doctor.output);
  EXPECT_EQ(of_doctor, gaps_in(backup.output));
}

TEST_P(Doctor, CuresLeadToACompleteBackupWithEveryRow) {
  make_obstacles();
  // What is inside of a database shows once it can be connected to.
  EXPECT_GT(cure(vya_.run({"doctor", "shop"}).output), 4U);
  cure(vya_.run({"doctor", "shop"}).output);

  EXPECT_TRUE(ended_with(vya_.run({"doctor", "shop"}), 0));
  const world::Ended backup = vya_.run({"backup", "shop"});
  ASSERT_TRUE(ended_with(backup, 0));
  EXPECT_NE(backup.output.find(": COMPLETE\n"), std::string::npos) << backup.output;

  const world::PostgresServer target({.major = GetParam()});
  vya_.add("target", target);
  ASSERT_TRUE(ended_with(vya_.run({"restore", "shop", "--to", "target", "--check"}), 0));
  EXPECT_EQ(target.value("shop", "SELECT count(*) FROM filtered"), "3");
  EXPECT_EQ(target.value("shop", "SELECT count(*) FROM seen"), "1");
  EXPECT_EQ(target.value("shop", "SELECT count(*) FROM parts"), "1");
  EXPECT_EQ(target.value("closed", "SELECT count(*) FROM inside"), "1");
  EXPECT_EQ(target.value("shop", "SELECT lo_get(4711) = 'a long value'"), "t");
  EXPECT_EQ(target.value("shop", "SELECT last_value FROM tickets"), "1");
  EXPECT_EQ(target.value("postgres", "SELECT rolpassword FROM pg_authid WHERE rolname = 'app'"),
            server_->value("postgres", "SELECT rolpassword FROM pg_authid WHERE rolname = 'app'"));
}

TEST_P(Doctor, RowSecurityLeavesATableOutAndNeverSomeOfItsRows) {
  server_->query("postgres",
                 "GRANT SELECT ON pg_authid TO \"Back up\"; GRANT pg_read_all_data, "
                 "pg_read_all_settings TO \"Back up\"");
  make_obstacles();

  const world::Ended backup = vya_.run({"backup", "shop", "--database", "shop"});

  ASSERT_TRUE(ended_with(backup, 11));
  EXPECT_NE(backup.output.find("gap row-security:shop.public.filtered: "), std::string::npos)
      << backup.output;
  EXPECT_TRUE(ended_with(vya_.run({"cat", "shop", "shop.public.filtered"}), 7));
}

TEST_P(Doctor, ABackupWithGapsCanBeRestored) {
  make_obstacles();
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 11));
  const world::PostgresServer target({.major = GetParam()});
  vya_.add("target", target);

  const world::Ended ended = vya_.run({"restore", "shop", "--to", "target", "--check"});

  EXPECT_TRUE(ended_with(ended, 11));
  EXPECT_NE(ended.output.find("gap password:app: "), std::string::npos) << ended.output;
}

TEST_P(Doctor, NamesWhatOnlyASuperuserCanRead) {
  server_->query("shop",
                 "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER far FOREIGN DATA WRAPPER w;"
                 "CREATE USER MAPPING FOR app SERVER far OPTIONS (password 'secret');"
                 "CREATE SUBSCRIPTION news CONNECTION 'dbname=postgres' PUBLICATION p WITH "
                 "(connect = false)");
  cure(vya_.run({"doctor", "shop"}).output);

  const world::Ended doctor = vya_.run({"doctor", "shop"});

  ASSERT_TRUE(ended_with(doctor, 11));
  EXPECT_NE(doctor.output.find("gap user-mapping:shop.far.app: "), std::string::npos)
      << doctor.output;
  EXPECT_NE(doctor.output.find("gap subscription:shop.news: "), std::string::npos) << doctor.output;
  EXPECT_NE(doctor.output.find("Only a superuser can read this"), std::string::npos);
  EXPECT_TRUE(ended_with(vya_.run({"backup", "shop"}), 11));
}

TEST_P(Doctor, FindsWhatWouldMakeABackupFail) {
  std::ofstream(vya_.folder() / "no-dump") << "";
  vya_.add("shop", *server_, "pg_dump: " + (vya_.folder() / "no-dump").string());
  EXPECT_TRUE(ended_with(vya_.run({"doctor", "shop"}), 8));

  vya_.add("shop", *server_, "pg_dump: " + (server_->bin() / "pg_dump").string());
  EXPECT_TRUE(ended_with(vya_.run({"doctor", "shop"}), 0));
  const world::Ended many = vya_.run({"doctor", "shop", "--jobs", "60"});
  EXPECT_TRUE(ended_with(many, 8));
  EXPECT_NE(many.output.find("Raise max_connections"), std::string::npos) << many.output;
}

}  // namespace
}  // namespace vya::story
