#include "operation/anomalies.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

Manifest with_rows(std::uint64_t rows, std::uint64_t bytes = 0) {
  Manifest manifest;
  manifest.id = {"shop", "20261122T030000Z-7f3a"};
  manifest.sums.rows = rows;
  manifest.sums.row_bytes = bytes;
  return manifest;
}

std::vector<std::string> words(const std::vector<Finding>& findings) {
  std::vector<std::string> all;
  for (const Finding& finding : findings) all.push_back(finding.where + ": " + finding.what);
  return all;
}

using Words = std::vector<std::string>;

TEST(SizeAnomalies, AreSizesFarFromTheUsual) {
  const std::vector<Manifest> before = {with_rows(9000), with_rows(10000), with_rows(90000)};

  EXPECT_EQ(words(size_anomalies(with_rows(4000), before, 2)),
            Words{"backup shop/20261122T030000Z-7f3a: has 4000 rows, fewer than 10000 as usual"});
  EXPECT_EQ(words(size_anomalies(with_rows(20001), before, 2)),
            Words{"backup shop/20261122T030000Z-7f3a: has 20001 rows, more than 10000 as usual"});
  EXPECT_TRUE(size_anomalies(with_rows(5000), before, 2).empty());
  EXPECT_TRUE(size_anomalies(with_rows(20000), before, 2).empty());
  EXPECT_TRUE(size_anomalies(with_rows(4000), before, 3).empty()) << "the factor says how far";
}

TEST(SizeAnomalies, NeedSomethingToCompareWithAndToTalkOf) {
  EXPECT_TRUE(size_anomalies(with_rows(1000000), {}, 2).empty());
  EXPECT_TRUE(size_anomalies(with_rows(999), {with_rows(3)}, 2).empty());
  EXPECT_EQ(size_anomalies(with_rows(0), {with_rows(1000)}, 2).size(), 1U);
}

TEST(SizeAnomalies, AreOfTheTextToo) {
  const std::uint64_t mib = 1024 * 1024;

  EXPECT_EQ(
      words(size_anomalies(with_rows(5000, 10 * mib), {with_rows(5000, 100 * mib)}, 2)),
      Words{"backup shop/20261122T030000Z-7f3a: has 10 MiB text of rows, fewer than 100 MiB as "
            "usual"});
}

CatalogObject object(std::map<std::string, std::string> properties, std::set<std::string> items) {
  return {.properties = std::move(properties), .secrets = {}, .items = std::move(items)};
}

TEST(CatalogAnomalies, AreTablesThatAreGone) {
  const CatalogModel before = {
      {"table shop.public.orders", {}}, {"index shop.public.i", {}}, {"database shop", {}}};

  EXPECT_EQ(words(catalog_anomalies(before, {})),
            (Words{"database shop: is gone since the backup before",
                   "table shop.public.orders: is gone since the backup before"}));
}

TEST(CatalogAnomalies, AreAccountsThatMayDoMore) {
  const CatalogModel before = {
      {"role \"app\"", object({{"SUPERUSER", "no"}, {"LOGIN", "yes"}}, {"SET work_mem = '1MB'"})},
      {"user `u`@`%`", object({{"account lock", "yes"}}, {"REVOKE SELECT ON `hidden`.*"})},
      {"grants on table public.t of database shop", object({}, {})}};
  const CatalogModel newest = {
      {"role \"app\"", object({{"SUPERUSER", "yes"}, {"LOGIN", "no"}},
                              {"SET work_mem = '2MB'", "MEMBER OF \"admin\""})},
      {"role \"new\"", {}},
      {"user `u`@`%`", object({{"account lock", "no"}}, {"DELETE ON `shop`.*"})},
      {"grants on table public.t of database shop",
       object({}, {"SELECT TO PUBLIC GRANTED BY \"a\""})}};

  const std::string more_open =
      "grants on table public.t of database shop: is more open than before: SELECT TO PUBLIC "
      "GRANTED BY \"a\"";
  EXPECT_EQ(words(catalog_anomalies(before, newest)),
            (Words{more_open, "role \"app\": may do more than before: SUPERUSER is \"yes\"",
                   "role \"app\": may do more than before: MEMBER OF \"admin\"",
                   "role \"new\": is new since the backup before",
                   "user `u`@`%`: may do more than before: account lock is \"no\"",
                   "user `u`@`%`: may do more than before: no longer REVOKE SELECT ON `hidden`.*",
                   "user `u`@`%`: may do more than before: DELETE ON `shop`.*"}));
}

TEST(CatalogAnomalies, AreNotWhatTakesRightsAway) {
  const CatalogModel before = {
      {"role \"app\"", object({{"SUPERUSER", "yes"}}, {"MEMBER OF \"admin\""})}};
  const CatalogModel newest = {{"role \"app\"", object({{"SUPERUSER", "no"}}, {})}};

  EXPECT_TRUE(catalog_anomalies(before, newest).empty());
}

}  // namespace
}  // namespace vya
