// A MySQL or MariaDB server comes back: compared with its source by other means than ours.
#include <signal.h>

#include "tests/story/expectations.h"
#include "tests/story/mysql_comparison.h"
#include "tests/story/vya.h"
#include "tests/world/mysql_test_versions.h"
#include "tests/world/mysql_zoo.h"

namespace vya::story {
namespace {

using world::MysqlProduct;
using world::MysqlServer;
using world::MysqlVersion;
using Lines = std::vector<std::string>;

class MysqlRestore : public world::OnMysql {
 protected:
  void add(const std::string& instance, const MysqlServer& server,
           const std::string& user = "root") {
    vya_.add(instance, "{engine: mysql, socket: " + server.socket() + ", user: " + user + "}");
  }

  /// Makes the repository and a backup of the server, under the name `source`.
  void back_up(const MysqlServer& server) {
    add("source", server);
    ASSERT_TRUE(ended_with(vya_.run({"init"}), 0));
    ASSERT_TRUE(ended_with(vya_.run({"backup", "source"}), 0));
  }

  world::Ended restore(const Lines& more = {}) {
    Lines line = {"restore", "source", "--to", "target"};
    line.insert(line.end(), more.begin(), more.end());
    return vya_.run(line);
  }

  Vya vya_;
};
VYA_ON_EVERY_MYSQL(MysqlRestore);

TEST_P(MysqlRestore, BringsTheZooBackToTheLastFact) {
  const auto source = make_server();
  const auto target = make_server();
  make_mysql_zoo(*source);
  back_up(*source);
  add("target", *target);

  const world::Ended restored = restore({"--check", "--jobs", "3"});

  // An account that two objects belong to is nowhere, and nothing else is missing.
  ASSERT_TRUE(ended_with(restored, 11));
  EXPECT_NE(restored.output.find("gap definer:gone@nowhere: 2 objects"), std::string::npos);
  EXPECT_EQ(restored.output.find("gap"), restored.output.rfind("gap")) << restored.output;
  EXPECT_EQ(differences(*source, *target), Lines{});
}

TEST_P(MysqlRestore, InsertsRowsWhereTheServerForbidsToLoadThem) {
  const auto source = make_server();
  // Without SUPER a server with a binary log makes functions only where it trusts their authors.
  const auto target = make_server({"--local-infile=0", "--log-bin-trust-function-creators=1"});
  make_mysql_zoo(*source);
  back_up(*source);
  target->query(
      on_mariadb()
          ? "CREATE USER app; GRANT ALL ON *.* TO app; REVOKE SUPER, BINLOG ADMIN, CONNECTION "
            "ADMIN, "
            "READ_ONLY ADMIN ON *.* FROM app"
          : "CREATE USER app; GRANT ALL ON *.* TO app; REVOKE SUPER, SYSTEM_VARIABLES_ADMIN ON *.* "
            "FROM app");
  add("target", *target, "app");

  const world::Ended restored = restore({"--check"});

  ASSERT_TRUE(ended_with(restored, 11));
  EXPECT_EQ(target->value("SELECT @@GLOBAL.local_infile"), "0");
  if (!on_mariadb()) {  // MariaDB 10.11 lets it be set with fewer rights
    EXPECT_NE(restored.errors.find("rows are inserted"), std::string::npos) << restored.errors;
  }
  EXPECT_EQ(differences(*source, *target), Lines{});
}

TEST_P(MysqlRestore, TurnsLoadingOnForAsLongAsItTakes) {
  const auto source = make_server();
  const auto target = make_server({"--local-infile=0"});
  source->query("CREATE DATABASE shop; CREATE TABLE shop.t (k INT); INSERT INTO shop.t VALUES (1)");
  back_up(*source);
  add("target", *target);

  const world::Ended restored = restore();

  ASSERT_TRUE(ended_with(restored, 0));
  EXPECT_NE(restored.errors.find("turned on for the time of the restore"), std::string::npos);
  EXPECT_EQ(target->value("SELECT @@GLOBAL.local_infile"), "0");
  EXPECT_EQ(target->value("SELECT k FROM shop.t"), "1");
}

TEST_P(MysqlRestore, GivesADatabaseAnotherNameAndNeverRewritesATextThatNamesIt) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE shop; USE shop; CREATE TABLE orders (id INT PRIMARY KEY, up INT, FOREIGN "
      "KEY "
      "(up) REFERENCES shop.orders (id)); INSERT INTO orders VALUES (1, 1); CREATE VIEW v AS "
      "SELECT "
      "* FROM shop.orders; CREATE PROCEDURE fine() SELECT * FROM orders; CREATE PROCEDURE "
      "names_it() "
      "DELETE FROM shop.orders; CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW SET NEW.up = "
      "1");
  back_up(*server);
  add("target", *server);

  const world::Ended restored = restore({"--database", "shop=copy", "--check"});

