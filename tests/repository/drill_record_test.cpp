#include "repository/drill_record.h"

#include <gtest/gtest.h>

#include "tests/repository/samples.h"

namespace vya {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

DrillRecord sample_record() {
  return {.name = "2026/11/20261122T040000Z-7f3a",
          .tool = "vya 0.1.0",
          .repository = std::string(32, 'a'),
          .started = parse_time("2026-11-22T03:59:00.500000Z"),
          .finished = parse_time("2026-11-22T04:00:00Z"),
          .backup = {"shop", "20261122T030000Z-0b6b"},
          .manifest_sha256 = std::string(64, '1'),
          .snapshot = parse_time("2026-11-22T03:00:01Z"),
          .backup_finished = parse_time("2026-11-22T03:10:00Z"),
          .source = "PostgreSQL 15.18",
          .databases = {"shop", "crm*"},
          .server = "PostgreSQL 17.2, started for the drill",
          .checks = {{"rows", DrillCheck::Result::kPassed, "12 tables"},
                     {"catalog", DrillCheck::Result::kFailed, "1 difference"},
                     {"storage", DrillCheck::Result::kSkipped, ""}},
          .phases = {{"rows", microseconds(1500)}},
          .rows = 7,
          .row_bytes = 70,
          .recovery = microseconds(123456),
          .rto = seconds(60),
          .rpo = seconds(3600),
          .findings = {{true, "role \"app\"", "is missing", "make it"}, {false, "a", "b", ""}},
          .previous = {{"2026/10/20261022T040000Z-0000", std::string(64, '2')}}};
}

TEST(DrillRecord, ComesBackWithEveryField) {
  const DrillRecord record = sample_record();

  EXPECT_EQ(parse_drill_record(to_json_text(record), "r"), record);
}

TEST(DrillRecord, NeedNotHaveWhatWasNotReached) {
  DrillRecord record = sample_record();
  record.recovery.reset();
  record.rto.reset();
  record.rpo.reset();
  record.server.clear();

  EXPECT_EQ(parse_drill_record(to_json_text(record), "r"), record);
}

TEST(DrillRecord, PassedWhenAllThatWasLookedAtIsFine) {
  DrillRecord record = sample_record();
  EXPECT_FALSE(record.passed()) << "a failed check and a fault";
  record.checks[1].result = DrillCheck::Result::kPassed;
  EXPECT_FALSE(record.passed()) << "a fault";
  record.findings.erase(record.findings.begin());
  EXPECT_TRUE(record.passed()) << "a notice and a skipped check are none";
  record.checks.clear();
  EXPECT_FALSE(record.passed()) << "nothing was looked at";
}

TEST(DrillRecord, IsRefusedWhenItIsNone) {
  const auto complaint = [](const std::string& part, const std::string& by) {
    std::string text = to_json_text(sample_record());
    const std::size_t at = text.find(part);
    EXPECT_NE(at, std::string::npos) << part;
    text.replace(at, part.size(), by);
    return error_of([&] { parse_drill_record(text, "x"); }).message();
  };
  EXPECT_EQ(complaint("\"drill\"", "\"party\""),
            "cannot read evidence 'x': key 'kind' is not known");
  EXPECT_EQ(complaint("\"shop\"", "\"../shop\""),
            "cannot read evidence 'x': key 'instance' is no name of an instance");
  EXPECT_EQ(complaint("20261122T030000Z-0b6b", "today"),
            "cannot read evidence 'x': key 'epoch' is no epoch");
  EXPECT_EQ(complaint("\"passed\"", "\"perhaps\""),
            "cannot read evidence 'x': key 'checks[0].result' is not known");
  EXPECT_EQ(complaint("\"notice\"", "\"mild\""),
            "cannot read evidence 'x': key 'findings[1].severity' is not known");
  EXPECT_EQ(complaint("2026/10/", "../../"),
            "cannot read evidence 'x': key 'previous[0].record' names no record");
  EXPECT_NE(complaint("\"format\": 1", "\"format\": 2").find("it has format 2"), std::string::npos);
}

TEST(EvidenceName, IsATimeInFoldersOfItsMonth) {
  const std::string name = evidence_name(parse_time("2026-11-22T04:00:00Z"), "7f3a");

  EXPECT_EQ(name, "2026/11/20261122T040000Z-7f3a");
  EXPECT_TRUE(is_evidence_name(name));
  for (const char* other : {"", "2026/11/", "2026/11/x", "2026/1/20261122T040000Z-7f3a",
                            "../11/20261122T040000Z-7f3a", "20261122T040000Z-7f3a"})
    EXPECT_FALSE(is_evidence_name(other)) << other;
}

}  // namespace
}  // namespace vya
