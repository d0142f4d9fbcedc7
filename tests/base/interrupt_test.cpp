// Signals are process-wide, so everything here happens in child processes.
#include "base/interrupt.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include "base/error.h"

namespace vya {
namespace {

constexpr int kNotInterrupted = 77;

/// Gets the signals one after another and ends with the status of the interruption that is seen.
[[noreturn]] void get(const std::vector<int>& signals) {
  watch_for_interrupts();
  for (const int signal : signals) raise(signal);
  try {
    throw_if_interrupted();
  } catch (const Error& error) {
    std::fputs(error.what(), stderr);
    std::_Exit(error.exit_status());
  }
  std::_Exit(kNotInterrupted);
}

using testing::ExitedWithCode;
using testing::KilledBySignal;

TEST(Interrupt, IsNotSeenWithoutASignal) {
  EXPECT_EXIT(get({}), ExitedWithCode(kNotInterrupted), "^$");
}

TEST(Interrupt, IsSeenAndTheProgramGoesOn) {
  EXPECT_EXIT(get({SIGINT}), ExitedWithCode(130), "^interrupted$");
  EXPECT_EXIT(get({SIGTERM}), ExitedWithCode(143), "^terminated by a signal$");
}

TEST(Interrupt, EndsTheProgramWhenItComesASecondTime) {
  EXPECT_EXIT(get({SIGINT, SIGINT}), KilledBySignal(SIGINT), "");
  EXPECT_EXIT(get({SIGTERM, SIGTERM}), KilledBySignal(SIGTERM), "");
  EXPECT_EXIT(get({SIGINT, SIGTERM, SIGINT}), KilledBySignal(SIGINT), "");
}

TEST(Interrupt, OfTheOtherKindTakesTheFirstOnesPlace) {
  EXPECT_EXIT(get({SIGINT, SIGTERM}), ExitedWithCode(143), "");
  EXPECT_EXIT(get({SIGTERM, SIGINT}), ExitedWithCode(130), "");
}

/// Looks from several threads, several times; ends with 0 when each look saw the interruption.
[[noreturn]] void look_from_threads() {
  watch_for_interrupts();
  raise(SIGINT);
  std::atomic<int> seen = 0;
  const auto look = [&] {
    try {
      throw_if_interrupted();
    } catch (const Error&) {
      ++seen;
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int k = 0; k < 100; ++k) look();
      });
    }
  }
  std::_Exit(seen == 400 ? 0 : 1);
}

TEST(Interrupt, IsSeenAgainAndAgainByEveryThread) {
  EXPECT_EXIT(look_from_threads(), ExitedWithCode(0), "");
}

/// Writes to a pipe that nobody reads; ends with 0 when that is an error of writing.
[[noreturn]] void write_to_nobody() {
  watch_for_interrupts();
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) std::_Exit(1);
  close(ends[0]);
  std::_Exit(write(ends[1], "x", 1) == -1 && errno == EPIPE ? 0 : 1);
}

TEST(Interrupt, IsNoneWhenAReaderOfOursHasGone) {
  EXPECT_EXIT(write_to_nobody(), ExitedWithCode(0), "");
}

}  // namespace
}  // namespace vya
