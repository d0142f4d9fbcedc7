// What goes wrong before there is anything to back up or restore: each cause has its exit status, a
// sentence that names the thing, and a hint that cures it.
#include <fstream>

#include "tests/story/expectations.h"
#include "tests/story/shop.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

std::string reached(const world::PostgresServer& server, const std::string& more) {
  return "{engine: postgresql, host: " + server.host() + ", port: " + server.port() + ", " + more +
         "}";
}

TEST(Faults, AWrongPasswordIsNamedAndGives4) {
  const world::PostgresServer server;
  make_shop(server);
  Vya vya;
  vya.add("shop", reached(server, "user: shop_app, password: env:SHOP_PASSWORD"));
  ASSERT_EQ(vya.run({"init"}).status, 0);

  vya.set_variable("SHOP_PASSWORD", "fake-wrong-password");
  const world::Ended wrong = vya.run({"backup", "shop"});

  EXPECT_TRUE(ended_with(wrong, 4,
                         {"password authentication failed for user \"shop_app\"", server.host(),
                          "hint: Check the instance's user and password"}));
  EXPECT_EQ(wrong.errors.find("fake-wrong-password"), std::string::npos);
  EXPECT_EQ(vya.backups().size(), 0U);
}

TEST(Faults, APasswordThatCannotBeFetchedGives4) {
  const world::PostgresServer server;
  Vya vya;
  vya.add("unset", reached(server, "user: postgres, password: env:VYA_TEST_NOT_SET"));
  vya.add("missing", reached(server, "user: postgres, password: file:no-such-file"));
  ASSERT_EQ(vya.run({"init"}).status, 0);

  EXPECT_TRUE(ended_with(vya.run({"backup", "unset"}), 4,
                         {"'VYA_TEST_NOT_SET' is not set", "hint: Set the variable"}));
  EXPECT_TRUE(ended_with(vya.run({"backup", "missing"}), 4,
                         {"no-such-file", "no such file", "hint: Check the path"}));
}

TEST(Faults, ALoginThatMayNotReadEverythingGives11) {
  const world::PostgresServer server;
  make_shop(server);
  Vya vya;
  vya.add("shop", reached(server, "user: shop_app, password: env:SHOP_PASSWORD"));
  vya.set_variable("SHOP_PASSWORD", kShopPassword);
  ASSERT_EQ(vya.run({"init"}).status, 0);

  const world::Ended ended = vya.run({"backup", "shop"});

  EXPECT_TRUE(ended_with(ended, 11));
  EXPECT_NE(ended.output.find("gap unreadable-table:shop.public.customers: "), std::string::npos)
      << ended.output;
}

TEST(Faults, AServerThatCannotBeReachedGives6) {
  const world::Folder no_socket;
  Vya vya;
  vya.add("no-port", "{engine: postgresql, host: 127.0.0.1, port: 1, user: postgres}");
  vya.add("no-socket",
          "{engine: postgresql, host: " + no_socket.path().string() + ", user: postgres}");
  vya.add("no-host", "{engine: postgresql, host: no-such-host.invalid, user: postgres}");
  ASSERT_EQ(vya.run({"init"}).status, 0);

  const std::string hint = "hint: Check that the server runs and the instance's host and port.";
  EXPECT_TRUE(
      ended_with(vya.run({"backup", "no-port"}), 6, {"'127.0.0.1' port 1", "refused", hint}));
  EXPECT_TRUE(
      ended_with(vya.run({"backup", "no-socket"}), 6, {no_socket.path(), "No such file", hint}));
  EXPECT_TRUE(ended_with(vya.run({"backup", "no-host"}), 6, {"no-such-host.invalid", hint}));
}

TEST(Faults, WhatIsNotInTheConfigurationOrRepositoryGives7) {
  const world::PostgresServer server;
  Vya vya;
  vya.add("shop", server);
  ASSERT_EQ(vya.run({"init"}).status, 0);

  EXPECT_TRUE(ended_with(vya.run({"backup", "shp"}), 7, {"'shp'", "'shop'"}));
  EXPECT_TRUE(ended_with(vya.run({"restore", "shop", "--to", "shop"}), 7,
                         {"no backup of 'shop'", "hint: "}));
  ASSERT_EQ(vya.run({"backup", "shop"}).status, 0);
  EXPECT_TRUE(ended_with(vya.run({"restore", "shop/20200101T000000Z-0000", "--to", "shop"}), 7,
                         {"shop/20200101T000000Z-0000", "hint: Epochs of 'shop': 20"}));
  EXPECT_TRUE(ended_with(vya.run({"show", "crm"}), 7,
                         {"no backup of 'crm'", "hint: It has backups of: shop."}));
}

