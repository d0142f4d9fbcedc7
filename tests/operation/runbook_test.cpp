// What a recovery runbook says of what there is.
#include "operation/runbook.h"

#include <gtest/gtest.h>

#include "tests/repository/samples.h"

namespace vya {
namespace {

RunbookFacts facts() {
  RunbookFacts facts;
  facts.config = "/etc/vya/vya.yaml";
  facts.repository = "/backups";
  facts.now = parse_time("2026-11-22T12:00:00Z");
  facts.status.instance = "shop";
  facts.status.backup = sample_manifest();
  facts.databases = {"shop"};
  facts.example_table = "shop.public.orders";
  return facts;
}

DrillRecord drilled(const std::vector<std::string>& databases) {
  DrillRecord record;
  record.name = "2026/11/20261122T040000Z-7f3a";
  record.backup = sample_manifest().id;
  record.finished = parse_time("2026-11-22T04:00:00Z");
  record.databases = databases;
  record.rows = 12;
  record.recovery = std::chrono::seconds(41);
  record.server = "PostgreSQL 15.18";
  return record;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Runbook, SaysThatNothingWasProven) {
  const std::string text = runbook(facts());

  EXPECT_TRUE(has(text, "**none: no backup of this instance was ever proven to restore**"));
  EXPECT_TRUE(has(text, "| a restore takes | not known: nothing was measured |"));
}

TEST(Runbook, SaysOfAProofWhatItWasOf) {
  RunbookFacts whole = facts();
  whole.status.proof = drilled({});
  RunbookFacts part = facts();
  part.status.proof = drilled({"shop", "crm*"});

  EXPECT_TRUE(has(runbook(whole), "| this backup, by a drill on 2026-11-22 04:00 UTC"));
  EXPECT_TRUE(has(runbook(whole), "| about 41 s, measured with 12 rows on PostgreSQL 15.18 |"));
  EXPECT_TRUE(has(runbook(part), "| this backup, **only of the databases shop, crm***, by a "));
  EXPECT_TRUE(has(runbook(part), "measured with 12 rows, which were a part of them, on "));
}

/// Who may create a database chooses its name, and somebody pastes these lines into a shell.
TEST(Runbook, HasNoCommandThatANameMakesIntoAnother) {
  RunbookFacts odd = facts();
  odd.databases = {"it's; reboot", "a*[b]", "old=new", "x\n    reboot"};
  odd.gaps = {{.kind = "owner", .what = "y\n    reboot", .why = "of 'z\n    reboot'", .cure = ""}};

  const std::string text = runbook(odd);

  EXPECT_TRUE(has(text, "--database 'it'\\''s; reboot' --check\n")) << text;
  EXPECT_TRUE(has(text, "--database 'a\\*\\[b]' --check\n")) << text;
  EXPECT_TRUE(has(text, "--database 'old?new' --check\n")) << text;
  EXPECT_FALSE(has(text, "\n    reboot")) << text;
  EXPECT_TRUE(has(text, "And 1 others likewise.")) << text;
}

TEST(Runbook, NamesWhatIsNotInTheBackup) {
  RunbookFacts incomplete = facts();
  incomplete.status.uncovered = {"scratch"};
  incomplete.gaps = {{.kind = "privilege", .what = "RELOAD", .why = "is missing", .cure = "GRANT"}};

  const std::string text = runbook(incomplete);

  EXPECT_TRUE(has(text, "- the database `scratch`: no rule backs it up\n"));
  EXPECT_TRUE(has(text, "- `privilege:RELOAD`: is missing\n  Cure: `GRANT`\n"));
  EXPECT_FALSE(has(text, "Nothing that the server would have let us read is missing."));
  EXPECT_TRUE(has(runbook(facts()), "Nothing that the server would have let us read is missing."));
}

}  // namespace
}  // namespace vya
