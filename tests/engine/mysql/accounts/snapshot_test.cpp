// Accounts within a backup.
#include "engine/mysql/snapshot.h"

#include "tests/engine/mysql/snapshot_fixture.h"

namespace vya::mysql {
namespace {

using AccountsInASnapshot = MysqlSnapshotTest;
VYA_ON_EVERY_MYSQL(AccountsInASnapshot);

constexpr const char* kSetup =
    "CREATE DATABASE d; CREATE USER app IDENTIFIED BY 'right'; GRANT SELECT, RELOAD ON *.* TO app;"
    "CREATE USER u IDENTIFIED BY 'pw'";

TEST_P(AccountsInASnapshot, AreLinesOfTheGlobals) {
  const auto server = make_server();
  server->query(kSetup);
  const auto snapshot = freeze(address_of(*server, "app", "right"));
  const std::string text = document_of(*snapshot, DocumentKind::kGlobals);
  TextSource globals(text);

  const Accounts accounts = read_accounts_json(globals);

  EXPECT_NE(accounts.find({"u", "%"}), nullptr);
  EXPECT_EQ(accounts.find({on_mariadb() ? "mariadb.sys" : "mysql.sys", "localhost"}), nullptr);
  snapshot->confirm();
}

/// MariaDB then says that there is no such account.
TEST_P(AccountsInASnapshot, OfHostsByNameAreThereWhereTheServerResolvesNone) {
  const auto server = make_server({"--skip-name-resolve"});
  server->query(kSetup);
  server->query(
      "CREATE USER far@'db.example.org' IDENTIFIED BY 'pw'; GRANT SELECT ON *.* TO "
      "far@'db.example.org'; FLUSH PRIVILEGES");

  const auto snapshot = freeze(address_of(*server));

  const std::string text = document_of(*snapshot, DocumentKind::kGlobals);
  EXPECT_NE(text.find("db.example.org"), std::string::npos);
  const auto gaps = snapshot->gaps();
  EXPECT_EQ(std::ranges::count(gaps, "accounts:far@db.example.org", &Gap::id),
            on_mariadb() ? 1 : 0);
}

TEST_P(AccountsInASnapshot, ThatChangeMakeItStartOver) {
  for (const char* change : {"ALTER USER u IDENTIFIED BY 'new'", "GRANT SELECT ON d.* TO u",
                             "CREATE USER late", "CREATE ROLE r", "DROP USER u"}) {
    const auto server = make_server();
    server->query(kSetup);
    // Who may lock more than this one, keeps accounts from changing on MySQL.
    const auto snapshot = freeze(address_of(*server, "app", "right"));
    server->query(change);

    try {
      snapshot->confirm();
      ADD_FAILURE() << change;
    } catch (const StartOver& over) {
      EXPECT_STREQ(over.what(), "an account was changed while the backup was written");
    }
  }
}

}  // namespace
}  // namespace vya::mysql
