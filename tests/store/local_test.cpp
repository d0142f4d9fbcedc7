#include "store/local.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "tests/contract/store_contract.h"
#include "tests/store/surroundings.h"
#include "tests/world/error_of.h"

namespace vya {
namespace {

namespace fs = std::filesystem;
using testing::OrdinaryUser;
using testing::TemporaryFolder;

class LocalWorld {
 public:
  Store& store() { return store_; }

 private:
  TemporaryFolder folder_;
  LocalStore store_{folder_.path() / "store"};
};

INSTANTIATE_TYPED_TEST_SUITE_P(Local, StoreContract, LocalWorld);

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// While it lives no file can grow over `bytes`, and writing more fails with EFBIG, as a full disk
/// fails with ENOSPC.
class SmallFilesOnly {
 public:
  explicit SmallFilesOnly(rlim_t bytes) : handler_(::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~SmallFilesOnly() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }

 private:
  sighandler_t handler_;
  rlimit before_{};
};

std::size_t entries_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

TEST(LocalStore, MakesItsFolderForItsOwnerOnly) {
  const TemporaryFolder folder;
  LocalStore store(folder.path() / "store/");

  store.create("a/b")->finish();

  EXPECT_EQ(fs::status(folder.path() / "store").permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(folder.path() / "store/a").permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(folder.path() / "store/a/b").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST(LocalStore, IsThereAgainWhenOpenedAgain) {
  const TemporaryFolder folder;
  LocalStore(folder.path() / "store").create("a")->finish();

  EXPECT_TRUE(LocalStore(folder.path() / "store").stat("a"));
}

TEST(LocalStore, MakesNoFolderForWhoOnlyReads) {
  const TemporaryFolder folder;
  const LocalStore store(folder.path() / "store");

  EXPECT_EQ(store.stat("a"), std::nullopt);
  EXPECT_TRUE(store.list("").empty());
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "store"));
}

TEST(LocalStore, RefusesAFolderWithoutParent) {
  const TemporaryFolder folder;

  const Error error = error_of([&] { LocalStore(folder.path() / "no/store").create("a"); });

  EXPECT_EQ(error.fault(), Fault::kStorage);
  EXPECT_TRUE(contains(error.message(), "no/store': no such file or directory"));
  EXPECT_EQ(error.hint(), "Create its parent folder, or mount it, first.");
}

TEST(LocalStore, RefusesAFileAsItsFolder) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "file") << "text";

  LocalStore store(folder.path() / "file");

  EXPECT_EQ(error_of([&] { store.create("a"); }).fault(), Fault::kStorage);
  EXPECT_EQ(error_of([&] { store.draft("a"); }).fault(), Fault::kStorage);
}

TEST(LocalStore, LeavesNoFileOfAnAbandonedObject) {
  const TemporaryFolder folder;
  LocalStore store(folder.path());
  store.create("a/b")->write(as_bytes("text"));

  EXPECT_EQ(entries_in(folder.path() / "a"), 0u);
}

TEST(LocalStore, SaysThatAnObjectCouldNotBeWrittenAndKeepsNothingOfIt) {
  const TemporaryFolder folder;
  LocalStore store(folder.path());
  {
    const auto sink = store.create("a/b");
    const SmallFilesOnly limit(1000);

    const Error error = error_of([&] { sink->write(as_bytes(std::string(1'000'000, 'x'))); });

    EXPECT_EQ(error.fault(), Fault::kStorage);
    EXPECT_TRUE(contains(error.message(), (folder.path() / "a/.b.").string())) << error.message();
    EXPECT_TRUE(contains(error.message(), ": file too large")) << error.message();
    EXPECT_FALSE(error.hint().empty());
    EXPECT_EQ(error_of([&] { sink->finish(); }).fault(), Fault::kInternal) << "it is abandoned";
  }
  EXPECT_TRUE(store.list("").empty());
  EXPECT_EQ(entries_in(folder.path() / "a"), 0u);
}

TEST(LocalStore, SaysAtTheLatestWhenFinishingThatTheDiskIsFull) {
  const TemporaryFolder folder;
  LocalStore store(folder.path());
  const auto draft = store.draft("shop");
  const auto sink = draft->create("b");
  const SmallFilesOnly limit(3);
  sink->write(as_bytes("short"));

  EXPECT_EQ(error_of([&] { sink->finish(); }).fault(), Fault::kStorage);
}

TEST(LocalStore, SaysThatAnObjectCannotBeRead) {
  const TemporaryFolder folder;
  const OrdinaryUser user;
  LocalStore store(folder.path() / "store");
  store.create("a")->finish();
  fs::permissions(folder.path() / "store/a", fs::perms::none);

  const Error error = error_of([&] { store.read("a"); });

  EXPECT_EQ(error.fault(), Fault::kStorage);
  EXPECT_TRUE(contains(error.message(), "store/a': permission denied")) << error.message();
}

TEST(LocalStore, SaysThatAFolderCannotBeListed) {
  const TemporaryFolder folder;
  const OrdinaryUser user;
  LocalStore store(folder.path() / "store");
  store.create("a/b")->finish();
  fs::permissions(folder.path() / "store/a", fs::perms::none);

  EXPECT_EQ(error_of([&] { store.list(""); }).fault(), Fault::kStorage);
  EXPECT_EQ(error_of([&] { store.folders(""); }).fault(), Fault::kStorage);
  fs::permissions(folder.path() / "store/a", fs::perms::owner_all);
}

}  // namespace
}  // namespace vya
