// What the user may not do is a gap, wherever its privileges come from.
#include "engine/mysql/privileges.h"

#include <gtest/gtest.h>

#include "engine/mysql/server.h"
#include "tests/engine/mysql/address_of.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::mysql {
namespace {

constexpr const char* kAll =
    "GRANT SELECT, RELOAD, SHOW VIEW, TRIGGER, EVENT, REPLICATION CLIENT ON *.* TO ";

class MysqlPrivileges : public world::OnMysql {
 protected:
  static std::vector<std::string> gaps_of_app(const world::MysqlServer& server) {
    const Server looked(address_of(server, "app", "right"));
    const auto session = looked.connect([] {});
    std::vector<std::string> lines;
    for (const Gap& gap : missing_privileges(*session, looked.flavor()).gaps)
      lines.push_back(gap.id() + " " + gap.cure);
    return lines;
  }
};
VYA_ON_EVERY_MYSQL(MysqlPrivileges);

TEST_P(MysqlPrivileges, OfARoleCountAsTheUsersOwn) {
  const auto server = make_server();
  server->query(std::string("CREATE ROLE reader; CREATE USER app IDENTIFIED BY 'right'; ") + kAll +
                "reader; GRANT reader TO app");
  if (on_mariadb()) {
    server->query("SET DEFAULT ROLE reader FOR app");
  } else {
    server->query("GRANT BACKUP_ADMIN ON *.* TO reader");
  }

  EXPECT_EQ(gaps_of_app(*server), std::vector<std::string>{});
}

TEST_P(MysqlPrivileges, OnOneDatabaseAreNotEnough) {
  const auto server = make_server();
  server->query(
      "CREATE DATABASE shop; CREATE DATABASE crm; CREATE USER app IDENTIFIED BY 'right'; "
      "GRANT ALL ON shop.* TO app");

  const auto gaps = gaps_of_app(*server);

  ASSERT_FALSE(gaps.empty());
  EXPECT_EQ(gaps[0], "privilege:SELECT GRANT SELECT ON *.* TO `app`@`%`;");
}

TEST_P(MysqlPrivileges, RevokedInPartAreGaps) {
  if (on_mariadb()) GTEST_SKIP() << "MariaDB revokes nothing in part";
  const auto server = make_server();
  server->query(
      std::string("SET GLOBAL partial_revokes = ON; CREATE USER app IDENTIFIED BY 'right'; ") +
      kAll + "app; GRANT BACKUP_ADMIN ON *.* TO app; REVOKE SELECT ON crm.* FROM app");

  EXPECT_EQ(gaps_of_app(*server),
            (std::vector<std::string>{
                "privilege:SELECT ON `crm`.* GRANT SELECT ON `crm`.* TO `app`@`%`;"}));
}

}  // namespace
}  // namespace vya::mysql
