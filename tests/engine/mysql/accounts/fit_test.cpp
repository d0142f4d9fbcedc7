// What the target cannot have as it is: never more than on the source, and each loss is named.
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/mysql/accounts/accounts_plan.h"
#include "engine/mysql/accounts/accounts_sql.h"
#include "engine/mysql/accounts/grants_sql.h"

namespace vya::mysql {
namespace {

Account user(const std::string& name, const std::string& plugin = "caching_sha2_password") {
  return {.name = {name, "%"}, .authentication = {{plugin, Secret("2441")}}};
}

Grant on_database(const std::string& account, const std::string& database) {
  return {
      .account = {account, "%"}, .on = "database", .database = database, .privileges = {"SELECT"}};
}

class FitAccounts : public testing::Test {
 protected:
  FitAccounts() {
    target_.flavor = parse_version("9.7.4");
    target_.me = {"root", "localhost"};
    target_.plugins = {"caching_sha2_password"};
    target_.privileges = {"SELECT", "INSERT", "GRANT OPTION", "SUPER"};
    request_.backup.accounts = {user("app")};
    request_.source.product = "MySQL";
  }

  Accounts fit() {
    gaps_.clear();
    return fit_accounts(request_, target_, gaps_);
  }

  /// Says which databases are restored, and under which names.
  void restores(std::vector<std::pair<std::string, std::string>> names) {
    request_.databases = std::map<std::string, std::string>(names.begin(), names.end());
  }

  /// The database that a single grant is on after fitting; empty when it was left out.
  std::string fit_database(const std::string& database) {
    request_.backup.grants = {on_database("app", database)};
    const Accounts accounts = fit();
    return accounts.grants.empty() ? "" : accounts.grants[0].database;
  }

