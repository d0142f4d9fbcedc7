#include "cli/status.h"

#include <gtest/gtest.h>

#include <sstream>

#include "cli/outcome.h"
#include "report/finding.h"

namespace vya {
namespace {

TEST(CombinedStatus, IsItsOwnWhenOneThingWasAskedFor) {
  for (const int status : {0, 6, 8, 11, 13}) EXPECT_EQ(combined_status({status}), status);
}

TEST(CombinedStatus, TellsOfSeveralThingsWhetherSomeOrAllFailed) {
  EXPECT_EQ(combined_status({0, 0}), 0);
  EXPECT_EQ(combined_status({0, 11, 0}), 11);
  EXPECT_EQ(combined_status({0, 6}), 1);
  EXPECT_EQ(combined_status({11, 4, 6}), 1);
  EXPECT_EQ(combined_status({4, 6}), 2);
  EXPECT_EQ(combined_status({}), 0);
}

TEST(HasOpenGap, LooksPastTheGapsThatAreAccepted) {
  Instance instance;
  instance.accept_gaps = {{"closed-database:legacy", "old"}};
  const Gap legacy{.kind = "closed-database", .what = "legacy"};
  const Gap shop{.kind = "closed-database", .what = "shop"};
  EXPECT_FALSE(has_open_gap({}, instance));
  EXPECT_FALSE(has_open_gap({legacy}, instance));
  EXPECT_TRUE(has_open_gap({legacy, shop}, instance));
}

TEST(HasFault, LooksPastNotices) {
  EXPECT_FALSE(has_fault({}));
  EXPECT_FALSE(has_fault({{.severity = Severity::kNotice}}));
  EXPECT_TRUE(has_fault({{.severity = Severity::kNotice}, {.severity = Severity::kFault}}));
}

/// Streams that a test looks at, and outcomes whose report is a number.
struct Tried {
  std::ostringstream results;
  std::ostringstream messages;
  Output output{results, messages, Format::kText};
  std::vector<std::string> called;

  std::vector<Outcome<int>> all(const std::vector<std::string>& names) {
    return do_each<int>(names, output, [this](const std::string& name) {
      called.push_back(name);
      if (name == "down") throw Error(Fault::kConnection, "cannot connect", "Start it.");
      if (name == "stop") throw Error(Fault::kInterrupted, "interrupted");
      return std::pair(7, name == "gaps" ? kStatusDoneWithGaps : kStatusDone);
    });
  }
};

TEST(DoEach, TriesAllAndTellsOfTheFailedOnesAtOnce) {
  Tried tried;
  const auto outcomes = tried.all({"a", "down", "b"});

  ASSERT_EQ(outcomes.size(), 3U);
  EXPECT_EQ(outcomes[0].report, 7);
  EXPECT_EQ(outcomes[1].report, std::nullopt);
  EXPECT_EQ(outcomes[1].status, 6);
  EXPECT_EQ(outcomes[2].report, 7);
  EXPECT_EQ(status_of_all(outcomes), 1);
  EXPECT_EQ(tried.messages.str(), "vya: down: cannot connect\nhint: Start it.\n");
}

TEST(DoEach, LetsTheErrorOfASingleThingPass) {
  Tried tried;
  EXPECT_THROW(tried.all({"down"}), Error);
  EXPECT_EQ(tried.messages.str(), "");
}

TEST(DoEach, StopsWhenItIsInterruptedAndKeepsWhatIsDone) {
  Tried tried;
  const auto outcomes = tried.all({"a", "stop", "b"});

  EXPECT_EQ(tried.called, (std::vector<std::string>{"a", "stop"}));
  EXPECT_EQ(outcomes[0].report, 7);
  EXPECT_EQ(status_of_all(outcomes), 130);
}

TEST(DoEach, KeepsTheStatusOfWhatIsDoneWithGaps) {
  Tried tried;
  EXPECT_EQ(status_of_all(tried.all({"a", "gaps"})), 11);
}

}  // namespace
}  // namespace vya