  ASSERT_TRUE(ended_with(restored, 11));
  EXPECT_NE(restored.output.find("gap reference:procedure `copy`.`names_it`"), std::string::npos)
      << restored.output;
  Lines different = differences(*server, *server, "shop", "copy");
  std::erase_if(different,
                [](const std::string& line) { return line.find("names_it") != std::string::npos; });
  EXPECT_EQ(different, Lines{});
  EXPECT_EQ(server->value("SELECT COUNT(*) FROM shop.orders"), "1");
}

TEST_P(MysqlRestore, RefusesWhatItWouldDamage) {
  const auto server = make_server();
  server->query("CREATE DATABASE shop; CREATE TABLE shop.t (k INT PRIMARY KEY)");
  back_up(*server);
  add("target", *server);

  const auto refused = [&](const Lines& more, const std::string& words) {
    return ended_with(restore(more), 12, {words, "Nothing was changed"});
  };
  EXPECT_TRUE(refused({}, "database `shop` exists"));
  EXPECT_TRUE(refused({"--existing", "replace"}, "cannot rename a database"));
  const world::Ended plan = restore({"--dry-run"});
  EXPECT_EQ(plan.status, 12);
  EXPECT_NE(plan.output.find("database `shop` exists"), std::string::npos) << plan.output;
}

TEST_P(MysqlRestore, FillsADatabaseThatIsThereAndEmpty) {
  const auto source = make_server();
  const auto target = make_server();
  source->query("CREATE DATABASE shop CHARACTER SET gbk; CREATE TABLE shop.t (k INT)");
  target->query("CREATE DATABASE shop CHARACTER SET utf8mb4");
  back_up(*source);
  add("target", *target);

  ASSERT_TRUE(ended_with(restore(), 0));

  EXPECT_EQ(differences(*source, *target), Lines{});
}

TEST_P(MysqlRestore, BringsDefinitionsAloneAndThenRowsAlone) {
  const auto source = make_server();
  const auto target = make_server();
  source->query(
      "CREATE DATABASE shop; USE shop; CREATE TABLE t (k INT PRIMARY KEY, v VARCHAR(9), KEY (v)); "
      "INSERT INTO t VALUES (1, 'a'); CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1");
  back_up(*source);
  add("target", *target);

  ASSERT_TRUE(ended_with(restore({"--only", "schema"}), 0));
  EXPECT_EQ(target->value("SELECT COUNT(*) FROM shop.t"), "0");
  ASSERT_TRUE(ended_with(restore({"--only", "data", "--check"}), 0));
  EXPECT_EQ(differences(*source, *target), Lines{});

  EXPECT_TRUE(ended_with(restore({"--only", "data"}), 12, {"table `shop`.`t` has rows"}));
  target->query(
      "DELETE FROM shop.t; CREATE TRIGGER shop.fires BEFORE INSERT ON shop.t FOR EACH ROW "
      "SET NEW.v = 'b'");
  EXPECT_TRUE(ended_with(restore({"--only", "data"}), 12, {"triggers that would fire", "fires"}));
  target->query("DROP TRIGGER shop.fires; ALTER TABLE shop.t ADD further INT");
  EXPECT_TRUE(ended_with(restore({"--only", "data"}), 12, {"has other columns"}));
}

TEST_P(MysqlRestore, EndsOnASignalAndSaysWhatIsThere) {
  const auto source = make_server();
  const auto target = make_server({"--local-infile=0"});
  source->query("CREATE DATABASE shop; CREATE TABLE shop.t (k INT PRIMARY KEY, filler LONGTEXT)");
  for (int i = 0; i < 40; ++i) {
    source->query("INSERT INTO shop.t VALUES (" + std::to_string(i) +
                  ", REPEAT(SHA2(RAND(), 512), 10000))");
  }
  back_up(*source);
  add("target", *target);
  world::Program program(vya_.command({"restore", "source", "--to", "target"}));
  // The table's rows are locked out while they are loaded, so the load is seen from outside.
  ASSERT_TRUE(soon([&] {
    return !target
                ->query("SELECT 1 FROM information_schema.PROCESSLIST WHERE INFO LIKE 'LOAD DATA%'")
                .empty();
  }));

  program.signal(SIGTERM);
  const world::Ended ended = program.wait();

  EXPECT_TRUE(ended_with(ended, 143, {"DROP DATABASE `shop`;"}));
  EXPECT_EQ(target->value("SELECT @@GLOBAL.local_infile"), "0");
  EXPECT_TRUE(soon([&] { return target->value("SELECT COUNT(*) FROM shop.t") == "0"; }));
  target->query("DROP DATABASE shop");
  EXPECT_TRUE(ended_with(restore({"--check"}), 0));
}

TEST_P(MysqlRestore, LeavesACheckThatRowsDoNotHoldUnenforced) {
  if (on_mariadb()) GTEST_SKIP() << "MariaDB takes such rows; the zoo has some";
  const auto source = make_server();
  const auto target = make_server();
  source->query(
      "CREATE DATABASE shop; USE shop; SET div_precision_increment = 6; CREATE TABLE t (k INT "
      "PRIMARY "
      "KEY, a INT, CONSTRAINT third CHECK (a / 3 = 0.333333)); INSERT INTO t VALUES (1, 1), (2, "
      "1)");
  back_up(*source);
  add("target", *target);

  const world::Ended restored = restore({"--check"});

  EXPECT_TRUE(ended_with(restored, 11));
  EXPECT_NE(restored.output.find("gap check:`shop`.`t`.`third`: "), std::string::npos)
      << restored.output;
  EXPECT_EQ(target->value("SELECT COUNT(*) FROM shop.t"), "2");
  EXPECT_EQ(target->value("SELECT ENFORCED FROM information_schema.TABLE_CONSTRAINTS WHERE "
                          "CONSTRAINT_NAME = 'third'"),
            "NO");
}

TEST_P(MysqlRestore, LeavesEventsToRunOnlyWhenAllIsThere) {
  const auto source = make_server();
  const auto target = make_server({"--event-scheduler=ON"});
  source->query(
      "CREATE DATABASE shop; USE shop; CREATE TABLE t (k INT PRIMARY KEY AUTO_INCREMENT); CREATE "
      "EVENT e ON SCHEDULE EVERY 1 SECOND DO INSERT INTO shop.t VALUES (NULL); CREATE EVENT `off` "
      "ON "
      "SCHEDULE EVERY 1 SECOND DISABLE DO INSERT INTO shop.t VALUES (NULL)");
  back_up(*source);
  add("target", *target);

  ASSERT_TRUE(ended_with(restore({"--check"}), 0));

  EXPECT_EQ(
      target->value("SELECT GROUP_CONCAT(CONCAT(EVENT_NAME, STATUS, DEFINER) ORDER BY 1) FROM "
                    "information_schema.EVENTS"),
      "eENABLEDroot@localhost,offDISABLEDroot@localhost");
  EXPECT_TRUE(soon([&] { return target->value("SELECT COUNT(*) FROM shop.t") != "0"; }));
}

struct Way {
  MysqlVersion from;
  MysqlVersion to;
  int status;
  const char* words;
};

std::ostream& operator<<(std::ostream& to, const Way& way) {
  return to << way.from << " to " << way.to;
}

constexpr MysqlVersion kMariadb10{MysqlProduct::kMariadb, 10};
constexpr MysqlVersion kMariadb11{MysqlProduct::kMariadb, 11};
constexpr MysqlVersion kMysql9{MysqlProduct::kMysql, 9};

/// MariaDB 11.5 moved the end of time, and 11 shows INVISIBLE behind the default. CHECKSUM TABLE of
/// the same stored generated columns is another number on 10.11.19 and on 11.8.9; their values are
/// compared besides.
bool is_of_the_version(const std::string& line) {
  return line.find("INVISIBLE") != std::string::npos ||
         line.find("versioned") != std::string::npos ||
         line.substr(2).starts_with("checksum | zoo.computed | ") ||
         line.substr(2).starts_with("checksum | zoo.all_computed | ");
}

class MysqlWays : public testing::TestWithParam<Way> {};

TEST_P(MysqlWays, AreAllowedUpwardsWithinAProduct) {
  for (const MysqlVersion& version : {GetParam().from, GetParam().to}) {
    if (!world::find_mysql(version))
      GTEST_SKIP() << "not tested: " << to_text(version) << " is not installed";
  }
  const MysqlServer source({.version = GetParam().from});
  const MysqlServer target({.version = GetParam().to});
  make_mysql_zoo(source);
  Vya vya;
  vya.add("source", "{engine: mysql, socket: " + source.socket() + ", user: root}");
  vya.add("target", "{engine: mysql, socket: " + target.socket() + ", user: root}");
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  ASSERT_TRUE(ended_with(vya.run({"backup", "source"}), 0));

  const world::Ended restored = vya.run({"restore", "source", "--to", "target", "--check"});

  EXPECT_TRUE(ended_with(restored, GetParam().status, {GetParam().words}));
  if (GetParam().status == 12) return;
  Lines different = differences(source, target);
  std::erase_if(different, is_of_the_version);
  EXPECT_EQ(different, Lines{});
}

INSTANTIATE_TEST_SUITE_P(All, MysqlWays,
                         testing::Values(Way{kMariadb10, kMariadb11, 11, ""},
                                         Way{kMariadb11, kMariadb10, 12, "lower than the backup's"},
                                         Way{kMariadb10, kMysql9, 12, "are not proven to mean"},
                                         Way{kMysql9, kMariadb11, 12, "are not proven to mean"}),
                         [](const auto& way) {
                           return "From" + to_text(way.param.from) + "To" + to_text(way.param.to);
                         });

}  // namespace
}  // namespace vya::story