TEST(Faults, ANamedDatabaseThatIsMissingGives7) {
  const world::PostgresServer server;
  Vya vya;
  vya.add("shop", server, "database: no_such_database");
  vya.add("none", server, "include: [shop]");
  ASSERT_EQ(vya.run({"init"}).status, 0);

  EXPECT_TRUE(ended_with(vya.run({"backup", "shop"}), 7,
                         {"no_such_database", "hint: Name an existing database"}));
  EXPECT_TRUE(ended_with(vya.run({"backup", "none"}), 7,
                         {"no database", "hint: The server has: postgres, template1"}));
}

TEST(Faults, APgDumpThatIsMissingGives7) {
  const world::PostgresServer server;
  Vya vya;
  vya.add("shop", server, "pg_dump: /nonexistent/pg_dump");
  ASSERT_EQ(vya.run({"init"}).status, 0);

  EXPECT_TRUE(ended_with(
      vya.run({"backup", "shop"}), 7,
      {"'/nonexistent/pg_dump'", "no such file", "hint: Correct the instance's key 'pg_dump'"}));
  EXPECT_EQ(vya.backups().size(), 0U);
}

TEST(Faults, APgDumpThatFailsIsNamedWithItsWords) {
  const world::PostgresServer server;
  Vya vya;
  const world::Folder programs;
  const auto program = programs.write(
      "pg_dump",
      "#!/bin/sh\n[ \"$1\" = --version ] && echo 'pg_dump (PostgreSQL) 15.1' && exit\n"
      "echo 'pg_dump: error: no luck today' >&2; exit 1\n");
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  vya.add("shop", server, "pg_dump: " + program.string());
  ASSERT_EQ(vya.run({"init"}).status, 0);

  const world::Ended ended = vya.run({"backup", "shop"});

  EXPECT_NE(ended.status, 0);
  EXPECT_TRUE(ended_with(ended, ended.status,
                         {program.string(), "no luck today", "cannot read the definitions"}));
  EXPECT_EQ(vya.backups().size(), 0U);
  EXPECT_EQ(sessions_of_vya(server), 0);
}

TEST(Faults, WithoutARepositoryInitIsTheHint) {
  const world::PostgresServer server;
  Vya vya;
  vya.add("shop", server);

  EXPECT_TRUE(ended_with(vya.run({"backup", "shop"}), 7, {vya.repository(), "hint: ", "vya init"}));
  EXPECT_TRUE(ended_with(vya.run({"list"}), 7, {vya.repository(), "hint: ", "vya init"}));
  EXPECT_FALSE(std::filesystem::exists(vya.repository()));
}

TEST(Faults, AWrongConfigurationGives3WithAllProblems) {
  Vya vya;
  vya.add("shop", "{engine: postgresql, hots: localhost, port: 99999, password: secret}");

  const world::Ended ended = vya.run({"backup", "shop"});

  EXPECT_TRUE(ended_with(ended, 3,
                         {"vya.yaml:3", "instances.shop", "unknown key 'hots'",
                          "did you mean 'host'?", "'99999' is no port", "env:NAME"}));
  EXPECT_EQ(ended.errors.find("secret"), std::string::npos);
}

TEST(Faults, OfSeveralInstancesTheGoodOnesAreBackedUp) {
  const world::PostgresServer server;
  Vya vya;
  vya.add("gone", "{engine: postgresql, host: 127.0.0.1, port: 1, user: postgres}");
  vya.add("shop", server);
  ASSERT_EQ(vya.run({"init"}).status, 0);

  const world::Ended ended = vya.run({"backup", "--all"});

  EXPECT_TRUE(ended_with(ended, 1, {"gone: cannot connect"}));
  ASSERT_EQ(vya.backups().size(), 1U);
  EXPECT_TRUE(vya.backups()[0].starts_with("shop/"));
}

}  // namespace
}  // namespace vya::story
