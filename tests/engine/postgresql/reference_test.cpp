#include "engine/postgresql/reference.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "engine/postgresql/server_settings.h"
#include "stream/lines.h"
#include "tests/world/postgres.h"

namespace vya::pg {
namespace {

std::vector<std::string> lines_of(std::string_view backup, std::string_view target) {
  TextSource backup_source(backup);
  TextSource target_source(target);
  return reference_lines(backup_source, target_source);
}

TEST(ReferenceLines, ShowWhatTheTargetDoesNotHaveToo) {
  EXPECT_EQ(
      lines_of("{\"kind\":\"setting\",\"name\":\"work_mem\",\"value\":\"65536\",\"unit\":\"kB\"}\n"
               "{\"kind\":\"setting\",\"name\":\"fsync\",\"value\":\"off\"}\n",
               "{\"kind\":\"setting\",\"name\":\"fsync\",\"value\":\"off\"}\n"),
      (std::vector<std::string>{"work_mem = 65536 kB"}));
}

TEST(ReferenceLines, LeaveOutWhereTheServerLies) {
  EXPECT_TRUE(
      lines_of("{\"kind\":\"setting\",\"name\":\"port\",\"value\":\"5433\"}\n", "").empty());
}

TEST(ReferenceLines, RefuseWhatIsNoDocument) {
  EXPECT_THROW(lines_of("nonsense\n", ""), Error);
  EXPECT_THROW(lines_of(R"({"kind":"setting","name":"a","value":{"b":1}})", ""), Error);
}

TEST(ReferenceLines, RefuseAValueThatIsNestedDeeperThanTheStack) {
  const std::size_t depth = 200'000;
  const std::string deep = std::string(depth, '[') + std::string(depth, ']');
  EXPECT_THROW(lines_of(R"({"kind":"setting","name":"a","value":{"b":)" + deep + "}}", ""), Error);
}

TEST(ReferenceLines, ShowTheAccessRulesOfARealServerWithoutTheirPasswords) {
  world::PostgresServer server(
      {.hba = {"host shop app 192.0.2.0/24 scram-sha-256",
               "host all all 198.51.100.0/24 ldap ldapserver=ldap.example ldapbasedn=\"o=x\" "
               "ldapbinddn=\"cn=y\" ldapbindpasswd=\"fake-bind-password\""}});
  server.query("postgres", "ALTER SYSTEM SET work_mem = '64MB'");
  server.query("postgres", "SELECT pg_reload_conf()");
  server.restart();
  Connection plain(server.address(), "postgres", {});
  TextSink document;
  write_server_settings(plain, document);

  const std::vector<std::string> lines = lines_of(document.text(), "");

  EXPECT_EQ(document.text().find("fake-bind-password"), std::string::npos);
  EXPECT_EQ(std::ranges::count(lines, "work_mem = 65536 kB"), 1);
  EXPECT_EQ(
      std::ranges::count(lines, "pg_hba.conf: host shop app 192.0.2.0 255.255.255.0 scram-sha-256"),
      1);
}

}  // namespace
}  // namespace vya::pg
