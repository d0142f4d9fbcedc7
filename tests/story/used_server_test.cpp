// A restore to a server that somebody uses: what is there stays as it is unless it is to be
// replaced, and then it is kept.
#include <set>

#include "tests/story/comparison.h"
#include "tests/story/expectations.h"
#include "tests/story/shop.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

class UsedServer : public testing::Test {
 protected:
  UsedServer() {
    make_shop(source_);
    source_.query("postgres",
                  "CREATE ROLE shop_read; GRANT shop_read TO shop_app; "
                  "ALTER ROLE shop_app SET work_mem = '5MB'; "
                  "ALTER ROLE shop_app IN DATABASE shop SET statement_timeout = '1h'");
    vya_.add("shop", source_);
    vya_.add("target", target_);
    target_.query("postgres", "CREATE ROLE somebody");
    target_.query("postgres", "CREATE DATABASE somebodys OWNER somebody");
    target_.query("somebodys", "CREATE TABLE theirs AS SELECT 42 AS i");
    if (vya_.run({"init"}).status != 0 || vya_.run({"backup", "shop"}).status != 0)
      throw Error(Fault::kInternal, "cannot back up the shop");
  }

  world::Ended restore(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"restore", "shop", "--to", "target"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return vya_.run(arguments);
  }

  std::string login(const std::string& password, const std::string& database = "shop") const {
    pg::Connection connection(target_.address("shop_app", password), database, {});
    return connection.value("SELECT count(*) FROM orders");
  }

  /// Databases of the target with names that begin so.
  std::vector<world::TextRow> databases(const std::string& prefix) const {
    return target_.query("postgres",
                         "SELECT datname FROM pg_database WHERE starts_with(datname, '" + prefix +
                             "') ORDER BY datname");
  }

  world::PostgresServer source_;
  world::PostgresServer target_{
      world::PostgresOptions{.conf = {"autovacuum = off"}, .listen = world::Listen::kLoopback}};
  Vya vya_;
};

TEST_F(UsedServer, TakesABackupBesideWhatItHas) {
  EXPECT_TRUE(ended_with(restore({"--check"}), 0));
  EXPECT_EQ(login(kShopPassword), "40000");
  EXPECT_EQ(target_.value("somebodys", "SELECT i FROM theirs"), "42");
}

TEST_F(UsedServer, GivesAccountsOnceAndHasNothingToDoTheSecondTime) {
  EXPECT_TRUE(ended_with(restore({"--only", "accounts"}), 0));
  EXPECT_FALSE(databases("shop").size() > 0);
  const std::string before = next_transaction(target_);
  for (const char* policy : {"create", "converge"}) {
    EXPECT_TRUE(ended_with(restore({"--only", "accounts", "--accounts", policy}), 0));
    EXPECT_EQ(next_transaction(target_), before) << policy;
  }
}

TEST_F(UsedServer, KeepsARoleThatItHasUntilItIsToConverge) {
  target_.query("postgres", "CREATE ROLE shop_app LOGIN SUPERUSER PASSWORD 'fake-other-password'");

  const world::Ended kept = restore();
  EXPECT_TRUE(ended_with(kept, 11));
  for (const char* gap : {"gap kept-role:shop_app", "SUPERUSER, PASSWORD", "--accounts converge",
                          "gap membership:shop_read/shop_app", "gap setting:set work_mem"}) {
    EXPECT_NE(kept.output.find(gap), std::string::npos) << gap << "\n" << kept.output;
  }
  EXPECT_EQ(kept.output.find("statement_timeout"), std::string::npos) << kept.output;
  EXPECT_EQ(login("fake-other-password"), "40000");

  EXPECT_TRUE(ended_with(restore({"--only", "accounts", "--accounts", "converge"}), 0));
  EXPECT_EQ(login(kShopPassword), "40000");
  EXPECT_EQ(target_.value("postgres", "SELECT rolsuper FROM pg_roles WHERE rolname = 'shop_app'"),
            "f");
}

TEST_F(UsedServer, ReplacesADatabaseThreeTimesAndKeepsTheOldOnes) {
  ASSERT_TRUE(ended_with(restore(), 0));
  for (int round = 1; round <= 3; ++round) {
    target_.query("shop", "CREATE TABLE round AS SELECT " + std::to_string(round) + " AS number");
    EXPECT_TRUE(ended_with(restore({"--existing", "replace"}), 0, {"is kept as \"shop_before_"}));
    EXPECT_EQ(target_.value("shop", "SELECT to_regclass('round') IS NULL"), "t");
  }
  const std::vector<world::TextRow> kept = databases("shop_before_");
  ASSERT_EQ(kept.size(), 3U);
  std::set<std::string> rounds;  // two of the same second have no order
  for (const world::TextRow& database : kept)
    rounds.insert(target_.value(database[0], "SELECT number FROM round"));
  EXPECT_EQ(rounds, (std::set<std::string>{"1", "2", "3"}));
  EXPECT_EQ(databases("shop_new_").size(), 0U);
  EXPECT_EQ(login(kShopPassword), "40000");
  EXPECT_EQ(target_.value("shop",
                          "SELECT count(*) FROM pg_db_role_setting s JOIN pg_database d ON "
                          "d.oid = s.setdatabase WHERE datname = 'shop'"),
            "1");
}

