#include "stream/fingerprint.h"

#include <gtest/gtest.h>

#include "tests/stream/stages.h"

namespace vya {
namespace {

using namespace testing;

Fingerprint fingerprint_of(std::string_view text) {
  TextSink end;
  FingerprintSink sink(end);
  sink.write(as_bytes(text));
  sink.finish();
  return sink.fingerprint();
}

struct Vector {
  std::string_view text;
  std::uint64_t rows;
  std::uint64_t bytes;
  std::string_view sum;
};

// The table of docs/format/fingerprint.md.
constexpr Vector kVectors[] = {
    {"", 0, 0, "00000000000000000000000000000000"},
    {"\n", 1, 1, "99aa06d3014798d86001c324468d497f"},
    {"1\tabc\n", 1, 6, "4456cecab19bf65979f9470ae5f7d6ba"},
    {"1\tabc\n1\tabc\n", 2, 12, "88ad9d956337ecb2f3f28e15cbefad74"},
    {"\\N\n", 1, 3, "fc59a03cc53121d186251683adf22eb3"},
    {"\n1\tabc\n1\tabc\n\\N\n", 4, 16, "1eb144a529b0a75cda1967bdc06f25a6"},
};

TEST(Fingerprint, IsWhatItsDefinitionSays) {
  for (const Vector& vector : kVectors) {
    const Fingerprint found = fingerprint_of(vector.text);
    EXPECT_EQ(found.sum_text(), vector.sum) << vector.text;
    EXPECT_EQ(found.rows, vector.rows) << vector.text;
    EXPECT_EQ(found.bytes, vector.bytes) << vector.text;
  }
}

TEST(Fingerprint, IsTheSameInAnyOrderAndInParts) {
  Fingerprint parts = fingerprint_of("b\nc\n");
  parts += fingerprint_of("a\n");

  EXPECT_EQ(parts, fingerprint_of("a\nb\nc\n"));
  EXPECT_EQ(fingerprint_of("c\na\nb\n"), fingerprint_of("a\nb\nc\n"));
}

TEST(Fingerprint, SeesWhereRowsEnd) {
  EXPECT_NE(fingerprint_of("a\nb\n").sum, fingerprint_of("ab\n\n").sum);
}

TEST(Fingerprint, SumIsReadAsItIsWritten) {
  const Fingerprint fingerprint = fingerprint_of("1\tabc\n");

  EXPECT_EQ(parse_sum(fingerprint.sum_text()), fingerprint.sum);
}

TEST(Fingerprint, RefusesWhatIsNoSum) {
  for (const char* text :
       {"", "4456cecab19bf65979f9470ae5f7d6b", "4456cecab19bf65979f9470ae5f7d6baa",
        "4456CECAB19BF65979F9470AE5F7D6BA", "+456cecab19bf65979f9470ae5f7d6ba"}) {
    EXPECT_EQ(fault_of([&] { parse_sum(text); }), Fault::kCheckFailed) << text;
  }
}

TEST(FingerprintSink, CountsTheSameHoweverTheWritesCutTheRows) {
  const std::string text = sample_text(5000) + "\n" + std::string(3000, 'x') + "\n";
  TextSink end;
  FingerprintSink sink(end);

  write_oddly(sink, text);
  sink.finish();

  EXPECT_EQ(sink.fingerprint(), fingerprint_of(text));
  EXPECT_EQ(end.text(), text);
  EXPECT_TRUE(end.finished());
}

TEST(FingerprintSink, CountsOnlyCompleteRows) {
  TextSink end;
  FingerprintSink sink(end);

  sink.write(as_bytes("1\tabc\n2\tab"));

  EXPECT_EQ(sink.fingerprint(), fingerprint_of("1\tabc\n"));
}

TEST(FingerprintSink, RefusesARowWithoutAnEnd) {
  TextSink end;
  FingerprintSink sink(end);
  sink.write(as_bytes("a\nb"));

  EXPECT_EQ(fault_of([&] { sink.finish(); }), Fault::kInternal);
  EXPECT_FALSE(end.finished());
}

TEST(FingerprintSink, PassesOnWhatTheNextThrows) {
  BreakingSink broken(3);
  FingerprintSink sink(broken);

  EXPECT_THROW(sink.write(as_bytes("long row\n")), Broken);
}

}  // namespace
}  // namespace vya
