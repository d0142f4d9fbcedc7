// The page in a real browser: what it shows, and that it neither asks anybody nor runs anything.
#include "tests/report/browser.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "report/render.h"
#include "report/text.h"
#include "tests/report/fleet_samples.h"

namespace vya {
namespace {

class PageInABrowser : public testing::Test {
 protected:
  void SetUp() override {
    if (!Browser::is_installed())
      GTEST_SKIP() << "NOT TESTED: there is no chromium to look at the report with";
  }

  Browser browser_;
};

const char* const kGlance = "The newest backup and the last drill of each instance; times in UTC";

/// The share of the axis at which a point stands, and its form.
std::pair<std::string, double> point(const Visit& visit, const std::string& name) {
  const auto found = visit.measured.find(name);
  if (found == visit.measured.end()) {
    ADD_FAILURE() << "there is no point '" << name << "'";
    return {};
  }
  const std::size_t space = found->second.find(' ');
  return {found->second.substr(0, space), std::stod(found->second.substr(space))};
}

TEST_F(PageInABrowser, ShowsTheValuesInItsTables) {
  const Visit visit = browser_.visit_measured(fleet_to_html(sample_fleet()));

  EXPECT_EQ(visit.table(kGlance),
            (std::vector<std::string>{
                "Instance|State|Server|Newest backup|Its age, RPO|Text of rows|Stored|Gaps|Last "
                "drill|Recovery, RTO",
                "crm-maria|ATTENTION|MariaDB 10.11.14|2026-10-19 03:00|3 d 6 h of 24 h|512 "
                "MiB|128 MiB|2|FAILED 2026-10-11 04:00|",
                "shop-pg|OK|PostgreSQL 15.18|2026-10-22 03:00|6 h 30 min of 24 h|3.3 GiB|848 "
                "MiB|0|PASSED 2026-10-22 04:00|1 min 30 s of 30 min"}));
  EXPECT_EQ(visit.table("Gaps: what the newest backup does not hold"),
            (std::vector<std::string>{
                "Kind|What|Why|What to do|Accepted",
                "closed-database|legacy|It allows no connections.|Allow them.|no",
                "closed-database|old|It allows no connections.||yes: it is archived"}));
  EXPECT_EQ(visit.table("Databases that are on a server and that no rule backs up").at(1),
            "crm-maria|2|reports, scratch");
  EXPECT_EQ(visit.console, std::vector<std::string>());
}

TEST_F(PageInABrowser, ShowsTheValuesInItsCharts) {
  const FleetReport fleet = sample_fleet();
  const Visit visit = browser_.visit_measured(fleet_to_html(fleet));

  EXPECT_EQ(visit.measured.at("instance-2-size top"), "4 GiB");
  for (const ReportedBackup& backup : fleet.instances[1].backups) {
    const std::string moment = "instance-2-size " + second_of(backup.snapshot) + ": ";
    const auto text = point(visit, moment + human_bytes(backup.row_bytes) + " of text");
    EXPECT_NEAR(text.second * 4096, static_cast<double>(backup.row_bytes) / kMebibyte, 10);
    const auto stored = point(visit, moment + human_bytes(backup.stored_bytes) + " stored");
    EXPECT_NEAR(stored.second * 4096, static_cast<double>(backup.stored_bytes) / kMebibyte, 10);
  }
  EXPECT_EQ(visit.measured.at("instance-2-size line one"), "22 corners, 0 dots beside it");
  EXPECT_EQ(visit.measured.at("instance-2-size line two"), "22 corners, 0 dots beside it");
  EXPECT_EQ(visit.measured.at("instance-2-recovery top"), "40 min");
  EXPECT_EQ(visit.measured.at("instance-2-recovery line one"), "3 corners, 0 dots beside it");
  EXPECT_NEAR(point(visit, "instance-2-recovery target").second * 2400, 1800, 6);
  const std::string drill = "instance-2-recovery 2026-10-";
  const auto passed = point(visit, drill + "22 04:00:00 UTC: PASSED, 1 min 30 s");
  EXPECT_EQ(passed.first, "dot");
  EXPECT_NEAR(passed.second * 2400, 90, 6);
  const auto failed = point(visit, drill + "08 04:00:00 UTC: FAILED, 33 min 20 s");
  EXPECT_EQ(failed.first, "cross");
  EXPECT_NEAR(failed.second * 2400, 2000, 6);
  EXPECT_EQ(point(visit, drill + "15 04:00:00 UTC: PASSED (of a part), 52 s").first, "ring");
  const auto unended =
      point(visit, "instance-1-recovery 2026-10-11 04:00:00 UTC: FAILED, the restore did not end");
  EXPECT_EQ(unended.first, "cross");
  EXPECT_NEAR(unended.second, 0, 0.001);
}

TEST_F(PageInABrowser, AsksNobodyAndHasNothingToComplainOf) {
  const Visit visit = browser_.visit(fleet_to_html(sample_fleet()));

  EXPECT_NE(visit.document.find("shop-pg"), std::string::npos);
  EXPECT_EQ(visit.console, std::vector<std::string>());
  EXPECT_EQ(visit.requests, std::vector<std::string>());
}

/// Names that would do something if they came into the page as they are; its policy is taken away,
/// so that only the escaping holds.
TEST_F(PageInABrowser, IsNotChangedByNames) {
  const std::string evil =
      "</title></style></td><script>console.error('ran')</script>\"'><img "
      "src=http://203.0.113.7/x onerror=console.error(1)>\xFF\xE2\x80\xAE&amp;";
  FleetReport fleet = sample_fleet();
  for (ReportedInstance& instance : fleet.instances) {
    instance.name += evil;
    instance.server += evil;
    instance.gaps = {{evil, evil, evil, evil, evil}};
    instance.uncovered = {evil};
    instance.findings = {{.where = evil, .what = evil, .cure = evil}};
    instance.drills[0].server = evil;
    instance.drills[0].databases = {evil};
    instance.drills.back().checks = {{evil, evil, evil}};
  }

  const Visit visit = browser_.visit_measured(fleet_to_html(fleet));

  EXPECT_EQ(visit.console, std::vector<std::string>());
  EXPECT_EQ(visit.requests, std::vector<std::string>());
  EXPECT_EQ(visit.table("Databases that are on a server and that no rule backs up").at(2),
            "shop-pg" + evil.substr(0, evil.find('\xFF')) + "\xEF\xBF\xBD[U+202E]&amp;|1|" +
                evil.substr(0, evil.find('\xFF')) + "\xEF\xBF\xBD[U+202E]&amp;");
}

/// That the tests above can fail.
TEST_F(PageInABrowser, IsFoundOutWhenItAsksOrComplains) {
  std::string page = without_policy(fleet_to_html(sample_fleet()));
  page.insert(page.find("</header>"),
              "<img src=\"http://203.0.113.7/x.png\"><script>console.error('oops')</script>");

  const Visit visit = browser_.visit(page);

  EXPECT_EQ(visit.requests, std::vector<std::string>{"http://203.0.113.7/x.png"});
  ASSERT_EQ(visit.console.size(), 1U);
  EXPECT_NE(visit.console[0].find("oops"), std::string::npos);
}

TEST_F(PageInABrowser, ForbidsWhatItDoesNotHave) {
  std::string page = fleet_to_html(sample_fleet());
  page.insert(page.find("</header>"),
              "<img src=\"http://203.0.113.7/x.png\"><script>console.error('oops')</script>");

  const Visit visit = browser_.visit(page);

  EXPECT_EQ(visit.requests, std::vector<std::string>());
  EXPECT_EQ(visit.console.size(), 2U) << "the browser says what it did not do";
}

TEST_F(PageInABrowser, IsLightOrDarkAsTheReaderLikes) {
  const std::string page = fleet_to_html(sample_fleet());

  const Visit light = browser_.visit_measured(page, {"--blink-settings=preferredColorScheme=1"});
  const Visit dark = browser_.visit_measured(page, {"--blink-settings=preferredColorScheme=0"});

  EXPECT_EQ(light.measured.at("background"), "rgb(255, 255, 255)");
  EXPECT_EQ(light.measured.at("ink"), "rgb(28, 33, 40)");
  EXPECT_EQ(dark.measured.at("background"), "rgb(20, 24, 29)");
  EXPECT_EQ(dark.measured.at("ink"), "rgb(230, 233, 237)");
}

TEST_F(PageInABrowser, FitsIntoNarrowWindows) {
  const std::string page = fleet_to_html(sample_fleet());
  for (const char* size : {"--window-size=1240,900", "--window-size=560,900"}) {
    const Visit visit = browser_.visit_measured(page, {size});
    EXPECT_EQ(visit.measured.at("too wide"), "0") << size;
    EXPECT_NE(visit.measured.at("instance-1-size size"), "0x0");
  }
}

}  // namespace
}  // namespace vya
