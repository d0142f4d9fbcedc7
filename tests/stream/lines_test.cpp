#include "stream/lines.h"

#include <gtest/gtest.h>

#include "tests/stream/stages.h"

namespace vya {
namespace {

using namespace testing;

std::vector<std::string> lines_of(Source& from) {
  LineReader reader(from);
  std::vector<std::string> lines;
  while (auto line = reader.next()) lines.push_back(*line);
  EXPECT_EQ(reader.next(), std::nullopt);
  return lines;
}

std::vector<std::string> lines_of(std::string_view text) {
  TextSource from(text);
  return lines_of(from);
}

TEST(LineReader, FindsTheLines) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(lines_of(""), Lines{});
  EXPECT_EQ(lines_of("x"), Lines{"x"});
  EXPECT_EQ(lines_of("\n"), Lines{""});
  EXPECT_EQ(lines_of("a\n\nb\n"), (Lines{"a", "", "b"}));
  EXPECT_EQ(lines_of("a\nno end"), (Lines{"a", "no end"}));
}

TEST(LineReader, FindsTheSameLinesHoweverTheSourceGivesThem) {
  const std::string text = std::string(200'000, 'x') + "\n" + sample_text(200'000);
  const auto whole = lines_of(text);

  PieceSource pieces(text, 7);
  EXPECT_EQ(lines_of(pieces), whole);
  EXPECT_EQ(whole.front().size(), 200'000u);
}

TEST(LineReader, PassesOnWhatTheSourceThrows) {
  PieceSource from("a\nb", 10, PieceSource::End::kThrows);
  LineReader reader(from);

  EXPECT_EQ(reader.next(), "a");
  EXPECT_THROW(reader.next(), Broken);
}

TEST(Copy, MovesEverythingAndLeavesTheSinkOpen) {
  const std::string text = sample_text(300'000);
  PieceSource from(text, 1001);
  TextSink to;

  EXPECT_EQ(copy(from, to), 300'000u);
  EXPECT_EQ(to.text(), text);
  EXPECT_FALSE(to.finished());
}

TEST(Copy, PassesOnWhatTheSinkThrows) {
  TextSource from("text");
  BreakingSink broken(2);

  EXPECT_THROW(copy(from, broken), Broken);
}

TEST(TextSource, GivesItsTextAndThenNothingEverAfter) {
  TextSource source("abc");
  std::byte buffer[2];

  EXPECT_EQ(source.read(buffer), 2u);
  EXPECT_EQ(source.read(buffer), 1u);
  EXPECT_EQ(source.read(buffer), 0u);
  EXPECT_EQ(source.read(buffer), 0u);
}

}  // namespace
}  // namespace vya
