// The model: names, its JSON lines, and the servers' own JSON.
#include "engine/mysql/accounts/accounts.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "engine/mysql/accounts/attributes.h"
#include "engine/mysql/accounts/read.h"
#include "stream/lines.h"
#include "tests/world/error_of.h"

namespace vya::mysql {
namespace {

Accounts every_field() {
  Accounts accounts;
  accounts.rules = {"`r`@`%`", true};
  Account account;
  account.name = {"o'brien@x", "%"};
  account.authentication = {{"caching_sha2_password", Secret("2441")}, {"auth_socket", Secret()}};
  account.second_password = Secret("00ff");
  account.tls = {"SPECIFIED", "c", "i", "s"};
  account.limits = {1, 2, 3, -1, "1.500000"};
  account.locked = account.expired = true;
  account.policy = {10, 0, 3, false, 4, -1};
  account.attribute = R"({"comment":"ünï"})";
  account.past_passwords = {{"2026-01-01 00:00:00.000001", Secret("aa")}};
  account.unknown = {"denies"};
  accounts.accounts = {{.name = {"role@home", ""}, .type = AccountType::kRole},
                       {.name = {"PUBLIC", ""}, .type = AccountType::kPublic},
                       account};
  accounts.grants = {{account.name, "column", "d%", "t", "c", {"INSERT", "SELECT"}, {}},
                     {account.name, "server", "", "", "", {"BACKUP_ADMIN"}, {"BACKUP_ADMIN"}}};
  accounts.restrictions = {{account.name, "d", {"SELECT"}}};
  accounts.members = {{{"role@home", ""}, account.name, true}};
  accounts.default_roles = {{account.name, {"role@home", ""}}};
  accounts.proxies = {{account.name, {"", ""}, true}};
  sort(accounts);
  return accounts;
}

TEST(MysqlAccounts, ComeBackFromTheirLines) {
  const Accounts accounts = every_field();
  TextSink lines;
  write_json(accounts, lines);
  const std::string text = lines.text() + "{\"kind\":\"plugin\",\"name\":\"x\"}\n";
  TextSource source(text);

  EXPECT_TRUE(read_accounts_json(source) == accounts);
}

TEST(MysqlAccounts, RefuseALineThatIsWrong) {
  for (const char* line :
       {R"({"kind":"account","name":"a","name_host":"%","type":"user","authentication":[]})",
        R"({"kind":"account","name":"a","name_host":"%","type":"alien"})",
        R"({"kind":"role-member","role":"r","member":"m"})"}) {
    const std::string text = std::string(line) + "\n";
    TextSource source(text);
    EXPECT_THROW(read_accounts_json(source), Error) << line;
  }
}

TEST(MysqlAccounts, HaveNamesWithAnAt) {
  EXPECT_EQ(account_name("a@b@10.0.0.%"), (AccountName{"a@b", "10.0.0.%"}));
  EXPECT_EQ(account_name("reader"), (AccountName{"reader", ""}));
  EXPECT_EQ(to_text({"", "localhost"}), "@localhost");
  EXPECT_EQ(to_text({"reader", ""}), "reader");
  EXPECT_TRUE(is_system_account({"mariadb.sys", "localhost"}));
  EXPECT_FALSE(is_system_account({"mysql", "localhost"}));
}

TEST(MysqlAccounts, AreReadFromUserAttributes) {
  Account account{.name = {"u", "%"}, .authentication = {{"caching_sha2_password", Secret()}}};
  std::vector<Restriction> restrictions;
  read_user_attributes(
      R"({"metadata": {"z": 1, "a": {"b": []}}, "additional_password": "$A\u0007",)"
      R"( "Password_locking": {"failed_login_attempts": 3, "password_lock_time_days": -1},)"
      R"( "Restrictions": [{"Database": "d_", "Privileges": ["SELECT", "INSERT"]}],)"
      R"( "multi_factor_authentication": [{"plugin": "p", "passwordless": 0,)"
      R"( "authentication_string": "q", "requires_registration": 0}], "novelty": 1})",
      account, restrictions);

  EXPECT_EQ(account.attribute, R"({"a":{"b":[]},"z":1})");
  EXPECT_EQ(account.second_password, Secret("244107"));
  EXPECT_EQ(account.policy.failed_logins, 3);
  EXPECT_EQ(account.policy.locked_days, -1);
  EXPECT_EQ(account.authentication.at(1), (Authentication{"p", Secret("71")}));
  ASSERT_EQ(restrictions.size(), 1u);
  EXPECT_EQ(restrictions[0].database, "d_");
  EXPECT_EQ(account.unknown, std::vector<std::string>{"novelty"});
}

TEST(MysqlAccounts, NameADeviceThatOnlyTheSourceKnows) {
  Account account{.name = {"u", "%"}};
  std::vector<Restriction> restrictions;
  read_user_attributes(R"({"multi_factor_authentication": [{"plugin": "authentication_webauthn",)"
                       R"( "authentication_string": "", "requires_registration": 1}]})",
                       account, restrictions);

  EXPECT_EQ(account.unknown, std::vector<std::string>{"registered device"});
}

TEST(MysqlAccounts, AreReadFromGlobalPriv) {
  Account account{.name = {"u", "%"}};
  const auto role = read_global_priv(
      R"({"access":1024,"version_id":101119,"plugin":"mysql_native_password",)"
      R"("authentication_string":"*AB","auth_or":[{"plugin":"unix_socket"},{},{"plugin":"ed25519",)"
      R"("authentication_string":"x"}],"ssl_type":3,"ssl_cipher":"c","x509_issuer":"i",)"
      R"("x509_subject":"","max_statement_time":1.500000,"max_user_connections":-1,)"
      R"("account_locked":true,"password_last_changed":0,"password_lifetime":0,)"
      R"("default_role":"r","denies":{}})",
      account);

  EXPECT_EQ(role, "r");
  EXPECT_EQ(account.authentication,
            (std::vector<Authentication>{{"unix_socket", Secret()},
                                         {"mysql_native_password", Secret("2a4142")},
                                         {"ed25519", Secret("78")}}));
  EXPECT_EQ(account.tls, (TlsRequirement{"SPECIFIED", "c", "i", ""}));
  EXPECT_EQ(account.limits.statement_time, "1.500000");
  EXPECT_EQ(account.limits.user_connections, -1);
  EXPECT_TRUE(account.locked);
  EXPECT_TRUE(account.expired);
  EXPECT_EQ(account.policy.lifetime_days, 0);
  EXPECT_EQ(account.unknown, std::vector<std::string>{"denies"});
}

TEST(MysqlAccounts, RefuseWhatIsNoJson) {
  Account account{.name = {"u", "%"}};
  const Error error = error_of([&] { read_global_priv("{", account); });
  EXPECT_NE(std::string(error.what()).find("account 'u@%'"), std::string::npos);
}

TEST(MysqlAccounts, AttributesChangeByMerging) {
  EXPECT_EQ(attribute_change(R"({"a":1,"b":{"c":1,"d":2}})", R"({"b":{"c":1},"e":[2]})"),
            R"({"a":null,"b":{"c":1,"d":null},"e":[2]})");
  EXPECT_EQ(attribute_change(R"({"a":1})", std::nullopt), R"({"a":null})");
  EXPECT_EQ(attribute_change(std::nullopt, R"({"a":1})"), R"({"a":1})");
}

TEST(MysqlAccounts, PrivilegesHaveTheirNamesInStatements) {
  EXPECT_EQ(privilege_of("Create_tmp_table_priv"), "CREATE TEMPORARY TABLES");
  EXPECT_EQ(privilege_of("Show view"), "SHOW VIEW");
  EXPECT_EQ(privilege_of("Grant"), "GRANT OPTION");
  EXPECT_EQ(privilege_of("Delete versioning rows"), "DELETE HISTORY");
}

}  // namespace
}  // namespace vya::mysql
