// The log is one for the whole process: what must begin without one, or writes to standard error,
// runs in a child process of its own.
#include "base/log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <concepts>
#include <cstdlib>
#include <sstream>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/secret.h"
#include "tests/world/folder.h"

namespace vya {
namespace {

using world::Folder;

using Field = std::pair<std::string_view, std::string>;
static_assert(!std::constructible_from<Field, std::string_view, Secret>,
              "a secret must not become a field");

class LogTest : public testing::Test {
 protected:
  /// Starts the log anew, in the file of this test.
  void start(LogLevel least) { log_to(path(), least); }
  std::string path() const { return folder_ / "log"; }

  std::vector<std::string> lines() const {
    std::istringstream text(read_file(path()).value_or(""));
    std::vector<std::string> all;
    for (std::string line; std::getline(text, line);) all.push_back(line);
    return all;
  }

  /// A line without its time.
  std::string event(std::size_t number) const { return lines().at(number).substr(25); }

  Folder folder_;
};

TEST_F(LogTest, HasOneLineForAnEventWithItsFieldsInOrder) {
  start(LogLevel::kInfo);
  log_event(LogLevel::kInfo, "object stored", {{"path", "db/1"}, {"bytes", "12"}});
  log_event(LogLevel::kWarning, "failed");

  ASSERT_EQ(lines().size(), 2u);
  EXPECT_EQ(event(0), "info object stored path=\"db/1\" bytes=\"12\"");
  EXPECT_EQ(event(1), "warning failed");
}

TEST_F(LogTest, KeepsAFieldOnTheLineAndWithinItsQuotes) {
  start(LogLevel::kInfo);
  log_event(LogLevel::kInfo, "x", {{"text", "a\n\"b\" \\c\r\x1b"}});

  ASSERT_EQ(lines().size(), 1u);
  EXPECT_EQ(event(0), R"(info x text="a\n\"b\" \\c\x0d\x1b")");
}

TEST_F(LogTest, TakesBracesAndPercentSignsAsTheyAre) {
  start(LogLevel::kInfo);
  log_event(LogLevel::kInfo, "{} %v", {{"text", "{0:x} %l %%"}});

  EXPECT_EQ(event(0), "info {} %v text=\"{0:x} %l %%\"");
}

std::string with_digits_as_zeros(std::string text) {
  std::ranges::replace_if(text, [](unsigned char c) { return std::isdigit(c); }, '0');
  return text;
}

TEST_F(LogTest, BeginsALineWithTheTimeInUtc) {
  ASSERT_EQ(setenv("TZ", "Asia/Kathmandu", 1), 0);
  tzset();
  start(LogLevel::kInfo);
  log_event(LogLevel::kInfo, "x");
  unsetenv("TZ");
  tzset();

  const std::string line = lines().at(0);
  EXPECT_EQ(with_digits_as_zeros(line), "0000-00-00T00:00:00.000Z info x");
  const Time logged = parse_time(line.substr(0, 23) + "000Z");
  EXPECT_LT(std::chrono::abs(now() - logged), std::chrono::minutes(1)) << line;
}

TEST_F(LogTest, LeavesOutWhatIsLessThanAskedFor) {
  start(LogLevel::kInfo);
  log_event(LogLevel::kDebug, "details");
  start(LogLevel::kWarning);
  log_event(LogLevel::kInfo, "news");
  start(LogLevel::kDebug);
  log_event(LogLevel::kDebug, "all");
  start(LogLevel::kDebug);  // a debug event may be kept back; the next log writes it out

  ASSERT_EQ(lines().size(), 1u);
  EXPECT_EQ(event(0), "debug all");
}

TEST_F(LogTest, AppendsToWhatIsThere) {
  folder_.write("log", "an older line\n");
  start(LogLevel::kInfo);
  log_event(LogLevel::kInfo, "newer");

  ASSERT_EQ(lines().size(), 2u);
  EXPECT_EQ(lines()[0], "an older line");
}

TEST_F(LogTest, GetsWholeLinesFromManyThreads) {
  start(LogLevel::kInfo);
  const std::string value(200, 'v');
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int k = 0; k < 500; ++k) log_event(LogLevel::kInfo, "x", {{"value", value}});
      });
    }
  }

  ASSERT_EQ(lines().size(), 2000u);
  for (const std::string& line : lines())
    ASSERT_EQ(line.substr(25), "info x value=\"" + value + "\"");
}

TEST_F(LogTest, SaysWhichFileCannotBeOpened) {
  try {
    log_to(folder_.path(), LogLevel::kInfo);
    FAIL() << "a folder was taken for a log";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kUsage);
    EXPECT_EQ(error.message().find("cannot open the log '" + folder_.path().string() + "': "), 0u)
        << error.message();
  }
}

/// The child runs the whole test anew and ends at once, so there is nothing here that must be
/// cleaned up.
class LogOfAChild : public testing::Test {
 protected:
  LogOfAChild() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
  ~LogOfAChild() override { GTEST_FLAG_SET(death_test_style, "fast"); }
};

TEST_F(LogOfAChild, IsNowhereUntilAPlaceIsNamed) {
  EXPECT_EXIT(
      {
        log_event(LogLevel::kWarning, "to nobody");
        std::_Exit(0);
      },
      testing::ExitedWithCode(0), "^$");
}

TEST_F(LogOfAChild, GoesToStandardErrorForADash) {
  EXPECT_EXIT(
      {
        log_to("-", LogLevel::kInfo);
        log_event(LogLevel::kInfo, "seen", {{"by", "everyone"}});
        std::_Exit(0);
      },
      testing::ExitedWithCode(0), "Z info seen by=\"everyone\"");
}

}  // namespace
}  // namespace vya
