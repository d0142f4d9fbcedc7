// Instances of MySQL and MariaDB.
#include <gtest/gtest.h>

#include "tests/config/parsed.h"

namespace vya {
namespace {

/// What is said of an instance of MySQL with these keys.
std::string mysql_complaints(const std::string& keys) {
  return complaints("repository: /b\ninstances:\n  shop: {" + keys + ", engine: mysql}\n");
}

TEST(ParseConfig, RefusesEnginesItDoesNotKnow) {
  const auto engine = [](const std::string& name) {
    return complaints("repository: /b\ninstances:\n  shop: {host: a, engine: " + name + "}\n");
  };
  EXPECT_EQ(engine("mariadb"),
            "v:3: instances.shop.engine: 'mariadb' is not known; write mysql, which serves both");
  EXPECT_EQ(engine("oracle"),
            "v:3: instances.shop.engine: 'oracle' is not known; write postgresql or mysql");
}

TEST(ParseConfig, ReadsTheKeysOfMysqlWhereverTheEngineStands) {
  const Config config = parse_config(
      "repository: /b\ninstances:\n  shop: {tls: verify-identity, tls_ca: ca.pem, host: db1, port: "
      "3307, user: backup, engine: mysql}\n  local: {engine: mysql, socket: /run/mysqld.sock}\n  "
      "pinned: {engine: mysql, host: db2, ddl_wait: 5m, tls: fingerprint, tls_fingerprint: "
      "'AA:bb:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11'}\n",
      kFile);

  const Instance& shop = config.instance("shop");
  EXPECT_EQ(shop.engine, EngineKind::kMysql);
  EXPECT_EQ(shop.tls, TlsMode::kVerifyIdentity);
  EXPECT_EQ(shop.tls_ca, "/etc/vya/ca.pem");
  EXPECT_EQ(shop.port, "3307");
  EXPECT_EQ(config.instance("local").socket, "/run/mysqld.sock");
  EXPECT_EQ(config.instance("local").tls, TlsMode::kChosen);
  EXPECT_EQ(config.instance("pinned").tls, TlsMode::kFingerprint);
  EXPECT_EQ(config.instance("pinned").ddl_wait, std::chrono::minutes(5));
  EXPECT_EQ(config.instance("pinned").tls_fingerprint, "AAbb00112233445566778899AABBCCDDEEFF0011");
}

TEST(ParseConfig, RefusesKeysOfTheOtherEngine) {
  EXPECT_EQ(mysql_complaints("host: a, sslmode: require"),
            "v:3: instances.shop.sslmode: is a key of 'engine: postgresql' only; remove it");
  EXPECT_EQ(complaints(with("tls: required")),
            "v:6: instances.shop.tls: is a key of 'engine: mysql' only; remove it");
  EXPECT_EQ(mysql_complaints("host: a, sokcet: b"),
            "v:3: instances.shop: unknown key 'sokcet'; did you mean 'socket'?");
}

TEST(ParseConfig, RefusesWhatCannotBeForMysql) {
  EXPECT_EQ(mysql_complaints("user: a"), "v:3: instances.shop: write either 'host' or 'socket'");
  EXPECT_EQ(mysql_complaints("host: a, socket: /s"),
            "v:3: instances.shop: write either 'host' or 'socket'");
  EXPECT_EQ(mysql_complaints("socket: /s, port: 3306"),
            "v:3: instances.shop: a socket has no port; remove the key 'port'");
  EXPECT_EQ(mysql_complaints("host: a, tls: fingerprint"),
            "v:3: instances.shop: 'tls: fingerprint' needs the key 'tls_fingerprint'");
  EXPECT_EQ(mysql_complaints("host: a, tls: verify-ca"),
            "v:3: instances.shop: verifying the server's certificate needs the key 'tls_ca'");
  EXPECT_EQ(mysql_complaints("host: a, tls: on"),
            "v:3: instances.shop.tls: 'on' is not known; write one of: disabled, required, "
            "verify-ca, verify-identity, fingerprint");
  EXPECT_NE(
      mysql_complaints("host: a, tls_fingerprint: abc").find("is no fingerprint; write the 40"),
      std::string::npos);
}

}  // namespace
}  // namespace vya
