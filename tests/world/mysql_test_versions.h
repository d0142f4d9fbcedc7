// What a test has to do to run once against every kind of MySQL and MariaDB server that is there.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/world/mysql.h"

namespace vya::world {

/// Skips a test, loudly, where the version is not installed.
class OnMysql : public testing::TestWithParam<MysqlVersion> {
 protected:
  void SetUp() override {
    if (!find_mysql(GetParam()))
      GTEST_SKIP() << "not tested: " << to_text(GetParam()) << " is not installed";
  }

  /// A server with these further options.
  static std::unique_ptr<MysqlServer> make_server(std::vector<std::string> arguments = {},
                                                  Listen listen = Listen::kSocket) {
    return std::make_unique<MysqlServer>(
        MysqlOptions{.version = GetParam(), .arguments = std::move(arguments), .listen = listen});
  }

  static bool on_mariadb() { return GetParam().product == MysqlProduct::kMariadb; }
};

}  // namespace vya::world

/// Instantiates the suite for every version.
#define VYA_ON_EVERY_MYSQL(suite)                                                              \
  INSTANTIATE_TEST_SUITE_P(Versions, suite, testing::ValuesIn(::vya::world::mysql_versions()), \
                           [](const auto& version) { return to_text(version.param); })
