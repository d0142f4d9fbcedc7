#include "store/local_draft.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "store/local.h"
#include "tests/store/surroundings.h"

namespace vya {
namespace {

namespace fs = std::filesystem;
using testing::OrdinaryUser;
using testing::TemporaryFolder;

void put(StoreDraft& draft, const std::string& name) {
  const auto sink = draft.create(name);
  sink->write(as_bytes("text"));
  sink->finish();
}

std::vector<fs::path> incoming(const fs::path& folder) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with(".incoming-")) found.push_back(entry.path());
  }
  return found;
}

/// Another process that makes a draft of `shop/epoch` with one object, and then waits to be told
/// what to do with it.
class OtherProcess {
 public:
  explicit OtherProcess(const fs::path& folder) {
    int told[2];
    int made[2];
    EXPECT_EQ(::pipe(told), 0);
    EXPECT_EQ(::pipe(made), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      LocalStore store(folder);
      const auto draft = store.draft("shop/epoch");
      put(*draft, "full/manifest");
      const auto unfinished = draft->create("full/unfinished");
      char byte = 'm';
      (void)!::write(made[1], &byte, 1);
      if (::read(told[0], &byte, 1) == 1) draft->publish();
      ::_exit(0);
    }
    told_ = Fd(told[1]);
    char byte = 0;
    EXPECT_EQ(::read(made[0], &byte, 1), 1);
    for (const int end : {told[0], made[0], made[1]}) ::close(end);
  }
  ~OtherProcess() { kill(); }

  void publish() {
    EXPECT_EQ(::write(told_.get(), "p", 1), 1);
    wait();
  }
  void kill() {
    if (pid_ < 0) return;
    ::kill(pid_, SIGKILL);
    wait();
  }

 private:
  void wait() {
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }

  pid_t pid_ = -1;
  Fd told_;
};

TEST(LocalDraft, RemovesItsFolderWhenAbandoned) {
  const TemporaryFolder folder;
  LocalStore store(folder.path());
  put(*store.draft("shop/epoch"), "full/manifest");

  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(LocalDraft, LeavesNothingBesideItsObjectsWhenPublished) {
  const TemporaryFolder folder;
  LocalStore store(folder.path());
  const auto draft = store.draft("shop/epoch");
  put(*draft, "manifest");
  const auto unfinished = draft->create("unfinished");
  draft->publish();

  EXPECT_TRUE(incoming(folder.path()).empty());
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path() / "shop/epoch"), {}), 1);
}

TEST(LocalDraft, ShowsNothingWhenItsProcessIsKilled) {
  const TemporaryFolder folder;
  LocalStore store(folder.path());
  OtherProcess(folder.path()).kill();

  EXPECT_EQ(incoming(folder.path()).size(), 1u) << "else this test shows nothing";
  EXPECT_TRUE(store.list("").empty());
  EXPECT_TRUE(store.folders("").empty());
}

TEST(LocalDraft, RemovesWhatAKilledProcessLeft) {
  const TemporaryFolder folder;
  LocalStore store(folder.path());
  OtherProcess(folder.path()).kill();
  const fs::path left = incoming(folder.path()).at(0);

  const auto draft = store.draft("shop/epoch");

  EXPECT_FALSE(fs::exists(left));
  EXPECT_EQ(incoming(folder.path()).size(), 1u) << "its own";
}

TEST(LocalDraft, RemovesALeftoverThatWasNeverLocked) {
  const TemporaryFolder folder;
  LocalStore store(folder.path());
  fs::create_directory(folder.path() / ".incoming-0123");

  const auto draft = store.draft("shop/epoch");

  EXPECT_FALSE(fs::exists(folder.path() / ".incoming-0123"));
}

TEST(LocalDraft, LeavesAloneWhatALivingProcessWrites) {
  const TemporaryFolder folder;
  LocalStore store(folder.path());
  OtherProcess other(folder.path());

  store.draft("shop/another");
  EXPECT_EQ(incoming(folder.path()).size(), 1u);
  other.publish();

  EXPECT_TRUE(store.stat("shop/epoch/full/manifest"));
  EXPECT_EQ(store.list("").size(), 1u);
}

TEST(LocalDraft, LeavesAloneTheOtherDraftsOfItsOwnProcess) {
  const TemporaryFolder folder;
  LocalStore store(folder.path());
  const auto first = store.draft("shop/one");
  put(*first, "manifest");
  const auto second = store.draft("shop/two");

  first->publish();

  EXPECT_TRUE(store.stat("shop/one/manifest"));
}

TEST(LocalDraft, KeepsItsFolderWhileManyOthersStart) {
  const TemporaryFolder folder;
  LocalStore store(folder.path());
  std::atomic<int> kept = 0;
  {
    std::vector<std::jthread> threads;
    for (const char* place : {"a", "b", "c", "d"}) {
      threads.emplace_back([&store, &kept, place] {
        for (int i = 0; i < 150; ++i) {
          const auto draft = store.draft(place);
          try {
            draft->create("object")->write(as_bytes("x"));
            ++kept;
          } catch (const Error&) {  // the folder is gone; counted below
          }
        }
      });
    }
  }
  EXPECT_EQ(kept, 600);
  EXPECT_TRUE(incoming(folder.path()).empty());
}

TEST(LocalDraft, ShowsNothingWhenPublishingCannotBeMadeDurable) {
  const TemporaryFolder folder;
  const OrdinaryUser user;
  LocalStore store(folder.path() / "store");
  fs::create_directories(folder.path() / "store/shop");
  auto draft = store.draft("shop/epoch");
  put(*draft, "manifest");
  const auto write_only = fs::perms::owner_write | fs::perms::owner_exec;

  fs::permissions(folder.path() / "store/shop", write_only);  // renamed into, but never synced
  EXPECT_THROW(draft->publish(), Error);
  fs::permissions(folder.path() / "store/shop", fs::perms::owner_all);

  EXPECT_TRUE(store.list("").empty());
  draft.reset();
  EXPECT_TRUE(incoming(folder.path() / "store").empty());
}

}  // namespace
}  // namespace vya
