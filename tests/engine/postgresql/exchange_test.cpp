// Databases that take the places of others, on real servers.
#include <gtest/gtest.h>

#include "engine/postgresql/target.h"
#include "tests/engine/postgresql/memory_backup.h"
#include "tests/world/error_of.h"
#include "tests/world/postgres.h"

namespace vya::pg {
namespace {

using world::PostgresServer;

TEST(Exchange, KeepsTheNewDatabaseWhereALateSessionMayNotBeEnded) {
  const PostgresServer source;
  source.query("postgres", "CREATE DATABASE shop");
  source.query("shop", "CREATE TABLE orders AS SELECT 1 AS id");
  const MemoryBackup backup = back_up(source);
  const PostgresServer postgres({.superuser = "provider"});
  postgres.query("postgres", "CREATE ROLE master LOGIN CREATEROLE CREATEDB PASSWORD 'fake-master'");
  postgres.query("postgres", "CREATE DATABASE shop OWNER master");
  const Server server(postgres.address("master", "fake-master"), "postgres");
  Notices notices;
  const auto target = prepare_target(
      server, backup,
      {.jobs = 1, .existing = Existing::kReplace, .open_sessions = OpenSessions::kTerminate},
      notices);
  restore(*target, backup);
  const Connection late(postgres.address(), "shop", {});

  const Error error = error_of([&] {
    for (const Phase& phase : target->after_check()) phase.run();
  });

  EXPECT_EQ(error.fault(), Fault::kRefused);
  EXPECT_NE(error.message().find("one of them may not be ended: "), std::string::npos)
      << error.message();
  EXPECT_NE(error.hint().find("ALTER DATABASE \"shop\" RENAME TO \"shop_before_"),
            std::string::npos)
      << error.hint();
  EXPECT_EQ(
      postgres.value("postgres",
                     "SELECT count(*) FROM pg_database WHERE starts_with(datname, 'shop_new')"),
      "1");
}

}  // namespace
}  // namespace vya::pg
