#include "operation/verify.h"

#include <gtest/gtest.h>

#include <mutex>

#include "tests/operation/handmade_backup.h"
#include "tests/repository/samples.h"
#include "tests/world/forwarding_store.h"

namespace vya {
namespace {

const std::string kGlobals = "globals.jsonl.zst";
const std::string kObject = "db/1/rows/000001/000000.zst";

/// Keeps what an operation tells.
class KeptProgress final : public Progress {
 public:
  void notice(const std::string& sentence) override { keep("notice " + sentence); }
  void phases(int total) override { keep("phases " + std::to_string(total)); }
  void more_phases(int more) override { keep("more phases " + std::to_string(more)); }
  void begin(const std::string& phase) override { keep("begin " + phase); }
  void end(const std::string& result) override { keep("end " + result); }
  void advance(const Amount& done, const Amount& expected) override {
    const std::lock_guard lock(mutex_);
    advanced += done.bytes;
    expected_by_all.push_back(expected.bytes);
  }
  void snapshot(std::optional<Moment>) override {}

  std::vector<std::string> told;
  std::uint64_t advanced = 0;
  std::vector<std::uint64_t> expected_by_all;

 private:
  void keep(const std::string& what) {
    const std::lock_guard lock(mutex_);
    told.push_back(what);
  }

  std::mutex mutex_;
};

/// Another store, some of whose objects cannot be read.
class BrokenStore final : public ForwardingStore {
 public:
  BrokenStore(Store& store, std::string broken)
      : ForwardingStore(store), broken_(std::move(broken)) {}

  std::unique_ptr<Source> read(const std::string& name) const override {
    if (name.ends_with(broken_)) throw Error(Fault::kStorage, "cannot read '" + name + "'");
    return store_.read(name);
  }

 private:
  std::string broken_;
};

/// A backup of three files: a document, an object with rows, the inventory.
class VerifyTest : public testing::Test {
 protected:
  VerifyTest() {
    made_.add_object(kObject, "1\tone\n");
    manifest_ = made_.publish({made_.store(kGlobals, "{}\n")}).manifest();
  }

  std::string name(const std::string& path) const {
    return layout::full_folder(made_.id()) + "/" + path;
  }

  /// What is said of the backup in a store in which one of its files is changed.
  VerifyReport verify_changed(
      const std::string& path,
      const std::function<std::optional<std::string>(const std::string&)>& change) {
    MemoryStore changed;
    copy_changed(made_.memory(), changed, name(path), change);
    return verify(Backup(changed, manifest_), 2, progress_);
  }

  HandmadeBackup made_;
  Manifest manifest_;
  KeptProgress progress_;
};

std::string flipped(std::string text) {
  text[text.size() / 2] = static_cast<char>(text[text.size() / 2] ^ 1);
  return text;
}

TEST_F(VerifyTest, FindsNothingInAWholeBackup) {
  const VerifyReport report = verify(Backup(made_.memory(), manifest_), 2, progress_);

  std::uint64_t stored = 0;
  for (const char* path : {kGlobals.c_str(), kObject.c_str(), layout::kInventoryFile})
    stored += made_.memory().stat(name(path))->size;
  EXPECT_TRUE(report.findings.empty());
  EXPECT_EQ(report.id, made_.id());
  EXPECT_EQ(report.files, 3u);
  EXPECT_EQ(report.bytes, stored);
}

TEST_F(VerifyTest, TellsOfOnePhaseAndOfEveryByte) {
  const VerifyReport report = verify(Backup(made_.memory(), manifest_), 2, progress_);

  ASSERT_EQ(progress_.told.size(), 3u);
  EXPECT_EQ(progress_.told[0], "phases 1");
  EXPECT_EQ(progress_.told[1], "begin files of " + made_.id().text());
  EXPECT_TRUE(has_part(progress_.told[2], "end 3 files, "));
  EXPECT_EQ(progress_.advanced, report.bytes);
  EXPECT_EQ(progress_.expected_by_all, std::vector<std::uint64_t>(3, report.bytes));
}

TEST_F(VerifyTest, NamesTheFileAndWhatIsWrongWithIt) {
  for (const std::string& path : {kGlobals, kObject}) {
    const auto missing = verify_changed(path, [](const auto&) { return std::nullopt; });
    ASSERT_EQ(missing.findings.size(), 1u) << path;
    EXPECT_EQ(missing.findings[0].where, "file '" + path + "'");
    EXPECT_EQ(missing.findings[0].what, "is missing");
    EXPECT_FALSE(missing.findings[0].cure.empty());

    const auto longer = verify_changed(path, [](const std::string& text) { return text + "x"; });
    ASSERT_EQ(longer.findings.size(), 1u) << path;
    EXPECT_TRUE(has_part(longer.findings[0].what, "bytes long instead of"));

    const auto other = verify_changed(path, flipped);
    ASSERT_EQ(other.findings.size(), 1u) << path;
    EXPECT_EQ(other.findings[0].what, "has other content");
  }
}

TEST_F(VerifyTest, FindsEveryDamagedFileInTheOrderOfTheirNames) {
  MemoryStore first;
  MemoryStore both;
  copy_changed(made_.memory(), first, name(kGlobals), flipped);
  copy_changed(first, both, name(kObject), flipped);

  const VerifyReport report = verify(Backup(both, manifest_), 2, progress_);

  ASSERT_EQ(report.findings.size(), 2u);
  EXPECT_EQ(report.findings[0].where, "file '" + kObject + "'");
  EXPECT_EQ(report.findings[1].where, "file '" + kGlobals + "'");
  EXPECT_EQ(progress_.told.back(), "end 2 findings");
}

TEST_F(VerifyTest, TakesAnInventoryThatCannotBeUsedForAFinding) {
  const auto damaged = verify_changed(layout::kInventoryFile, flipped);
  ASSERT_EQ(damaged.findings.size(), 1u);
  EXPECT_EQ(damaged.findings[0].where, "backup '" + made_.id().text() + "'");
  EXPECT_TRUE(has_part(damaged.findings[0].what, layout::kInventoryFile));

  manifest_.sums.tables = 7;
  EXPECT_EQ(verify(Backup(made_.memory(), manifest_), 1, progress_).findings.size(), 1u);
  manifest_.files.clear();
  EXPECT_EQ(verify(Backup(made_.memory(), manifest_), 1, progress_).findings.size(), 1u);
}

TEST_F(VerifyTest, ThrowsWhenTheStorageCannotBeRead) {
  for (const std::string& path : {kObject, std::string(layout::kInventoryFile)}) {
    BrokenStore store(made_.memory(), path);

    const Error error = error_of([&] { verify(Backup(store, manifest_), 2, progress_); });

    EXPECT_EQ(error.fault(), Fault::kStorage);
  }
}

}  // namespace
}  // namespace vya
