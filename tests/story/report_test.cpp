// vya report: what was backed up and drilled is what the report says, in each of its forms.
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/file.h"
#include "report/text.h"
#include "tests/story/expectations.h"
#include "tests/story/shop.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

using nlohmann::json;

class Reports : public testing::Test {
 protected:
  Reports() {
    make_shop(source_);
    vya_.set_variable("TMPDIR", place_.path());
    std::filesystem::permissions(place_.path(), std::filesystem::perms::all);
    configure("rpo: 24h, rto: 30m");
    if (vya_.run({"init"}).status != 0) throw Error(Fault::kInternal, "cannot make the repository");
  }

  void configure(const std::string& more) { vya_.add("shop", source_, more); }

  json report(std::vector<std::string> arguments = {}) const {
    arguments.insert(arguments.begin(), {"report", "--json"});
    const world::Ended ended = vya_.run(arguments);
    EXPECT_TRUE(ended_with(ended, 0)) << ended.errors;
    return json::parse(ended.output).at("report");
  }

  world::PostgresServer source_;
  world::Folder place_;
  Vya vya_;
};

void expect_in(const std::string& text, const std::string& words) {
  EXPECT_NE(text.find(words), std::string::npos) << words << " is not in\n" << text;
}

TEST_F(Reports, SayTheSameInEveryForm) {
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  ASSERT_TRUE(ended_with(vya_.run({"drill", "shop"}), 0));
  source_.query("shop",
                "CREATE TABLE more AS SELECT g, repeat('x', 100) FROM generate_series(1, 5000) g");
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  configure(
      "rpo: 24h, rto: 30m, drill: {checks: ["
      "{name: orders, database: shop, sql: SELECT count(*) FROM orders, expect: '7'}]}");
  ASSERT_TRUE(ended_with(vya_.run({"drill", "shop"}), 8));
  const json list = json::parse(vya_.run({"list", "--json"}).output).at("backups");

  const json shop = report().at("instances").at(0);
  const world::Ended text = vya_.run({"report"});
  const world::Ended page = vya_.run({"report", "--format", "html"});

  EXPECT_TRUE(ended_with(text, 0));
  EXPECT_TRUE(ended_with(page, 0));
  ASSERT_EQ(shop.at("backups").size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const json& backup = shop.at("backups").at(i);
    EXPECT_EQ(backup.at("backup"), list.at(i).at("name"));
    const json& sums = list.at(i).at("sums");
    EXPECT_EQ(backup.at("rows"), sums.at("rows"));
    EXPECT_EQ(backup.at("stored_bytes"), sums.at("stored_bytes"));
    const std::uint64_t rows = backup.at("rows");
    const std::uint64_t bytes = backup.at("row_bytes");
    const std::string moment = second_of(parse_time(backup.at("snapshot").get<std::string>()));
    for (const std::string& written : {text.output, page.output}) expect_in(written, grouped(rows));
    expect_in(page.output, moment + ": " + human_bytes(bytes) + " of text</title>");
  }
  ASSERT_EQ(shop.at("drills").size(), 2U);
  EXPECT_EQ(shop.at("drills").at(0).at("passed"), true);
  EXPECT_EQ(shop.at("drills").at(1).at("passed"), false);
  EXPECT_EQ(shop.at("drills").at(1).at("rto_seconds"), 1800);
  EXPECT_EQ(shop.at("drills").at(1).at("backup"), shop.at("backups").at(1).at("backup"));
  for (const std::string& written : {text.output, page.output}) {
    expect_in(written, shop.at("drills").at(0).at("record"));
    expect_in(written, "gave 40000, expected 7");
    expect_in(written, "failed its last drill");
    expect_in(written, "ATTENTION");
  }
}

TEST_F(Reports, NameWhatNobodyBacksUpAndWhatNobodyConfigures) {
  source_.query("postgres", "CREATE DATABASE crm");
  configure("exclude: [crm]");
  vya_.add("old", source_);
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop", "old"}), 0));
  Vya other;
  other.add("shop", source_, "exclude: [crm]");
  std::filesystem::copy(vya_.repository(), other.repository(),
                        std::filesystem::copy_options::recursive);

  const json instances =
      json::parse(other.run({"report", "--json"}).output).at("report").at("instances");

  EXPECT_EQ(instances.at(0).at("name"), "shop");
  EXPECT_EQ(instances.at(0).at("uncovered"), json::array({"crm"}));
  EXPECT_EQ(instances.at(1).at("name"), "old");
  EXPECT_EQ(instances.at(1).at("configured"), false);
  EXPECT_EQ(instances.at(1).at("backups").size(), 1U);
  EXPECT_TRUE(ended_with(other.run({"report", "old"}), 0));
  EXPECT_TRUE(ended_with(other.run({"report", "shpo"}), 7, {"'shop'"}));
}

TEST_F(Reports, TellOfADamagedBackupAndGoOn) {
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));
  std::ofstream(vya_.files("manifest.json").at(0), std::ios::trunc) << "{}";

  const json shop = report().at("instances").at(0);

  EXPECT_EQ(shop.at("backups").size(), 1U);
  expect_in(shop.at("findings").dump(), "cannot be read");
}

TEST_F(Reports, AreWrittenAsAWholeOrNotAtAll) {
  const world::Folder place;
  const std::filesystem::path file = place.write("report.html", "old");
  std::filesystem::permissions(file, std::filesystem::perms(0640));

  EXPECT_TRUE(ended_with(vya_.run({"report", "--output", file}), 0));
  EXPECT_TRUE(read_file(file)->starts_with("<!DOCTYPE html>")) << "as the name ends";
  EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms(0640));
  EXPECT_TRUE(ended_with(vya_.run({"report", "--output", place / "a.json"}), 0));
  EXPECT_TRUE(json::parse(*read_file(place / "a.json")).contains("report"));
  EXPECT_TRUE(ended_with(vya_.run({"report", "--output", place.path()}), 3, {"it is no file"}));
  EXPECT_TRUE(ended_with(vya_.run({"report", "--output", "/dev/null"}), 3, {"it is no file"}));
  EXPECT_TRUE(ended_with(vya_.run({"report", "--output", place / "no/x.html"}), 5, {"no/x.html"}));
  EXPECT_TRUE(ended_with(vya_.run({"report", "--json", "--format", "html"}), 3, {"exclude"}));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(place.path()), {}), 2)
      << "nothing half is left";
}

}  // namespace
}  // namespace vya::story
