// The chain of evidence: what was changed or taken away shows in what came after it.
#include "operation/evidence.h"

#include <gtest/gtest.h>

#include "base/clock.h"
#include "store/memory.h"

namespace vya {
namespace {

class EvidenceTest : public testing::Test {
 protected:
  EvidenceTest() { Repository::create(store_, now()); }

  DrillRecord record(int minute) const {
    DrillRecord one;
    one.backup = {"shop", "20261122T030000Z-0b6b"};
    one.manifest_sha256 = std::string(64, '1');
    one.started = one.finished = one.snapshot = one.backup_finished =
        parse_time("2026-11-22T04:00:00Z") + std::chrono::minutes(minute);
    one.checks = {{"rows", DrillCheck::Result::kPassed, ""}};
    return one;
  }

  /// A repository with the same evidence but for one record: another text, or none.
  Evidence evidence_with(const std::string& name, const std::optional<std::string>& text) const {
    MemoryStore other;
    Repository::create(other, now());
    Repository repository(other);
    const Repository ours(const_cast<MemoryStore&>(store_));
    for (const std::string& one : ours.evidence()) {
      if (one != name) {
        repository.keep_evidence(one, ours.read_evidence(one));
      } else if (text) {
        repository.keep_evidence(one, *text);
      }
    }
    return read_evidence(repository);
  }

  MemoryStore store_;
};

TEST_F(EvidenceTest, IsAChain) {
  Repository repository(store_);
  const DrillRecord first = keep_record(repository, record(0));
  const DrillRecord second = keep_record(repository, record(1));
  const DrillRecord third = keep_record(repository, record(2));

  const Evidence evidence = read_evidence(repository);

  EXPECT_EQ(evidence.records, (std::vector<DrillRecord>{first, second, third}));
  EXPECT_TRUE(evidence.findings.empty());
  EXPECT_TRUE(first.previous.empty());
  ASSERT_EQ(third.previous.size(), 1U);
  EXPECT_EQ(third.previous[0].record, second.name);
  EXPECT_EQ(third.repository, repository.id());
  ASSERT_EQ(evidence.last_ones.size(), 1U);
  EXPECT_EQ(evidence.last_ones[0].record, third.name);
}

TEST_F(EvidenceTest, ThatWasTakenAwayIsMissed) {
  Repository repository(store_);
  const DrillRecord first = keep_record(repository, record(0));
  const DrillRecord second = keep_record(repository, record(1));

  const Evidence evidence = evidence_with(first.name, std::nullopt);

  ASSERT_EQ(evidence.findings.size(), 1U);
  EXPECT_EQ(evidence.findings[0].where, "evidence '" + first.name + "'");
  EXPECT_EQ(evidence.findings[0].what, "is missing; '" + second.name + "' was written after it");
}

TEST_F(EvidenceTest, ThatWasChangedIsNamed) {
  Repository repository(store_);
  DrillRecord first = record(0);
  first.checks[0].result = DrillCheck::Result::kFailed;
  first = keep_record(repository, first);
  const DrillRecord second = keep_record(repository, record(1));
  DrillRecord better = first;
  better.checks[0].result = DrillCheck::Result::kPassed;

  const Evidence evidence = evidence_with(first.name, to_json_text(better));

  ASSERT_EQ(evidence.findings.size(), 1U);
  EXPECT_EQ(evidence.findings[0].what, "was changed; '" + second.name + "' was written after it");
}

TEST_F(EvidenceTest, UnderAnotherNameOrOfNoRecordIsNamed) {
  Repository repository(store_);
  const DrillRecord first = keep_record(repository, record(0));
  DrillRecord renamed = first;
  renamed.name = "2026/11/20261122T235959Z-0000";

  const Evidence other_name = evidence_with(first.name, to_json_text(renamed));
  const Evidence no_record = evidence_with(first.name, "{}");

  ASSERT_EQ(other_name.findings.size(), 1U);
  EXPECT_EQ(other_name.findings[0].what, "is the record '" + renamed.name + "' under another name");
  ASSERT_EQ(no_record.findings.size(), 1U);
  EXPECT_EQ(no_record.findings[0].what.substr(0, 14), "is no record: ");
}

/// Two drills at a time, on two machines: neither knows of the other, the next one names both.
TEST_F(EvidenceTest, OfDrillsAtTheSameTimeMeetsAgain) {
  Repository repository(store_);
  keep_record(repository, record(0));
  DrillRecord left = record(1);
  left.name = "2026/11/20261122T040100Z-aaaa";
  left.previous = read_evidence(repository).last_ones;
  DrillRecord right = left;
  right.name = "2026/11/20261122T040100Z-bbbb";
  repository.keep_evidence(left.name, to_json_text(left));
  repository.keep_evidence(right.name, to_json_text(right));

  const DrillRecord next = keep_record(repository, record(2));

  ASSERT_EQ(next.previous.size(), 2U);
  EXPECT_EQ(next.previous[0].record, left.name);
  EXPECT_EQ(next.previous[1].record, right.name);
  EXPECT_TRUE(read_evidence(repository).findings.empty());
}

}  // namespace
}  // namespace vya
