#include "operation/row_writer.h"

#include <gtest/gtest.h>

#include <random>

#include "operation/extent_reader.h"
#include "store/memory.h"
#include "stream/lines.h"

namespace vya {
namespace {

class RowWriterTest : public testing::Test {
 protected:
  RowWriterTest() {
    Repository::create(store_, now());
    repository_.emplace(store_);
    draft_ = repository_->draft(new_backup_id("shop", now()));
  }

  RowWriter writer(std::uint64_t most_bytes) {
    return RowWriter(
        *draft_,
        {.most_bytes = most_bytes,
         .path =
             [](int piece) { return "db/1/rows/000001/00000" + std::to_string(piece) + ".zst"; },
         .stored = [this](const ObjectRecord& object) { objects_.push_back(object); }});
  }

  /// The text of a stored segment, read back out of the published backup.
  std::string text_of(const StoredSegment& segment) {
    if (!backup_) {
      Manifest manifest;
      draft_->publish(manifest, {});
      backup_.emplace(repository_->open({.instance = "shop"}));
    }
    ExtentReader reader(*backup_);
    TextSink text;
    for (const Extent& extent : segment.extents) reader.copy(extent, text);
    return text.text();
  }

  MemoryStore store_;
  std::optional<Repository> repository_;
  std::unique_ptr<BackupDraft> draft_;
  std::vector<ObjectRecord> objects_;
  std::optional<Backup> backup_;
};

TEST_F(RowWriterTest, CutsALongSegmentAtRowEnds) {
  RowWriter rows = writer(10);
  rows.begin({.database = 1, .table = 1}).write(as_bytes("abc\ndef\nghi\njkl\n"));
  const StoredSegment stored = rows.end();
  rows.close();

  ASSERT_EQ(stored.extents.size(), 2u);
  EXPECT_EQ(stored.extents[0].bytes, 8u);
  EXPECT_EQ(stored.fingerprint.rows, 4u);
  EXPECT_EQ(text_of(stored), "abc\ndef\nghi\njkl\n");
}

TEST_F(RowWriterTest, PutsSmallTablesIntoOneObject) {
  RowWriter rows = writer(100);
  rows.begin({.database = 1, .table = 1}).write(as_bytes("one\n"));
  const StoredSegment first = rows.end();
  rows.begin({.database = 1, .table = 2}).write(as_bytes("two\n2\n"));
  const StoredSegment second = rows.end();
  rows.close();

  EXPECT_EQ(objects_.size(), 1u);
  EXPECT_EQ(second.extents[0], (Extent{objects_[0].path, 4, 6}));
  EXPECT_EQ(text_of(first), "one\n");
  EXPECT_EQ(text_of(second), "two\n2\n");
}

TEST_F(RowWriterTest, KeepsARowThatIsLongerThanAnObjectWhole) {
  const std::string row = std::string(50, 'x') + "\n";
  RowWriter rows = writer(10);
  Sink& sink = rows.begin({.database = 1, .table = 1});
  sink.write(as_bytes("a\n"));
  sink.write(as_bytes(row.substr(0, 20)));
  sink.write(as_bytes(row.substr(20)));
  sink.write(as_bytes("b\n"));
  const StoredSegment stored = rows.end();
  rows.close();

  for (const Extent& extent : stored.extents)
    EXPECT_TRUE(extent.bytes == 51 || extent.bytes == 2) << extent.bytes;
  EXPECT_EQ(text_of(stored), "a\n" + row + "b\n");
}

TEST_F(RowWriterTest, LeavesOutWhatWasAbandoned) {
  RowWriter rows = writer(100);
  rows.begin({.database = 1, .table = 1}).write(as_bytes("half a ro"));
  rows.abandon();
  rows.begin({.database = 1, .table = 1}).write(as_bytes("whole\n"));
  const StoredSegment stored = rows.end();
  rows.close();

  EXPECT_EQ(stored.fingerprint.rows, 1u);
  EXPECT_EQ(text_of(stored), "whole\n");
}

TEST_F(RowWriterTest, StoresNothingForAnEmptyTable) {
  RowWriter rows = writer(100);
  rows.begin({.database = 1, .table = 1});
  const StoredSegment stored = rows.end();
  rows.close();

  EXPECT_TRUE(stored.extents.empty());
  EXPECT_TRUE(objects_.empty());
}

TEST_F(RowWriterTest, GivesBackEveryByteHoweverItIsWrittenAndCut) {
  std::mt19937 random(11);
  RowWriter rows = writer(64);
  std::vector<std::pair<std::string, StoredSegment>> all;
  for (int table = 1; table <= 200; ++table) {
    std::string text;
    for (auto count = random() % 12; count > 0; --count)
      text += std::string(random() % 90, 'r') + "\n";
    Sink& sink = rows.begin({.database = 1, .table = table});
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t length = std::min<std::size_t>(1 + random() % 40, text.size() - at);
      sink.write(as_bytes(text).subspan(at, length));
      at += length;
    }
    all.emplace_back(text, rows.end());
  }
  rows.close();

  for (const auto& [text, stored] : all) EXPECT_EQ(text_of(stored), text);
}

}  // namespace
}  // namespace vya