TEST_F(UsedServer, ReplacesADatabaseInUseOnlyWhenItMayEndTheSessions) {
  ASSERT_TRUE(ended_with(restore(), 0));
  pg::Connection user(target_.address(), "shop", {});

  EXPECT_TRUE(ended_with(restore({"--existing", "replace"}), 12,
                         {"1 session is in it", "--terminate-sessions", "Nothing was changed"}));
  EXPECT_EQ(databases("shop").size(), 1U);
  EXPECT_EQ(user.value("SELECT count(*) FROM orders"), "40000");

  EXPECT_TRUE(ended_with(restore({"--existing", "replace", "--terminate-sessions"}), 0));
  EXPECT_ANY_THROW(user.value("SELECT 1"));
  EXPECT_EQ(login(kShopPassword), "40000");
}

TEST_F(UsedServer, KeepsTheOldDatabaseWhereTheNewOneIsNotAsInTheBackup) {
  ASSERT_TRUE(ended_with(restore(), 0));
  // An index whose function writes rows: what is restored is not what was backed up.
  source_.query("shop", R"(
    CREATE FUNCTION meddle() RETURNS int LANGUAGE plpgsql AS 'BEGIN
      UPDATE public.customers SET name = name || ''!'' WHERE id = 1; RETURN 1; END';
    CREATE FUNCTION key(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN public.meddle(); END';
    CREATE TABLE once AS SELECT 1 AS i;
    CREATE INDEX ON once (key(i));)");
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));

  const world::Ended ended = restore({"--existing", "replace"});

  EXPECT_TRUE(ended_with(ended, 8, {"is restored as \"shop_new_", "keeps its new name"}));
  EXPECT_NE(ended.output.find("table shop.public.customers"), std::string::npos) << ended.output;
  EXPECT_EQ(databases("shop_before_").size(), 0U);
  EXPECT_EQ(target_.value("shop", "SELECT to_regclass('once') IS NULL"), "t");
}

TEST_F(UsedServer, TakesADatabaseUnderAnotherNameWithoutADifference) {
  ASSERT_TRUE(ended_with(restore(), 0));
  EXPECT_TRUE(ended_with(restore({"--database", "shop=\"Test\" 2", "--check"}), 0));
  const auto dump = [&](const char* name) { return target_.run_client("pg_dump", {name}).output; };
  const auto without_tokens = [](std::string text) {
    for (const char* word : {"\\restrict ", "\\unrestrict "}) {
      const std::size_t at = text.find(word);
      if (at != std::string::npos) text.erase(at, text.find('\n', at) - at);
    }
    return text;
  };
  EXPECT_EQ(without_tokens(dump("shop")), without_tokens(dump("dbname='\"Test\" 2'")));
  EXPECT_EQ(
      target_.value("postgres",
                    "SELECT setconfig[1] FROM pg_db_role_setting s JOIN pg_database d ON d.oid = "
                    "setdatabase WHERE datname = '\"Test\" 2'"),
      "statement_timeout=1h");
}

TEST_F(UsedServer, LetsARoleStandForAnother) {
  EXPECT_TRUE(ended_with(
      restore({"--map-role", "shop_app=somebody", "--map-role", "shop_read=viewer"}), 11, {}));
  EXPECT_EQ(target_.value("shop",
                          "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = "
                          "'shop'"),
            "somebody");
  EXPECT_EQ(target_.value("shop", "SELECT has_table_privilege('somebody', 'orders', 'SELECT')"),
            "t");
  EXPECT_EQ(target_.value("shop",
                          "SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_roles "
                          "WHERE rolname !~ '^pg_'"),
            "postgres somebody viewer");
}

TEST_F(UsedServer, TakesOnlyTheAccountsOfADatabase) {
  source_.query("postgres",
                "CREATE ROLE stranger LOGIN; CREATE ROLE member LOGIN; GRANT shop_app TO "
                "member; CREATE ROLE other_group; GRANT other_group TO member");
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  EXPECT_TRUE(ended_with(restore({"--only", "accounts", "--accounts-of", "shop"}), 0));
  EXPECT_EQ(target_.value("postgres",
                          "SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_roles "
                          "WHERE rolname !~ '^pg_'"),
            "member postgres shop_app shop_read somebody");
  EXPECT_TRUE(ended_with(restore({"--accounts-of", "shpo"}), 12, {"\"shpo\""}));
}

