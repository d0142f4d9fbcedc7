// What a look at a server says beforehand of the backups that it would give.
#include "engine/mysql/examine.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/mysql/connection.h"
#include "tests/engine/mysql/address_of.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::mysql {
namespace {

class MysqlExamination : public world::OnMysql {
 protected:
  static Examination look(const Address& address, unsigned jobs = 2) {
    return examine(Server(address), {.jobs = jobs});
  }

  /// The remark about that; an empty one where there is none.
  static Remark about(const Examination& found, const std::string& where) {
    const auto remark = std::ranges::find(found.remarks, where, &Remark::where);
    return remark == found.remarks.end() ? Remark{} : *remark;
  }

  static void make_database(const world::MysqlServer& server) {
    server.query("CREATE DATABASE d; CREATE TABLE d.t (k INT PRIMARY KEY)");
  }
};
VYA_ON_EVERY_MYSQL(MysqlExamination);

TEST_P(MysqlExamination, OfAServerThatIsAsItShouldBeFindsNothing) {
  const auto server = make_server({"--log-bin=log", "--server-id=1", "--local-infile=ON"});
  make_database(*server);

  const Examination found = look(address_of(*server));

  EXPECT_TRUE(found.gaps.empty());
  EXPECT_EQ(found.remarks, std::vector<Remark>{});
  EXPECT_LT(std::chrono::abs(now() - found.clock), std::chrono::minutes(1));
}

TEST_P(MysqlExamination, CountsTheConnectionsThatABackupNeeds) {
  const auto server = make_server({"--max-connections=20"});
  make_database(*server);
  server->query("CREATE USER app IDENTIFIED BY 'right' WITH MAX_USER_CONNECTIONS 5");
  server->query("GRANT SELECT ON *.* TO app");

  EXPECT_EQ(about(look(address_of(*server), 6), "a backup"), Remark{});
  const Remark all = about(look(address_of(*server), 20), "a backup");
  EXPECT_EQ(all.weight, Remark::Weight::kFault);
  EXPECT_NE(all.what.find("needs 24 connections, and "), std::string::npos) << all.what;
  const Address app = address_of(*server, "app", "right");
  EXPECT_EQ(about(look(app, 1), "a backup"), Remark{});
  EXPECT_EQ(about(look(app, 4), "a backup").what, "needs 8 connections, and the user may have 5");
}

TEST_P(MysqlExamination, TellsWhatARestoreWouldMeetOrMake) {
  const auto server = make_server({"--local-infile=OFF", "--event-scheduler=OFF"});
  server->query("CREATE DATABASE d; CREATE EVENT d.e ON SCHEDULE EVERY 1 DAY DO SELECT 1");

  const Examination found = look(address_of(*server));

  EXPECT_NE(about(found, "event_scheduler").what.find("is OFF, and 1 events are enabled"),
            std::string::npos);
  EXPECT_NE(about(found, "local_infile").what.find("is off"), std::string::npos);
}

TEST_P(MysqlExamination, WithoutProcessSaysWhatABackupDoesNotSee) {
  const auto server = make_server();
  make_database(*server);
  server->query("CREATE USER app IDENTIFIED BY 'right'; GRANT SELECT ON *.* TO app");

  const Remark remark = about(look(address_of(*server, "app", "right")), "PROCESS");

  // MySQL shows it in its performance_schema.
  EXPECT_EQ(remark.cure,
            on_mariadb() ? "As an administrator: GRANT PROCESS ON *.* TO `app`@`%`;" : "");
}

TEST_P(MysqlExamination, SaysWhereDefinitionsAreNotLocked) {
  const auto server = make_server();
  server->query("CREATE DATABASE d; CREATE TABLE d.m (k INT) ENGINE = MyISAM");

  const Examination found = look(address_of(*server));

  EXPECT_NE(about(found, "1 tables").what.find("(m is 'MyISAM')"), std::string::npos);
  EXPECT_EQ(about(found, "definitions").what.empty(), !on_mariadb());
}

}  // namespace
}  // namespace vya::mysql
