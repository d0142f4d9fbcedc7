#include <gtest/gtest.h>

#include <thread>

#include "repository/layout.h"
#include "repository/repository.h"
#include "stream/digest.h"
#include "tests/repository/samples.h"

namespace vya {
namespace {

const BackupId kId{"shop", "20261122T030000Z-7f3a"};
const std::string kFolder = "shop/20261122T030000Z-7f3a/full/";
const std::string kGlobals = "globals.jsonl.zst";
const std::string kGlobalsText = "{\"kind\":\"role\",\"name\":\"app\"}\n";
const std::string kRows = "db/1/rows/000001/000000.zst";

/// A repository with one backup in it.
class BackupTest : public testing::Test {
 protected:
  BackupTest() : repository_(made(store_)), manifest_(publish_sample(repository_, kId)) {}

  static Store& made(Store& store) {
    Repository::create(store, now());
    return store;
  }

  FileRecord record() const { return manifest_.files.at(0); }

  /// What look_at and read say of the globals after they were changed.
  void expect_found(const std::function<std::optional<std::string>(const std::string&)>& change,
                    const std::string& looked, const std::string& read) {
    MemoryStore tampered;
    copy_changed(store_, tampered, kFolder + kGlobals, change);
    const Backup backup(tampered, manifest_);

    EXPECT_EQ(backup.look_at(record()), looked);
    const Error error = error_of([&] { read_text(*backup.read(kGlobals)); });
    EXPECT_EQ(error.fault(), Fault::kCheckFailed);
    EXPECT_TRUE(has_part(error.message(), "'" + kFolder + kGlobals + "'"));
    EXPECT_TRUE(has_part(error.message(), read));
  }

