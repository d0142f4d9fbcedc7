// Reports as text, JSON and HTML, without a browser.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/render.h"
#include "tests/report/fleet_samples.h"

namespace vya {
namespace {

using Json = nlohmann::json;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t number = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size())
    ++number;
  return number;
}

/// With one space where there are several.
std::string squeezed(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c != ' ' || !result.ends_with(' ')) result += c;
  }
  return result;
}

FleetReport empty_fleet() {
  FleetReport fleet = sample_fleet();
  fleet.instances.clear();
  fleet.evidence = {};
  return fleet;
}

/// An instance with so many backups and a drill for each.
ReportedInstance long_history(const std::string& name, int backups) {
  ReportedInstance instance{.name = name, .server = "PostgreSQL 15.18"};
  for (int n = 0; n < backups; ++n) {
    instance.backups.push_back(backup_of(name, n, 100 + static_cast<std::uint64_t>(n)));
    instance.drills.push_back(drill_of(name, n, std::chrono::seconds(40)));
    instance.drills.back().passed = n % 5 != 3;
  }
  return instance;
}

TEST(FleetAsText, SaysHowEachInstanceIs) {
  const std::string text = squeezed(fleet_to_text(sample_fleet()));

  EXPECT_TRUE(has(text, " instances 2\n"));
  EXPECT_TRUE(has(text, " without a fault 1 of 2\n"));
  EXPECT_TRUE(
      has(text, " crm-maria ATTENTION MariaDB 10.11.14 2026-10-19 03:00 3 d 6 h of 24 h 512 MiB"));
  EXPECT_TRUE(has(text, "\nshop-pg: OK\n"));
  EXPECT_TRUE(has(text, " fault: backup is older than its RPO\n cure: Run vya backup.\n"));
  EXPECT_TRUE(has(text,
                  " gap: closed-database old: It allows no connections.\n"
                  " accepted: it is archived\n"));
  EXPECT_TRUE(has(text, "33 min 20 s of 30 min"));
  EXPECT_TRUE(has(text, " and 17 older backups\n"));
}

TEST(FleetAsText, IsShortWhenThereIsNothing) {
  const std::string text = squeezed(fleet_to_text(empty_fleet()));
  EXPECT_TRUE(has(text, " instances 0\n"));
  EXPECT_FALSE(has(text, "at a glance"));
}

TEST(FleetAsJson, HasEverything) {
  const Json report = Json::parse(fleet_to_json(sample_fleet())).at("report");

  EXPECT_EQ(report.at("made"), "2026-10-22T09:30:00.000000Z");
  const Json& shop = report.at("instances").at(1);
  EXPECT_EQ(shop.at("rpo_seconds"), 86400);
  EXPECT_EQ(shop.at("backups").size(), 22U);
  EXPECT_EQ(shop.at("backups").at(21).at("row_bytes"), 3392UL * 1024 * 1024);
  EXPECT_EQ(shop.at("drills").at(1).at("passed"), false);
  EXPECT_EQ(shop.at("drills").at(1).at("recovery_seconds"), 2000.0);
  EXPECT_EQ(shop.at("drills").at(1).at("rto_seconds"), 1800);
  EXPECT_EQ(shop.at("drills").at(2).at("databases"), Json::array({"shop"}));
  const Json& crm = report.at("instances").at(0);
  EXPECT_FALSE(crm.at("drills").at(0).contains("recovery_seconds"));
  EXPECT_EQ(crm.at("uncovered"), Json::array({"reports", "scratch"}));
  EXPECT_EQ(crm.at("gaps").at(1).at("accepted"), "it is archived");
  EXPECT_EQ(report.at("evidence").at("last").at(0).at("sha256"), std::string(64, 'd'));
}

TEST(FleetAsJson, TakesNamesThatAreNoUtf8) {
  FleetReport fleet = empty_fleet();
  fleet.instances = {{.name = "a\xFF"}};
  EXPECT_EQ(Json::parse(fleet_to_json(fleet)).at("report").at("instances").at(0).at("name"),
            "a\xEF\xBF\xBD");
}