  AccountsRequest request_;
  AccountsTarget target_;
  std::vector<Gap> gaps_;
};

TEST_F(FitAccounts, LeavesWhatTheTargetCanHave) {
  request_.backup.grants = {on_database("app", "a\\_b")};

  EXPECT_TRUE(fit() == request_.backup);
  EXPECT_EQ(gaps_, std::vector<Gap>{});
}

TEST_F(FitAccounts, LockAnAccountWhosePluginIsMissing) {
  request_.backup.accounts = {user("app", "auth_socket")};
  request_.backup.grants = {on_database("app", "d")};

  const Accounts accounts = fit();

  EXPECT_TRUE(accounts.accounts[0].locked);
  EXPECT_EQ(accounts.accounts[0].authentication[0], no_login(Vendor::kMysql));
  EXPECT_EQ(accounts.grants.size(), 1u);
  ASSERT_EQ(gaps_.size(), 1u);
  EXPECT_EQ(gaps_[0].id(), "authentication-plugin:app@%");
  EXPECT_NE(gaps_[0].why.find("'auth_socket'"), std::string::npos);
}

TEST_F(FitAccounts, GiveNothingToWhomTheySomewhatDoNotUnderstand) {
  request_.backup.accounts[0].unknown = {"denies"};
  request_.backup.grants = {on_database("app", "d")};
  request_.backup.members = {{{"r", "%"}, {"app", "%"}, false}};

  const Accounts accounts = fit();

  EXPECT_TRUE(accounts.accounts[0].locked);
  EXPECT_TRUE(accounts.grants.empty());
  EXPECT_TRUE(accounts.members.empty());
  EXPECT_EQ(gaps_.at(0).id(), "refused-account:app@%");
}

TEST_F(FitAccounts, RefuseRestrictedAccountsWhereRevokesCannotBe) {
  request_.backup.rules.partial_revokes = true;
  request_.backup.restrictions = {{{"app", "%"}, "secret", {"SELECT"}}};
  request_.backup.grants = {{.account = {"app", "%"}, .on = "server", .privileges = {"SELECT"}}};

  EXPECT_TRUE(fit().grants.empty());
  EXPECT_EQ(gaps_.at(0).id(), "refused-account:app@%");

  target_.enables_partial_revokes = true;
  EXPECT_EQ(fit().grants.size(), 1u);
  EXPECT_EQ(gaps_.size(), 0u);
}

TEST_F(FitAccounts, ANameIsNotTakenForAPattern) {
  request_.backup.rules.partial_revokes = true;
  EXPECT_EQ(fit_database("a_b%"), "a\\_b\\%");

  target_.accounts.rules.partial_revokes = true;
  EXPECT_EQ(fit_database("a_b%"), "a_b%");
}

TEST_F(FitAccounts, APatternIsNotTakenForAName) {
  target_.accounts.rules.partial_revokes = true;
  EXPECT_EQ(fit_database("a\\_b"), "a_b");
  EXPECT_EQ(fit_database("a%"), "");
  EXPECT_EQ(gaps_.at(0).id(), "grant:app@% on `a%`.*");
  EXPECT_EQ(gaps_.at(0).cure, "GRANT SELECT ON `a%`.* TO `app`@`%`");
}

TEST_F(FitAccounts, GrantsFollowTheirDatabase) {
  restores({{"shop", "shop_2"}, {"my_app", "my_app"}});
  EXPECT_EQ(fit_database("shop"), "shop\\_2");
  EXPECT_EQ(fit_database("my_app"), "my_app");
  EXPECT_EQ(fit_database("my\\_app"), "my\\_app");
  restores({{"my_app", "old_app"}});
  EXPECT_EQ(fit_database("my_app"), "old\\_app");
}

TEST_F(FitAccounts, NothingIsGrantedOnADatabaseThatIsTheTargetsOwn) {
  target_.databases = {"crm", "myxapp", "mysql"};
  restores({{"shop", "shop"}, {"my_app", "my_app"}});
  EXPECT_EQ(fit_database("crm"), "");
  EXPECT_NE(gaps_.at(0).why.find("not the backup's"), std::string::npos);
  EXPECT_EQ(fit_database("c%"), "");
  EXPECT_EQ(fit_database("my_app"), "my\\_app");
  EXPECT_EQ(fit_database("mysql"), "mysql");
  EXPECT_EQ(fit_database("not yet"), "not yet");
}

TEST_F(FitAccounts, PrivilegesThatTheTargetDoesNotKnowAreNamed) {
  request_.backup.grants = {{.account = {"app", "%"},
                             .on = "server",
                             .privileges = {"INSERT", "SET_USER_ID"},
                             .grantable = {"SET_USER_ID"}}};

  const Accounts accounts = fit();

  EXPECT_EQ(accounts.grants.at(0).privileges, std::vector<std::string>{"INSERT"});
  EXPECT_TRUE(accounts.grants.at(0).grantable.empty());
  EXPECT_EQ(gaps_.at(0).cure, "GRANT SET_USER_ID ON *.* TO `app`@`%`");
}

TEST_F(FitAccounts, AccountsGetTheirNamesOnTheTarget) {
  request_.backup.accounts = {user("app"), user("web")};
  request_.backup.members = {{{"app", "%"}, {"web", "%"}, true}};
  request_.backup.grants = {on_database("app", "d"), on_database("web", "d")};
  request_.options.account_names = {{"app", "service"}};
  Accounts accounts = fit();
  EXPECT_EQ(accounts.accounts[0].name, (AccountName{"service", "%"}));
  EXPECT_EQ(accounts.members.at(0).role, (AccountName{"service", "%"}));
  EXPECT_EQ(accounts.grants.at(0).account, (AccountName{"service", "%"}));

  request_.options.account_names = {{"app@%", "web@%"}};
  accounts = fit();
  EXPECT_EQ(accounts.accounts.size(), 1u);
  EXPECT_EQ(accounts.grants.size(), 1u);
}

TEST_F(FitAccounts, OnlyThoseThatADatabaseNeedsAreKept) {
  request_.backup.accounts = {user("app"), user("definer"), user("member"), user("other"),
                              user("role")};
  request_.backup.grants = {on_database("app", "sh%"), on_database("other", "crm"),
                            on_database("role", "shop")};
  request_.backup.members = {{{"role", "%"}, {"member", "%"}, false}};
  request_.options.accounts_of = {"shop"};
  request_.definers = {"definer@%"};

  std::vector<std::string> names;
  for (const Account& account : fit().accounts) names.push_back(account.name.user);

  EXPECT_EQ(names, (std::vector<std::string>{"app", "definer", "member", "role"}));
}

TEST_F(FitAccounts, WhatSuperNoLongerStandsForIsNamed) {
  request_.source = {.product = "MariaDB", .major = 10};
  target_.flavor = parse_version("11.8.6-MariaDB");
  request_.backup.grants = {{.account = {"app", "%"}, .on = "server", .privileges = {"SUPER"}}};
  fit();
  EXPECT_EQ(gaps_.at(0).cure.substr(0, 30), "GRANT BINLOG ADMIN, BINLOG MON");

  request_.source.major = 11;
  fit();
  EXPECT_EQ(gaps_.size(), 0u);
}

TEST(DatabasePatterns, StandForWhatTheServerTakesThemFor) {
  EXPECT_TRUE(matches("a_b", "axb"));
  EXPECT_TRUE(matches("a_b", "aüb"));
  EXPECT_FALSE(matches("a\\_b", "axb"));
  EXPECT_TRUE(matches("a\\_b", "a_b"));
  EXPECT_TRUE(matches("%b%d", "abcbd"));
  EXPECT_FALSE(matches("%b%d", "abcb"));
  EXPECT_TRUE(matches("%", ""));
  EXPECT_FALSE(matches("a", "ab"));
  EXPECT_FALSE(matches("ab", "a"));
  EXPECT_TRUE(is_pattern("a_"));
  EXPECT_FALSE(is_pattern("a\\_\\%"));
  EXPECT_EQ(unescaped(escaped("a_\\%b")), "a_\\%b");
}

TEST(RoleLists, AreReadAsTheServerWritesThem) {
  EXPECT_EQ(role_list("`a`@`%`, 'b,c'@'h' ,d,`e``f`"),
            (std::vector<AccountName>{{"a", "%"}, {"b,c", "h"}, {"d", "%"}, {"e`f", "%"}}));
  EXPECT_TRUE(role_list("").empty());
}

}  // namespace
}  // namespace vya::mysql