  MemoryStore store_;
  Repository repository_;
  Manifest manifest_;
};

TEST_F(BackupTest, GivesBackWhatWasWritten) {
  const Backup backup = repository_.open({.instance = "shop"});

  EXPECT_EQ(read_text(*backup.read(kGlobals)), kGlobalsText);
  EXPECT_EQ(read_text(*backup.read_rows(kRows)), "1\tone\n2\ttwo\n");
  EXPECT_EQ(backup.look_at(record()), std::nullopt);
}

TEST_F(BackupTest, StaysAtItsEnd) {
  const auto source = Backup(store_, manifest_).read(kGlobals);
  read_text(*source);

  std::array<std::byte, 8> buffer;
  EXPECT_EQ(source->read(buffer), 0u);
  EXPECT_EQ(source->read(buffer), 0u);
}

TEST_F(BackupTest, HasTheFilesOfItsManifest) {
  const Backup backup(store_, manifest_);

  EXPECT_TRUE(backup.has(kGlobals));
  EXPECT_FALSE(backup.has(kRows)) << "rows are the inventory's";
  EXPECT_EQ(error_of([&] { backup.read(kRows); }).fault(), Fault::kNotFound);
}

TEST_F(BackupTest, RecordsWhatIsStored) {
  const std::string stored = text_of(store_, kFolder + kGlobals);

  EXPECT_EQ(record(),
            (FileRecord{
                .path = kGlobals, .size = stored.size(), .sha256 = sha256_hex(as_bytes(stored))}));
}

TEST_F(BackupTest, FindsEveryFlippedBit) {
  const std::string stored = text_of(store_, kFolder + kGlobals);
  for (std::size_t at = 0; at < stored.size(); ++at) {
    expect_found(
        [&](std::string text) {
          text[at] = static_cast<char>(text[at] ^ 0x10);
          return text;
        },
        "has other content", "cannot trust");
  }
}

TEST_F(BackupTest, FindsATruncatedFile) {
  const std::size_t size = text_of(store_, kFolder + kGlobals).size();
  expect_found([](const std::string& text) { return text.substr(0, 12); },
               "is 12 bytes long instead of " + std::to_string(size), "is damaged");
  expect_found([](const std::string&) { return ""; },
               "is 0 bytes long instead of " + std::to_string(size), "is damaged");
}

TEST_F(BackupTest, FindsALongerFile) {
  const std::size_t size = text_of(store_, kFolder + kGlobals).size();
  expect_found([](const std::string& text) { return text + "x"; },
               "is " + std::to_string(size + 1) + " bytes long instead of " + std::to_string(size),
               "is damaged");
}

TEST_F(BackupTest, FindsAMissingFile) {
  expect_found([](const std::string&) { return std::nullopt; }, "is missing", "is missing");
}

TEST_F(BackupTest, FindsAFileReplacedByAnotherOfTheSameBackup) {
  const std::string rows = text_of(store_, kFolder + kRows);
  expect_found([&](const std::string&) { return std::optional(rows); },
               "is " + std::to_string(rows.size()) + " bytes long instead of " +
                   std::to_string(record().size),
               "bytes long instead of");
}

TEST_F(BackupTest, FindsAFileReplacedByAGoodOneOfTheSameSize) {
  const BackupId other{"shop", "20261123T030000Z-0000"};
  const auto draft = repository_.draft(other);
  const auto file = draft->create(kGlobals, 3);
  file->write(as_bytes("{\"kind\":\"role\",\"name\":\"bad\"}\n"));
  file->finish();
  draft->publish(sample_manifest(), {file->record()});
  const std::string replaced = text_of(store_, layout::full_folder(other) + "/" + kGlobals);
  ASSERT_EQ(replaced.size(), record().size);

  expect_found([&](const std::string&) { return std::optional(replaced); }, "has other content",
               "has other content");
}

TEST_F(BackupTest, NamesDamagedRows) {
  MemoryStore tampered;
  copy_changed(store_, tampered, kFolder + kRows,
               [](const std::string& text) { return text.substr(0, text.size() - 1); });
  const Backup backup(tampered, manifest_);

  const Error error = error_of([&] { read_text(*backup.read_rows(kRows)); });

  EXPECT_EQ(error.fault(), Fault::kCheckFailed);
  EXPECT_TRUE(has_part(error.message(), "'" + kFolder + kRows + "'"));
}

TEST_F(BackupTest, NamesMissingRows) {
  const Backup backup(store_, manifest_);

  const Error error = error_of([&] { backup.read_rows("db/1/rows/000009/000000.zst"); });

  EXPECT_EQ(error.fault(), Fault::kCheckFailed);
  EXPECT_TRUE(has_part(error.message(), "000009/000000.zst': it is missing"));
}

TEST_F(BackupTest, IsNotThereWhenItsDraftWasAbandoned) {
  const BackupId later{"shop", "20261123T030000Z-0000"};
  {
    const auto draft = repository_.draft(later);
    const auto file = draft->create(kGlobals, 3);
    file->write(as_bytes(kGlobalsText));
    file->finish();
  }

  EXPECT_EQ(repository_.ids("shop"), std::vector<BackupId>{kId});
  EXPECT_EQ(repository_.open({.instance = "shop"}).manifest().id, kId);
}

TEST_F(BackupTest, HasAManifestThatNamesWhereItBelongs) {
  EXPECT_EQ(manifest_.id, kId);
  EXPECT_EQ(manifest_.repository, repository_.id());
  EXPECT_EQ(manifest_.tool, "vya 0.1.0");
  EXPECT_EQ(parse_manifest(text_of(store_, kFolder + "manifest.json"), "m"), manifest_);
}

TEST_F(BackupTest, HasItsFilesSortedByPath) {
  const auto draft = repository_.draft({"shop", "20261123T030000Z-0000"});
  const FileRecord b{"b.zst", 1, std::string(64, '0')};
  const FileRecord a{"a.zst", 2, std::string(64, '1')};

  const Manifest manifest = draft->publish(sample_manifest(), {b, a});

  EXPECT_EQ(manifest.files, (std::vector<FileRecord>{a, b}));
}

TEST_F(BackupTest, IsWrittenBySeveralThreads) {
  const auto draft = repository_.draft({"shop", "20261123T030000Z-0000"});
  std::array<FileRecord, 4> records;
  {
    std::array<std::jthread, 4> threads;
    for (std::size_t i = 0; i < threads.size(); ++i) {
      threads[i] = std::jthread([&, i] {
        const auto file = draft->create("db/" + std::to_string(i) + "/catalog.jsonl.zst", 1);
        for (int line = 0; line < 1000; ++line) file->write(as_bytes(std::to_string(i) + "\n"));
        file->finish();
        EXPECT_EQ(file->content_bytes(), 2000u);
        records[i] = file->record();
      });
    }
  }
  const Manifest manifest = draft->publish(sample_manifest(), {records.begin(), records.end()});

  const Backup backup(store_, manifest);
  for (const FileRecord& file : manifest.files) EXPECT_EQ(backup.look_at(file), std::nullopt);
  EXPECT_EQ(read_text(*backup.read("db/3/catalog.jsonl.zst")).size(), 2000u);
}

}  // namespace
}  // namespace vya