TEST(FleetAsHtml, HasNoScriptAndNoAddress) {
  const std::string page = fleet_to_html(sample_fleet());
  EXPECT_FALSE(has(page, "<script"));
  EXPECT_FALSE(has(page, "://"));
  EXPECT_FALSE(has(page, "url("));
  EXPECT_FALSE(has(page, " src="));
  EXPECT_TRUE(has(page, "default-src &#39;none&#39;"));
}

TEST(FleetAsHtml, CanBeReadWithoutEyes) {
  const std::string page = fleet_to_html(sample_fleet());
  EXPECT_EQ(count(page, "<table>"), count(page, "<caption>"));
  EXPECT_EQ(count(page, "<svg "), 4U);
  EXPECT_EQ(count(page, "<desc "), 4U);
  EXPECT_TRUE(has(page,
                  "22 backups: 2.0 GiB of text on 2026-10-01 03:00:00 UTC, 3.3 GiB on "
                  "2026-10-22 03:00:00 UTC."));
  EXPECT_EQ(count(page, "<th>"), 0U) << "each has a scope";
}

TEST(FleetAsHtml, WorksForNothingAndForOne) {
  FleetReport fleet = empty_fleet();
  EXPECT_TRUE(has(fleet_to_html(fleet), "There are no instances."));
  fleet.instances = {{.name = "fresh"}, long_history("single", 1)};
  const std::string page = fleet_to_html(fleet);
  EXPECT_EQ(count(page, "<svg "), 2U) << "only where there is something to show";
  EXPECT_TRUE(has(page, "No backup of this instance was ever restored by a drill."));
  EXPECT_FALSE(has(page, "nan"));
  EXPECT_FALSE(has(page, "inf"));
}

TEST(FleetAsHtml, StaysReadableWithALongHistory) {
  FleetReport fleet = empty_fleet();
  fleet.made = day(501);
  fleet.instances = {long_history("old", 500)};

  const std::string page = fleet_to_html(fleet);

  EXPECT_TRUE(has(page, "and 470 older backups."));
  EXPECT_TRUE(has(page, "and 480 older drills."));
  EXPECT_EQ(count(page, "class=\"dot one\""), 2U) << "the last ones; the line says the rest";
  EXPECT_EQ(count(page, "class=\"cross\""), 100U) << "what failed is always marked";
  EXPECT_LT(page.size(), 200'000U);
}

TEST(FleetAsHtml, ShowsThreeHundredInstancesTheFleetFirst) {
  FleetReport fleet = empty_fleet();
  for (int n = 0; n < 300; ++n) {
    fleet.instances.push_back(long_history("server-" + std::to_string(n), 3));
    fleet.instances.back().findings = {{.where = "backup", .what = "is too old"}};
  }

  const std::string page = fleet_to_html(fleet);

  EXPECT_TRUE(has(page, "and 250 further faults, each in its instance&#39;s section."));
  EXPECT_EQ(count(page, "<section class=\"instance\""), 300U);
  EXPECT_LT(page.find("href=\"#instance-300\""), page.find("id=\"instance-1\""));
}

TEST(FleetAsHtml, CutsTextsThatAreAPageThemselves) {
  FleetReport fleet = sample_fleet();
  fleet.instances[0].findings[0].what = std::string(1999, 'x') + "ö" + std::string(5000, 'y');
  const std::string page = fleet_to_html(fleet);
  EXPECT_TRUE(has(page, "xö [and 5,000 bytes more]"));
  EXPECT_FALSE(has(page, "yy"));
}

TEST(FleetAsHtml, SaysWhatIsWrongWithTheEvidence) {
  FleetReport fleet = sample_fleet();
  fleet.evidence.findings = {{.where = "evidence '2026/10/x'", .what = "was altered"}};
  const std::string page = fleet_to_html(fleet);
  EXPECT_TRUE(has(page, "records of drills, 1 fault"));
  EXPECT_EQ(count(page, "was altered"), 2U) << "at the top and where the evidence is";
}

}  // namespace
}  // namespace vya
