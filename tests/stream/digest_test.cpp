#include "stream/digest.h"

#include <gtest/gtest.h>

#include "tests/stream/stages.h"

namespace vya {
namespace {

using namespace testing;

// The examples of FIPS 180-2, appendix B.
constexpr const char* kOfNothing =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr const char* kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(sha256_hex({}), kOfNothing);
  EXPECT_EQ(sha256_hex(as_bytes("abc")), kOfAbc);
}

TEST(Sha256, TakesNothingAfterItsDigest) {
  Sha256 digest;
  digest.hex();

  EXPECT_EQ(fault_of([&] { digest.update(as_bytes("x")); }), Fault::kInternal);
  EXPECT_EQ(fault_of([&] { digest.hex(); }), Fault::kInternal);
}

TEST(DigestSink, DigestsAnEmptyStream) {
  TextSink end;
  DigestSink sink(end);

  sink.finish();

  EXPECT_EQ(sink.sha256(), kOfNothing);
  EXPECT_EQ(sink.size(), 0u);
  EXPECT_TRUE(end.finished());
}

TEST(DigestSink, DigestsAndHandsOnOddWrites) {
  const std::string text = sample_text(1000);
  TextSink end;
  DigestSink sink(end);

  write_oddly(sink, text);
  sink.finish();

  EXPECT_EQ(sink.sha256(), sha256_hex(as_bytes(text)));
  EXPECT_EQ(sink.size(), 1000u);
  EXPECT_EQ(end.text(), text);
}

TEST(DigestSink, PassesOnWhatTheNextThrows) {
  BreakingSink broken(0);
  DigestSink sink(broken);

  EXPECT_THROW(sink.write(as_bytes("x")), Broken);
  EXPECT_THROW(sink.finish(), Broken);
}

TEST(DigestSource, DigestsWhatIsReadThroughIt) {
  PieceSource from("abc", 1);
  DigestSource source(from);

  EXPECT_EQ(read_text(source), "abc");
  EXPECT_EQ(source.size(), 3u);
  EXPECT_EQ(source.sha256(), kOfAbc);
}

TEST(DigestSource, DigestsAnEmptySource) {
  TextSource from("");
  DigestSource source(from);

  EXPECT_EQ(read_text(source), "");
  EXPECT_EQ(source.sha256(), kOfNothing);
}

}  // namespace
}  // namespace vya
