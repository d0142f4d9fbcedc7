// The line that moves on a terminal: it keeps to the terminal's width and leaves nothing behind.
#include "tests/world/terminal.h"

#include <algorithm>
#include <sstream>

#include "tests/story/expectations.h"
#include "tests/story/slow_table.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

constexpr const char* kErased = "\r\x1b[K";

/// What was written where a line had been erased, each up to where it was erased itself or ended.
std::vector<std::string> drawn(const std::string& written) {
  std::vector<std::string> lines;
  for (std::size_t at = written.find(kErased); at != std::string::npos;) {
    const std::size_t begin = at + std::string(kErased).size();
    at = written.find(kErased, begin);
    lines.push_back(written.substr(begin, std::min(at, written.find("\r\n", begin)) - begin));
  }
  return lines;
}

/// The lines that stay on the screen.
std::vector<std::string> left_on_screen(const std::string& written) {
  std::vector<std::string> lines;
  std::istringstream text(written);
  for (std::string line; std::getline(text, line);) {
    if (line.ends_with('\r')) line.pop_back();
    const std::size_t erased = line.rfind(kErased);
    lines.push_back(
        erased == std::string::npos ? line : line.substr(erased + std::string(kErased).size()));
  }
  return lines;
}

class OnATerminal : public testing::Test {
 protected:
  void SetUp() override {
    make_slow_table(source_, "postgres", 80);
    source_.query(
        "postgres",
        "DO $$BEGIN FOR i IN 1..5 LOOP EXECUTE format('CREATE TABLE slow_%s AS TABLE slow', "
        "i); END LOOP; END$$");
    vya_.add("shop", source_);
    vya_.set_variable("TERM", "xterm");
    ASSERT_TRUE(ended_with(vya_.run({"init"}), 0));
  }

  world::Start backup() const { return vya_.command({"backup", "shop", "--jobs", "1"}); }

  world::PostgresServer source_;
  Vya vya_;
};

TEST_F(OnATerminal, ALineMovesAndLeavesOnlyWhatAPhaseCameTo) {
  world::Terminal terminal(80);
  const world::Ended ended = terminal.run(backup());

  ASSERT_EQ(ended.status, 0) << ended.output;
  const std::vector<std::string> lines = drawn(ended.output);
  EXPECT_GE(
      std::ranges::count_if(
          lines, [](const auto& line) { return line.find(" of about ") != std::string::npos; }),
      2)
      << ended.output;
  for (const std::string& line : left_on_screen(ended.output)) {
    EXPECT_EQ(line.find(" of about "), std::string::npos) << line;
    EXPECT_EQ(line.find('\x1b'), std::string::npos) << line;
  }
}

TEST_F(OnATerminal, NothingThatMovesIsLongerThanALine) {
  for (const unsigned columns : {100U, 12U}) {
    world::Terminal terminal(columns);
    const world::Ended ended = terminal.run(backup());
    ASSERT_EQ(ended.status, 0) << ended.output;
    // The last line of each phase is its result, which stays and may be long.
    const std::vector<std::string> lines = drawn(ended.output);
    const std::vector<std::string> stay = left_on_screen(ended.output);
    for (const std::string& line : lines) {
      const bool stays = std::ranges::find(stay, line) != stay.end();
      EXPECT_TRUE(stays || line.size() <= columns) << columns << ": " << line;
    }
  }
}

TEST_F(OnATerminal, TheLineFollowsTheTerminalsWidth) {
  world::Terminal terminal(100);
  std::size_t narrow_from = 0;
  const world::Ended ended = terminal.run(backup(), [&](const std::string& so_far) {
    if (narrow_from != 0 || so_far.find(" of about ") == std::string::npos) return;
    terminal.resize(25);
    narrow_from = so_far.size();
  });

  ASSERT_EQ(ended.status, 0) << ended.output;
  ASSERT_NE(narrow_from, 0U) << ended.output;
  const std::vector<std::string> lines = drawn(ended.output.substr(narrow_from));
  ASSERT_GE(lines.size(), 4U) << ended.output;
  // The first was begun before the terminal became narrow.
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].find(" %") != std::string::npos) {
      EXPECT_LE(lines[i].size(), 25U) << lines[i];
    }
  }
}

TEST_F(OnATerminal, ThatUnderstandsNothingGetsPlainLines) {
  vya_.set_variable("TERM", "dumb");
  world::Terminal terminal(80);
  const world::Ended ended = terminal.run(backup());

  ASSERT_EQ(ended.status, 0) << ended.output;
  EXPECT_EQ(ended.output.find('\x1b'), std::string::npos) << ended.output;
  for (const std::string& line : left_on_screen(ended.output))
    EXPECT_EQ(line.find('\r'), std::string::npos) << line;
}

}  // namespace
}  // namespace vya::story
