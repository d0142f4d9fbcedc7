#include "engine/mysql/flavor.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/mysql/server.h"
#include "tests/engine/mysql/address_of.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::mysql {
namespace {

TEST(Flavor, IsReadFromWhatServersSayOfThemselves) {
  struct Case {
    const char* said;
    Vendor vendor;
    int major;
    int minor;
  };
  for (const Case& one :
       {Case{"8.0.36", Vendor::kMysql, 8, 0}, Case{"9.7.4-2", Vendor::kMysql, 9, 7},
        Case{"26.7.0", Vendor::kMysql, 26, 7},
        Case{"5.5.5-10.5.23-MariaDB-log", Vendor::kMariadb, 10, 5},
        Case{"11.8.6-MariaDB-0+deb13u1 from Debian", Vendor::kMariadb, 11, 8},
        Case{"", Vendor::kMysql, 0, 0}}) {
    const Flavor flavor = parse_version(one.said);
    EXPECT_EQ(flavor.vendor, one.vendor) << one.said;
    EXPECT_EQ(flavor.major, one.major) << one.said;
    EXPECT_EQ(flavor.minor, one.minor) << one.said;
  }
}

TEST(Flavor, OnlySettingsThatTheServerHasAreSet) {
  Flavor flavor;
  flavor.variables = {{"sql_mode", "ANSI_QUOTES"}, {"max_statement_time", "5"}};

  EXPECT_EQ(dump_settings(flavor),
            (std::vector<std::string>{"SET SESSION sql_mode = ''",
                                      "SET SESSION max_statement_time = 0"}));
}

class MysqlFlavor : public world::OnMysql {};
VYA_ON_EVERY_MYSQL(MysqlFlavor);

TEST_P(MysqlFlavor, IsThatOfARealServerWhichTakesAllSettings) {
  const auto server = make_server({"--sql-mode=ANSI_QUOTES", "--default-time-zone=+05:00"});

  const Server looked(address_of(*server));
  const auto session = looked.connect([] {});

  EXPECT_EQ(looked.flavor().mariadb(), on_mariadb());
  EXPECT_EQ(looked.facts().major, GetParam().major);
  EXPECT_EQ(looked.facts().product, on_mariadb() ? "MariaDB" : "MySQL");
  EXPECT_FALSE(looked.facts().system_id.empty());
  EXPECT_FALSE(looked.facts().standby);
  EXPECT_EQ(looked.flavor().service, std::nullopt);
  EXPECT_EQ(session->value("SELECT @@sql_mode"), "");
  EXPECT_EQ(session->value("SELECT @@time_zone"), "+00:00");
}

}  // namespace
}  // namespace vya::mysql
