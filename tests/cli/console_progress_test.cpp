#include "cli/console_progress.h"

#include <gtest/gtest.h>

#include <sstream>
#include <thread>
#include <vector>

namespace vya {
namespace {

using std::chrono::milliseconds;

/// A progress that writes to a text, and whose clock the test turns.
struct Watched {
  explicit Watched(Surface surface)
      : progress(text, surface, [this] { return time; }, [this] { return columns; }) {}

  std::string take() {
    std::string taken = text.str();
    text.str("");
    return taken;
  }

  std::chrono::steady_clock::time_point time;
  std::size_t columns = 0;
  std::ostringstream text;
  ConsoleProgress progress;
};

constexpr std::uint64_t kMiB = 1 << 20;

TEST(ConsoleProgress, WritesPhasesAndTheirResultsAsLinesOfALog) {
  Watched log(Surface::kLog);
  log.progress.phases(2);
  log.progress.begin("schema");
  log.progress.end("");
  log.progress.begin("rows");
  log.progress.end("12 tables, 1.2 GiB");

  EXPECT_EQ(log.take(), "[1/2] schema\n[2/2] rows\n[2/2] rows: 12 tables, 1.2 GiB\n");
}

/// Names are others' choice: one must not look like a line of ours, nor move the cursor.
TEST(ConsoleProgress, WritesANoticeOnOneLineWhateverIsInIt) {
  Watched log(Surface::kLog);
  log.progress.notice("waiting for 'x\n[2/2] publish\x1b[A'");

  EXPECT_EQ(log.take(), "note: waiting for 'x\\x0a[2/2] publish\\x1b[A'\n");
}

TEST(ConsoleProgress, NeverWritesALineOfALogBecauseTimePasses) {
  Watched log(Surface::kLog);
  log.progress.phases(1);
  log.progress.begin("rows");
  log.take();
  for (int i = 0; i < 100; ++i) {
    log.time += milliseconds(1000);
    log.progress.advance({.bytes = kMiB}, {.bytes = 100 * kMiB});
  }

  EXPECT_EQ(log.take(), "");
}

TEST(ConsoleProgress, WritesNoticesIntoALogAtOnce) {
  Watched log(Surface::kLog);
  log.progress.notice("ALTER TABLE waits for us");

  EXPECT_EQ(log.take(), "note: ALTER TABLE waits for us\n");
}

TEST(ConsoleProgress, RewritesOneLineOfATerminal) {
  Watched terminal(Surface::kTerminal);
  terminal.progress.phases(4);
  terminal.progress.begin("rows");
  EXPECT_EQ(terminal.take(), "\r\x1b[K[1/4] rows");

  terminal.time += milliseconds(500);
  terminal.progress.advance({.bytes = 50 * kMiB}, {.bytes = 200 * kMiB});
  EXPECT_EQ(terminal.take(), "\r\x1b[K[1/4] rows: 25 %, 50 MiB of about 200 MiB, 100 MiB/s");

  terminal.progress.end("12 tables");
  EXPECT_EQ(terminal.take(), "\r\x1b[K[1/4] rows: 12 tables\n");
}

TEST(ConsoleProgress, EndsATerminalsLineWithoutAResultToo) {
  Watched terminal(Surface::kTerminal);
  terminal.progress.phases(1);
  terminal.progress.begin("schema");
  terminal.take();
  terminal.progress.end("");

  EXPECT_EQ(terminal.take(), "\r\x1b[K[1/1] schema\n");
}

TEST(ConsoleProgress, DrawsAtMostFiveTimesASecond) {
  Watched terminal(Surface::kTerminal);
  terminal.progress.phases(1);
  terminal.progress.begin("rows");
  terminal.take();
  int drawn = 0;
  for (int i = 0; i < 1000; ++i) {
    terminal.time += milliseconds(1);
    terminal.progress.advance({.bytes = 1}, {});
    if (!terminal.take().empty()) ++drawn;
  }

  EXPECT_EQ(drawn, 5);
}

TEST(ConsoleProgress, ShowsNoShareWhenNothingIsExpectedAndNeverMoreThanAll) {
  Watched terminal(Surface::kTerminal);
  terminal.progress.phases(1);
  terminal.progress.begin("rows");
  terminal.take();
  terminal.time += milliseconds(1000);
  terminal.progress.advance({.bytes = 2 * kMiB}, {});
  EXPECT_EQ(terminal.take(), "\r\x1b[K[1/1] rows: 2.0 MiB, 2.0 MiB/s");

  terminal.time += milliseconds(1000);
  terminal.progress.advance({.bytes = 2 * kMiB}, {.bytes = kMiB});
  EXPECT_EQ(terminal.take(), "\r\x1b[K[1/1] rows: 100 %, 4.0 MiB of about 1.0 MiB, 2.0 MiB/s");
}

TEST(ConsoleProgress, ShowsTablesTimeLeftAndTheAgeOfTheSnapshot) {
  Watched terminal(Surface::kTerminal);
  terminal.progress.phases(4);
  terminal.progress.snapshot(terminal.time);
  terminal.time += milliseconds(61'000);
  terminal.progress.begin("rows");
  terminal.take();
  terminal.time += milliseconds(4000);
  terminal.progress.advance({.bytes = 50 * kMiB, .tables = 3}, {.bytes = 200 * kMiB, .tables = 12});

  EXPECT_EQ(terminal.take(),
            "\r\x1b[K[1/4] rows: 25 %, 50 MiB of about 200 MiB, 12 s left, 3 of 12 tables, "
            "12 MiB/s, snapshot 1 min 05 s old");
}

TEST(ConsoleProgress, KeepsToOneLineOfANarrowTerminal) {
  Watched terminal(Surface::kTerminal);
  terminal.columns = 45;
  terminal.progress.phases(4);
  terminal.progress.begin("rows");
  terminal.take();
  terminal.time += milliseconds(4000);
  terminal.progress.advance({.bytes = 50 * kMiB, .tables = 3}, {.bytes = 200 * kMiB, .tables = 12});

  EXPECT_EQ(terminal.take(), "\r\x1b[K[1/4] rows: 25 %, 50 MiB of about 200 MiB");
}

TEST(ConsoleProgress, KeepsALongNameOfAPhaseToOneLineToo) {
  Watched terminal(Surface::kTerminal);
  terminal.columns = 12;
  terminal.progress.phases(9);
  terminal.progress.begin("indexes and constraints");
  EXPECT_EQ(terminal.take(), "\r\x1b[K[1/9] indexe");
  terminal.time += milliseconds(4000);
  terminal.progress.advance({.bytes = kMiB}, {});
  EXPECT_EQ(terminal.take(), "\r\x1b[K[1/9] indexe");
  terminal.columns = 40;
  terminal.progress.notice("waits");
  EXPECT_EQ(terminal.take(), "\r\x1b[Knote: waits\n\r\x1b[K[1/9] indexes and constraints");
}

TEST(ConsoleProgress, PutsANoticeAboveTheMovingLine) {
  Watched terminal(Surface::kTerminal);
  terminal.progress.phases(1);
  terminal.progress.begin("rows");
  terminal.take();
  terminal.progress.notice("starting over");

  EXPECT_EQ(terminal.take(), "\r\x1b[Knote: starting over\n\r\x1b[K[1/1] rows");
}

TEST(ConsoleProgress, CountsEachPhasesBytesFromItsBeginning) {
  Watched terminal(Surface::kTerminal);
  terminal.progress.phases(2);
  terminal.progress.begin("rows");
  terminal.progress.advance({.bytes = 100 * kMiB}, {});
  terminal.progress.end("");
  terminal.progress.begin("compare");
  terminal.take();
  terminal.time += milliseconds(1000);
  terminal.progress.advance({.bytes = kMiB}, {});

  EXPECT_EQ(terminal.take(), "\r\x1b[K[2/2] compare: 1.0 MiB, 1.0 MiB/s");
}

TEST(ConsoleProgress, LeavesTheTerminalsLineWhenThePhaseFails) {
  std::ostringstream text;
  {
    ConsoleProgress progress(text, Surface::kTerminal);
    progress.phases(1);
    progress.begin("rows");
  }

  EXPECT_TRUE(text.str().ends_with("rows\n"));
}

TEST(ConsoleProgress, KeepsLinesWholeWhenSeveralThreadsWrite) {
  Watched log(Surface::kLog);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&log] {
        for (int j = 0; j < 100; ++j) {
          log.progress.advance({.bytes = 1}, {.bytes = 1});
          log.progress.notice("waits");
        }
      });
    }
  }
  std::istringstream lines(log.take());
  int whole = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line == "note: waits") ++whole;
  }

  EXPECT_EQ(whole, 400);
}

}  // namespace
}  // namespace vya
