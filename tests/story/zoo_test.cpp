// The zoo comes back to its last fact, from each version onto each that is not lower.
#include "tests/story/zoo.h"

#include <gtest/gtest.h>

#include <ostream>

#include "tests/story/comparison.h"
#include "tests/story/expectations.h"
#include "tests/story/vya.h"
#include "tests/story/zoo_rules.h"

namespace vya::story {
namespace {

struct Versions {
  int source;
  int target;
};

std::ostream& operator<<(std::ostream& out, const Versions& versions) {
  return out << versions.source << " to " << versions.target;
}

/// Superusers may come in without a password, to see what a login gives.
world::PostgresOptions server_of(int major) {
  return {.major = major, .hba = {"local all chief trust", "local all veteran md5"}};
}

std::string login_setting(const world::PostgresServer& server, const std::string& user,
                          const std::string& password, const std::string& database,
                          const std::string& setting) {
  pg::Connection session(server.address(user, password), database, {});
  return session.value("SELECT current_setting('" + setting + "')");
}

std::string role_at_login(const world::PostgresServer& server, const std::string& user,
                          const std::string& database) {
  return pg::Connection(server.address(user, ""), database, {}).value("SELECT current_user");
}

class Zoo : public testing::TestWithParam<Versions> {
 protected:
  void SetUp() override {
    for (const int major : {GetParam().source, GetParam().target}) {
      if (!world::newest_postgres_bin(major))
        GTEST_SKIP() << "NOT TESTED: PostgreSQL " << major << " is not installed";
    }
  }

  /// Backs the source up and restores it onto the target, both as the superuser.
  void bring_back(const world::PostgresServer& source, const world::PostgresServer& target) {
    vya_.add("old", source,
             "open_closed_databases: true, pg_dump: " +
                 world::client_program("pg_dump", source.major()).string());
    vya_.add("new", target);
    ASSERT_TRUE(ended_with(vya_.run({"init"}), 0));
    ASSERT_TRUE(ended_with(vya_.run({"backup", "old"}), 0));
    const std::string aquarium =
        std::string(kZooTablespace) + "=" + target.make_folder("aquarium").string();
    ASSERT_TRUE(ended_with(
        vya_.run({"restore", "old", "--to", "new", "--check", "--tablespace", aquarium}), 0));
  }

  Vya vya_;
};

/// A line each, so that a failure can be read.
std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

void open_closed_house(const world::PostgresServer& server) {
  server.query("postgres", "ALTER DATABASE closed_house ALLOW_CONNECTIONS true");
}

TEST_P(Zoo, ComesBackToTheLastFact) {
  const world::PostgresServer source(server_of(GetParam().source));
  const world::PostgresServer target(server_of(GetParam().target));
  const std::vector<Fact> facts = fill_zoo(source);
  ASSERT_GE(facts.size(), 150U);
  ASSERT_EQ(joined(untrue(facts, source)), "");

  ASSERT_NO_FATAL_FAILURE(bring_back(source, target));

  EXPECT_EQ(joined(untrue(facts, target)), "");
  open_closed_house(source);
  open_closed_house(target);
  EXPECT_EQ(joined(differences(source, target, rules_between(source, target))), "");
  // Logins with the old passwords, and what the settings do at login.
  EXPECT_EQ(login_setting(target, "keeper", "fake-keeper-password", "zoo", "work_mem"), "7MB");
  EXPECT_EQ(login_setting(target, "keeper", "fake-keeper-password", "zoo", "zoo.everyone"),
            "in the zoo");
  EXPECT_EQ(
      login_setting(target, "Wärter 飼育員 🐘", "fake-wärter-password", "pool", "zoo.greeting"),
      "it's \"grün\" \\ 🐘");
  EXPECT_EQ(login_setting(target, "veteran", "fake-veteran-password", "pool", "zoo.everyone"),
            "all of them");
  EXPECT_EQ(login_setting(target, "chief", "", "settled", "default_transaction_read_only"), "on");
  EXPECT_EQ(login_setting(target, "chief", "", "settled", "DateStyle"), "SQL, DMY");
  EXPECT_EQ(role_at_login(target, "chief", "settled"), "keeper");
  EXPECT_THROW(login_setting(target, "keeper", "wrong", "zoo", "work_mem"), Error);
  EXPECT_THROW(login_setting(target, "intern", "fake-intern-password", "pool", "work_mem"), Error);
}

std::string name_of(const testing::TestParamInfo<Versions>& tested) {
  return "From" + std::to_string(tested.param.source) + "To" + std::to_string(tested.param.target);
}

INSTANTIATE_TEST_SUITE_P(Matrix, Zoo,
                         testing::Values(Versions{15, 15}, Versions{15, 17}, Versions{15, 18},
                                         Versions{17, 18}, Versions{18, 18}, Versions{13, 13},
                                         Versions{13, 15}, Versions{14, 15}, Versions{14, 18},
                                         Versions{15, 16}, Versions{16, 18}),
                         name_of);

}  // namespace
}  // namespace vya::story
