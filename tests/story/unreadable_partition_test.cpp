// A partition that the backup's role may not read is named in the backup and in the restore, and
// the others come back.
#include "tests/story/expectations.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

constexpr const char* kShop = R"(
CREATE TABLE sales (id int PRIMARY KEY, what text) PARTITION BY RANGE (id);
CREATE TABLE sales_1 PARTITION OF sales FOR VALUES FROM (0) TO (100);
CREATE TABLE sales_2 PARTITION OF sales FOR VALUES FROM (100) TO (200);
CREATE TABLE sales_3 PARTITION OF sales FOR VALUES FROM (200) TO (300) PARTITION BY RANGE (id);
CREATE TABLE sales_3a PARTITION OF sales_3 FOR VALUES FROM (200) TO (250);
CREATE TABLE sales_3b PARTITION OF sales_3 FOR VALUES FROM (250) TO (300);
INSERT INTO sales SELECT i, 'sale ' || i FROM generate_series(0, 299) i;
CREATE TABLE refunds (id int PRIMARY KEY, sale int REFERENCES sales);
INSERT INTO refunds VALUES (1, 5), (2, 230);
GRANT SELECT ON ALL TABLES IN SCHEMA public TO backup;
)";

class UnreadablePartition : public testing::Test {
 protected:
  void SetUp() override {
    source_.query("postgres", "CREATE ROLE backup LOGIN PASSWORD 'fake-backup-password'");
    source_.query("postgres", "CREATE DATABASE shop");
    source_.query("shop", kShop);
    vya_.set_variable("BACKUP_PASSWORD", "fake-backup-password");
    vya_.add("shop", "{engine: postgresql, host: " + source_.host() + ", port: " + source_.port() +
                         ", user: backup, password: 'env:BACKUP_PASSWORD'}");
    vya_.add("spare", target_);
    ASSERT_TRUE(ended_with(vya_.run({"init"}), 0));
  }

  world::Ended back_up_without(const std::string& table) const {
    source_.query("shop", "REVOKE SELECT ON " + table + " FROM backup");
    return vya_.run({"backup", "shop", "--database", "shop"});
  }

  world::Ended restore(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"restore", "shop", "--to", "spare", "--check"});
    return vya_.run(more);
  }

  std::string sales() const {
    const auto rows = target_.query(
        "shop",
        "SELECT tableoid::regclass || ' ' || count(*) FROM sales GROUP BY tableoid ORDER BY 1");
    std::string text;
    for (const world::TextRow& row : rows) text += row[0] + "\n";
    return text;
  }

  world::PostgresServer source_;
  world::PostgresServer target_;
  Vya vya_;
};

TEST_F(UnreadablePartition, IsNamedAndTheOthersComeBack) {
  const world::Ended backup = back_up_without("sales_2");
  EXPECT_TRUE(ended_with(backup, 11));
  EXPECT_NE(backup.output.find("gap unreadable-table:shop.public.sales_2"), std::string::npos)
      << backup.output;
  EXPECT_NE(backup.output.find("; \"public\".\"sales\" comes back without it"), std::string::npos)
      << backup.output;
  EXPECT_NE(backup.output.find("GRANT pg_read_all_data TO \"backup\""), std::string::npos)
      << backup.output;

  const world::Ended restored = restore();
  EXPECT_TRUE(ended_with(restored, 11));
  EXPECT_NE(restored.output.find("gap left-out:shop.public.sales_2: "), std::string::npos)
      << restored.output;
  EXPECT_NE(restored.output.find("its rows are missing in \"public\".\"sales\""), std::string::npos)
      << restored.output;
  EXPECT_EQ(sales(), "sales_1 100\nsales_3a 50\nsales_3b 50\n");
}

TEST_F(UnreadablePartition, ThatHasPartitionsLeavesThemAsTables) {
  EXPECT_TRUE(ended_with(back_up_without("sales_3"), 11));

  const world::Ended restored = restore();
  EXPECT_TRUE(ended_with(restored, 11));
  for (const char* gap : {"gap left-out:shop.public.sales_3: ",
                          "gap definition:TABLE ATTACH \"public\".\"sales_3a\""}) {
    EXPECT_NE(restored.output.find(gap), std::string::npos) << gap << restored.output;
  }
  EXPECT_EQ(sales(), "sales_1 100\nsales_2 100\n");
  EXPECT_EQ(target_.value("shop", "SELECT count(*) FROM sales_3a"), "50");
}

TEST_F(UnreadablePartition, IsNamedToWhoTakesTheTableAloneAndNoOtherIs) {
  EXPECT_TRUE(ended_with(back_up_without("sales_2, refunds"), 11));
  target_.query("postgres", "CREATE DATABASE shop");

  const world::Ended restored = restore({"--table", "shop.public.sales"});
  EXPECT_TRUE(ended_with(restored, 11));
  EXPECT_NE(restored.output.find("gap left-out:shop.public.sales_2: "), std::string::npos)
      << restored.output;
  EXPECT_EQ(restored.output.find("refunds"), std::string::npos) << restored.output;
  EXPECT_EQ(sales(), "sales_1 100\nsales_3a 50\nsales_3b 50\n");
}

TEST_F(UnreadablePartition, OfWhichAForeignKeySpeaksDoesNotStopTheRestore) {
  EXPECT_TRUE(ended_with(back_up_without("sales"), 11));

  const world::Ended restored = restore();
  EXPECT_TRUE(ended_with(restored, 11));
  EXPECT_NE(restored.output.find("gap definition:FK CONSTRAINT"), std::string::npos)
      << restored.output;
  EXPECT_EQ(target_.value("shop", "SELECT count(*) FROM refunds"), "2");
}

}  // namespace
}  // namespace vya::story
