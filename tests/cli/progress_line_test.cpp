#include "cli/progress_line.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::uint64_t kMiB = 1 << 20;

std::string line_of(const PhaseState& state) { return progress_line("rows", state, 0); }

TEST(ProgressLine, SaysNothingOfWhatIsNotKnown) {
  EXPECT_EQ(line_of({.done = {.bytes = 3 * kMiB}}), "rows: 3.0 MiB");
  EXPECT_EQ(line_of({.done = {.bytes = 3 * kMiB}, .running = seconds(3)}),
            "rows: 3.0 MiB, 1.0 MiB/s");
}

TEST(ProgressLine, GuessesTheTimeLeftFromTheRateSoFar) {
  PhaseState state{.done = {.bytes = 10 * kMiB}, .expected = {.bytes = 100 * kMiB}};
  state.running = seconds(10);
  EXPECT_EQ(line_of(state), "rows: 10 %, 10 MiB of about 100 MiB, 1 min 30 s left, 1.0 MiB/s");

  state.running = minutes(10);
  EXPECT_EQ(line_of(state), "rows: 10 %, 10 MiB of about 100 MiB, 1 h 30 min left, 17 KiB/s");
}

TEST(ProgressLine, DoesNotGuessInTheFirstSecondNorWithoutAnyByteNorAtTheEnd) {
  const Amount all{.bytes = 100 * kMiB};
  EXPECT_EQ(
      line_of({.done = {.bytes = kMiB}, .expected = all, .running = std::chrono::milliseconds(999)})
          .find("left"),
      std::string::npos);
  EXPECT_EQ(line_of({.done = {}, .expected = all, .running = seconds(5)}).find("left"),
            std::string::npos);
  EXPECT_EQ(line_of({.done = all, .expected = all, .running = seconds(5)}).find("left"),
            std::string::npos);
}

TEST(ProgressLine, CountsTablesByThemselves) {
  EXPECT_EQ(line_of({.done = {.tables = 1200}, .expected = {.tables = 3000}}),
            "rows: 0 B, 1,200 of 3,000 tables");
  EXPECT_EQ(line_of({.done = {}, .expected = {.tables = 1}}), "rows: 0 B, 0 of 1 table");
}

TEST(ProgressLine, LeavesOutFromTheEndWhatDoesNotFit) {
  const PhaseState state{.done = {.bytes = kMiB, .tables = 1},
                         .expected = {.bytes = 2 * kMiB, .tables = 2},
                         .running = seconds(2),
                         .snapshot_age = minutes(2)};
  const std::string whole = line_of(state);
  EXPECT_TRUE(whole.ends_with(", 1 of 2 tables, 512 KiB/s, snapshot 2 min 00 s old")) << whole;

  EXPECT_EQ(progress_line("rows", state, whole.size()), whole);
  EXPECT_TRUE(progress_line("rows", state, whole.size() - 1).ends_with("512 KiB/s"));
  EXPECT_EQ(progress_line("rows", state, 3), "rows");
}

}  // namespace
}  // namespace vya
