#include "operation/extent_reader.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/operation/handmade_backup.h"
#include "tests/repository/samples.h"
#include "tests/stream/stages.h"
#include "tests/world/forwarding_store.h"

namespace vya {
namespace {

const std::string kObject = "db/1/rows/000001/000000.zst";
const std::string kOther = "db/1/bundles/000000.zst";

/// Another store, whose objects' reads are counted.
class CountingStore final : public ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  int reads() const { return reads_; }

  std::unique_ptr<Source> read(const std::string& name) const override {
    ++reads_;
    return store_.read(name);
  }

 private:
  mutable int reads_ = 0;
};

std::string copied(ExtentReader& reader, const Extent& extent) {
  TextSink text;
  reader.copy(extent, text);
  EXPECT_FALSE(text.finished());
  return text.text();
}

std::string copied(const Backup& backup, const Extent& extent) {
  ExtentReader reader(backup);
  return copied(reader, extent);
}

TEST(ExtentReader, CopiesPiecesOfAnObject) {
  HandmadeBackup made;
  made.store(kObject, "one\ntwo\nthree\n");
  const Backup backup = made.publish();
  ExtentReader reader(backup);

  EXPECT_EQ(copied(reader, {kObject, 0, 4}), "one\n");
  EXPECT_EQ(copied(reader, {kObject, 4, 4}), "two\n");
  EXPECT_EQ(copied(reader, {kObject, 8, 6}), "three\n");
}

TEST(ExtentReader, CopiesWhateverTheOrderAndHoweverOften) {
  HandmadeBackup made;
  made.store(kObject, "one\ntwo\nthree\n");
  made.store(kOther, "odd\nother\n");
  const Backup backup = made.publish();
  ExtentReader reader(backup);

  EXPECT_EQ(copied(reader, {kObject, 8, 6}), "three\n");
  EXPECT_EQ(copied(reader, {kObject, 0, 4}), "one\n");
  EXPECT_EQ(copied(reader, {kOther, 4, 6}), "other\n");
  EXPECT_EQ(copied(reader, {kObject, 4, 10}), "two\nthree\n");
  EXPECT_EQ(copied(reader, {kObject, 4, 10}), "two\nthree\n");
}

TEST(ExtentReader, CopiesNothingForAnEmptyExtent) {
  HandmadeBackup made;
  made.store(kObject, "one\n");
  made.store(kOther, "");
  const Backup backup = made.publish();

  EXPECT_EQ(copied(backup, {kObject, 4, 0}), "");
  EXPECT_EQ(copied(backup, {kOther, 0, 0}), "");
}

TEST(ExtentReader, ReadsAnObjectOnceForAllExtentsInTheirOrder) {
  HandmadeBackup made;
  made.store(kObject, testing::sample_text(1000));
  CountingStore store(made.memory());
  const Backup backup(store, made.publish().manifest());
  ExtentReader reader(backup);

  for (std::uint64_t at = 0; at < 1000; at += 20) copied(reader, {kObject, at, 10});
  EXPECT_EQ(store.reads(), 1);
  copied(reader, {kObject, 0, 10});
  EXPECT_EQ(store.reads(), 2);
}

TEST(ExtentReader, CopiesAnyExtentsOfLargeObjects) {
  const std::string text = testing::sample_text(3'000'000);
  HandmadeBackup made;
  made.store(kObject, text);
  const Backup backup = made.publish();
  ExtentReader reader(backup);
  std::mt19937 random(5);
  for (int i = 0; i < 60; ++i) {
    const std::uint64_t offset = random() % text.size();
    const std::uint64_t bytes = random() % (text.size() - offset + 1);
    ASSERT_TRUE(copied(reader, {kObject, offset, bytes}) == text.substr(offset, bytes))
        << bytes << " bytes at " << offset;
  }
  EXPECT_TRUE(copied(reader, {kObject, 0, text.size()}) == text);
}

Error complaint_about(const Backup& backup, const Extent& extent) {
  return error_of([&] { copied(backup, extent); });
}

TEST(ExtentReader, NamesAnObjectThatIsShorterThanTheExtent) {
  HandmadeBackup made;
  made.store(kObject, "one\ntwo\n");
  const Backup backup = made.publish();
  constexpr std::uint64_t kMost = UINT64_MAX;

  for (const Extent& extent :
       {Extent{kObject, 4, 5}, Extent{kObject, 8, 1}, Extent{kObject, 9, 0}, Extent{kObject, 9, 4},
        Extent{kObject, kMost, 0}, Extent{kObject, 0, kMost}, Extent{kObject, 4, kMost},
        Extent{kObject, kMost, kMost}}) {
    const Error error = complaint_about(backup, extent);
    EXPECT_EQ(error.fault(), Fault::kCheckFailed) << extent.bytes << " at " << extent.offset;
    EXPECT_EQ(error.message(), "cannot read rows: object '" + kObject + "' ends before they do");
  }
}

TEST(ExtentReader, NamesAnObjectThatIsMissing) {
  HandmadeBackup made;
  const Backup backup = made.publish();

  const Error error = complaint_about(backup, {kObject, 0, 1});

  EXPECT_EQ(error.fault(), Fault::kCheckFailed);
  EXPECT_TRUE(has_part(error.message(), kObject + "': it is missing"));
}

/// Copies all of a text out of an object that holds other bytes than it should. Returns false when
/// that is refused as damage; the right number of bytes is given otherwise.
bool copies_all(const std::string& stored, std::size_t size) {
  HandmadeBackup made;
  made.add_stored_bytes(kObject, stored);
  const Backup backup = made.publish();
  try {
    EXPECT_EQ(copied(backup, {kObject, 0, size}).size(), size);
    return true;
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kCheckFailed);
    EXPECT_TRUE(has_part(error.message(), kObject));
    return false;
  }
}

TEST(ExtentReader, RefusesAnObjectThatIsCutWithinItsContent) {
  constexpr std::size_t kChecksum = 4;  // of the frame, behind the content
  const std::string text = testing::sample_text(500);
  const std::string whole = compressed(text);

  EXPECT_TRUE(copies_all(whole, text.size()));
  for (std::size_t size = 0; size < whole.size() - kChecksum; ++size)
    EXPECT_FALSE(copies_all(whole.substr(0, size), text.size())) << "cut to " << size << " bytes";
}

TEST(ExtentReader, RefusesAChangedObjectOrGivesAsManyBytesForTheFingerprintToJudge) {
  const std::string text = testing::sample_text(500);
  const std::string whole = compressed(text);
  std::size_t refused = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    if (!copies_all(bytes, text.size())) ++refused;
  }
  EXPECT_GT(refused, 0u);
  EXPECT_FALSE(copies_all("no zstd at all", text.size()));
}

TEST(ExtentReader, GoesOnAfterASinkThatFailed) {
  HandmadeBackup made;
  made.store(kObject, "one\ntwo\nthree\n");
  const Backup backup = made.publish();
  ExtentReader reader(backup);
  testing::BreakingSink full(2);

  EXPECT_THROW(reader.copy({kObject, 0, 4}, full), testing::Broken);

  EXPECT_EQ(copied(reader, {kObject, 4, 4}), "two\n");
  EXPECT_EQ(copied(reader, {kObject, 0, 4}), "one\n");
}

}  // namespace
}  // namespace vya
