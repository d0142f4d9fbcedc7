#include "stream/gather.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/stream/stages.h"

namespace vya {
namespace {

using namespace testing;

class WriteSizes final : public Sink {
 public:
  void write(Bytes bytes) override {
    sizes.push_back(bytes.size());
    text += as_text(bytes);
  }
  void finish() override { finished = true; }

  std::vector<std::size_t> sizes;
  std::string text;
  bool finished = false;
};

TEST(GatherSink, HandsOnNothingOfAnEmptyStream) {
  WriteSizes end;
  GatherSink sink(end, 8);

  sink.write({});
  sink.finish();

  EXPECT_TRUE(end.sizes.empty());
  EXPECT_TRUE(end.finished);
}

TEST(GatherSink, HoldsOneByteUntilTheEnd) {
  WriteSizes end;
  GatherSink sink(end, 8);

  sink.write(as_bytes("x"));
  EXPECT_TRUE(end.sizes.empty());
  sink.finish();

  EXPECT_EQ(end.text, "x");
}

TEST(GatherSink, MakesBlocksThatEndWhereAWriteEnds) {
  WriteSizes end;
  GatherSink sink(end, 8);

  for (const char* row : {"aaa", "bbb", "cc", "ddd"}) sink.write(as_bytes(row));
  sink.finish();

  EXPECT_EQ(end.sizes, (std::vector<std::size_t>{8, 3}));
  EXPECT_EQ(end.text, "aaabbbccddd");
}

TEST(GatherSink, LetsALongWritePassInOnePieceAndInOrder) {
  WriteSizes end;
  GatherSink sink(end, 8);

  for (const char* row : {"aaa", "123456789012", "b"}) sink.write(as_bytes(row));
  sink.finish();

  EXPECT_EQ(end.sizes, (std::vector<std::size_t>{3, 12, 1}));
  EXPECT_EQ(end.text, "aaa123456789012b");
}

TEST(GatherSink, KeepsTheTextOfOddWrites) {
  const std::string text = sample_text(10000);
  WriteSizes end;
  GatherSink sink(end, 100);

  write_oddly(sink, text);
  sink.finish();

  EXPECT_EQ(end.text, text);
}

TEST(GatherSink, PassesOnWhatTheNextThrows) {
  BreakingSink broken(0);
  GatherSink sink(broken, 8);
  sink.write(as_bytes("held"));

  EXPECT_THROW(sink.finish(), Broken);
}

}  // namespace
}  // namespace vya