TEST_F(UsedServer, RefusesNamesThatTheBackupOrTheServerDoesNotHave) {
  EXPECT_TRUE(ended_with(restore({"--map-role", "shop_ap=x"}), 7,
                         {"the backup has no role 'shop_ap'", "'shop_app'"}));
  const std::string before = next_transaction(target_);
  for (const char* name : {"public", "none", "pg_shop"}) {
    EXPECT_TRUE(ended_with(restore({"--map-role", std::string("shop_app=") + name}), 12,
                           {name, "the server keeps for itself", "Nothing was changed"}));
  }
  const std::string longest(64, 'n');
  EXPECT_TRUE(ended_with(restore({"--map-role", "shop_app=" + longest}), 12,
                         {"longer than 63 bytes", "Nothing was changed"}));
  EXPECT_TRUE(ended_with(restore({"--database", "shop=" + longest}), 12,
                         {"longer than 63 bytes", "Nothing was changed"}));
  EXPECT_TRUE(ended_with(restore({"--database", "shop=template0"}), 12,
                         {"nothing is restored into it", "Nothing was changed"}));
  EXPECT_EQ(next_transaction(target_), before);
}

TEST_F(UsedServer, NamesRolesThatAreNotThere) {
  EXPECT_TRUE(ended_with(restore({"--accounts", "skip"}), 12,
                         {"no role \"shop_app\"", "--map-role", "Nothing was changed"}));
}

TEST_F(UsedServer, TakesDefinitionsFirstAndRowsLater) {
  ASSERT_TRUE(ended_with(restore({"--only", "accounts"}), 0));
  EXPECT_TRUE(ended_with(restore({"--only", "schema"}), 0));
  EXPECT_EQ(target_.value("shop", "SELECT count(*) FROM orders"), "0");
  EXPECT_EQ(target_.value("shop", "SELECT count(*) FROM pg_largeobject_metadata"), "0");

  EXPECT_TRUE(ended_with(restore({"--only", "data", "--check"}), 0));
  EXPECT_EQ(login(kShopPassword), "40000");
  EXPECT_EQ(target_.value("shop", "SELECT convert_from(lo_get(4711), 'UTF8')"), "a picture");
  const Rule theirs{.name = "what the target had before", .explains = [](const std::string& line) {
                      return line.find("somebody") != std::string::npos;
                    }};
  EXPECT_EQ(differences(source_, target_, {theirs}), std::vector<std::string>{});
  target_.query("shop", "INSERT INTO customers (name) VALUES ('the next one')");
  EXPECT_EQ(target_.value("shop", "SELECT max(id) FROM customers"), "101");
}

TEST_F(UsedServer, TellsNoGapsOfAccountsThatItIsToLeaveAlone) {
  ASSERT_TRUE(ended_with(restore({"--only", "accounts"}), 0));
  target_.query("postgres",
                "ALTER ROLE ALL SET lock_timeout = '1h'; ALTER ROLE shop_app SET work_mem = '7MB';"
                "ALTER ROLE shop_app CREATEDB");
  source_.query("postgres", "ALTER ROLE ALL SET lock_timeout = '2h'");
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));

  EXPECT_TRUE(ended_with(restore({"--only", "schema"}), 0));
  EXPECT_EQ(login(kShopPassword), "0");
  EXPECT_TRUE(ended_with(restore({"--only", "data"}), 0));
  EXPECT_EQ(login(kShopPassword), "40000");
}

TEST_F(UsedServer, LoadsRowsOnlyIntoTablesThatAreEmptyAndOfTheSameShape) {
  ASSERT_TRUE(ended_with(restore({"--only", "accounts"}), 0));
  EXPECT_TRUE(ended_with(restore({"--only", "data"}), 12, {"no database \"shop\""}));
  ASSERT_TRUE(ended_with(restore({"--only", "schema"}), 0));
  target_.query("shop",
                "ALTER TABLE orders ALTER id TYPE bigint; INSERT INTO customers (name) VALUES "
                "('early')");
  EXPECT_TRUE(ended_with(restore({"--only", "data"}), 12,
                         {"\"public\".\"orders\" has other columns or types",
                          "\"public\".\"customers\" has rows already", "Nothing was changed"}));
  target_.query("shop", "DROP TABLE orders");
  EXPECT_TRUE(ended_with(restore({"--only", "data"}), 12, {"no table \"public\".\"orders\""}));
}

}  // namespace
}  // namespace vya::story
