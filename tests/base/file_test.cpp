#include "base/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "tests/world/error_of.h"
#include "tests/world/folder.h"

namespace vya {
namespace {

using world::Folder;

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) != -1; }

Fd some_file() { return Fd(::open("/dev/null", O_RDWR | O_CLOEXEC)); }

TEST(Fd, IsClosedWhenItGoes) {
  int number = -1;
  {
    const Fd fd = some_file();
    number = fd.get();
    ASSERT_TRUE(fd);
    ASSERT_TRUE(is_open(number));
  }
  EXPECT_FALSE(is_open(number));
  EXPECT_FALSE(Fd());
}

TEST(Fd, BelongsToWhomItWasMoved) {
  Fd first = some_file();
  const int number = first.get();

  const Fd second = std::move(first);

  EXPECT_FALSE(first);  // NOLINT(bugprone-use-after-move): what is left is what is looked at
  EXPECT_EQ(second.get(), number);
  EXPECT_TRUE(is_open(number));
}

TEST(Fd, ClosesWhatItHeldWhenItGetsAnother) {
  Fd first = some_file();
  Fd second = some_file();
  const int held = first.get();
  const int next = second.get();

  first = std::move(second);

  EXPECT_FALSE(is_open(held));
  EXPECT_EQ(first.get(), next);
  Fd& same = first;
  first = std::move(same);
  EXPECT_TRUE(is_open(next));
}

TEST(Fd, LetsGoOfWhatIsReleased) {
  Fd fd = some_file();

  const Fd owner(fd.release());

  EXPECT_FALSE(fd);
  EXPECT_TRUE(is_open(owner.get()));
  fd.reset();
  EXPECT_TRUE(is_open(owner.get()));
}

TEST(ReadFile, GivesEveryByte) {
  const Folder folder;
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += static_cast<char>(i % 251);

  EXPECT_EQ(read_file(folder.write("long", text)), text);
  EXPECT_EQ(read_file(folder.write("empty", "")), "");
}

TEST(ReadFile, GivesNothingWhenThereIsNone) {
  const Folder folder;

  EXPECT_EQ(read_file(folder / "missing"), std::nullopt);
}

TEST(ReadFile, NamesThePathAndTheCauseWhenItCannotBeRead) {
  const Folder folder;
  const std::string file = folder.write("file", "x").string();
  std::filesystem::create_symlink("loop", folder / "loop");

  const Error is_folder = error_of([&] { read_file(folder.path()); });
  EXPECT_EQ(is_folder.message(), "cannot read '" + folder.path().string() + "': is a directory");
  EXPECT_EQ(is_folder.fault(), Fault::kUsage);
  EXPECT_EQ(error_of([&] { read_file(file + "/below"); }).message(),
            "cannot open '" + file + "/below': not a directory");
  EXPECT_EQ(error_of([&] { read_file(folder / "loop"); }).message(),
            "cannot open '" + (folder / "loop").string() + "': too many levels of symbolic links");
}

TEST(WriteAll, WritesEveryByte) {
  const Folder folder;
  const std::string text(300'000, 'x');
  const Fd fd(::open((folder / "file").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));

  write_all(fd.get(), as_bytes(text), folder / "file", Fault::kStorage);
  write_all(fd.get(), as_bytes(""), folder / "file", Fault::kStorage);
  sync(fd.get(), folder / "file", Fault::kStorage);

  EXPECT_EQ(read_file(folder / "file"), text);
}

/// Reads a pipe to its end and disturbs a thread with signals while it does.
std::string read_and_disturb(int from, pthread_t thread) {
  std::string text;
  std::array<char, 4096> buffer{};
  ssize_t got = 0;
  do {
    pthread_kill(thread, SIGUSR1);
    got = ::read(from, buffer.data(), buffer.size());
    if (got > 0) text.append(buffer.data(), static_cast<std::size_t>(got));
  } while (got > 0);
  return text;
}

TEST(WriteAll, GoesOnAfterSignalsAndHalfDoneWrites) {
  struct sigaction nothing{};  // without SA_RESTART, so that write() comes back early
  nothing.sa_handler = [](int) {};
  struct sigaction before{};
  ASSERT_EQ(sigaction(SIGUSR1, &nothing, &before), 0);
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  const Fd from(ends[0]);
  Fd to(ends[1]);
  std::string text;
  while (text.size() < 2'000'000) text += std::to_string(text.size()) + " ";
  std::atomic<bool> may_end = false;  // a thread that has ended takes no signal

  std::jthread writer([&] {
    write_all(to.get(), as_bytes(text), "a pipe", Fault::kStorage);
    to.reset();
    while (!may_end) std::this_thread::yield();
  });
  const std::string arrived = read_and_disturb(from.get(), writer.native_handle());
  may_end = true;
  writer.join();

  EXPECT_TRUE(arrived == text) << arrived.size() << " bytes of " << text.size();
  sigaction(SIGUSR1, &before, nullptr);
}

TEST(WriteAll, NamesThePathAndTheCauseWithTheCallersFault) {
  const Fd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));

  const Error error =
      error_of([&] { write_all(full.get(), as_bytes("x"), "a/b.part", Fault::kStorage); });

  EXPECT_EQ(error.message(), "cannot write 'a/b.part': no space left on device");
  EXPECT_EQ(error.fault(), Fault::kStorage);
}

/// Writes 20 bytes where 10 are allowed; ends with 0 when that is refused as it should be.
[[noreturn]] void write_beyond_the_limit(int fd) {
  signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{.rlim_cur = 10, .rlim_max = 10};
  setrlimit(RLIMIT_FSIZE, &limit);
  const Error error =
      error_of([&] { write_all(fd, as_bytes("twenty bytes of text"), "file", Fault::kStorage); });
  std::_Exit(error.message() == "cannot write 'file': file too large" ? 0 : 1);
}

TEST(WriteAll, FailsWhenOnlyTheFirstBytesFit) {
  const Folder folder;
  const Fd fd(::open((folder / "file").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));

  EXPECT_EXIT(write_beyond_the_limit(fd.get()), testing::ExitedWithCode(0), "");

  EXPECT_EQ(read_file(folder / "file"), "twenty byt");
}

TEST(Sync, NamesThePathAndTheCauseWithTheCallersFault) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  const Fd from(ends[0]);
  const Fd to(ends[1]);

  const Error error = error_of([&] { sync(to.get(), "a/b.part", Fault::kConnection); });

  EXPECT_EQ(error.message(), "cannot sync 'a/b.part': invalid argument");
  EXPECT_EQ(error.fault(), Fault::kConnection);
}

TEST(SyncFolder, TakesAFolderAndNothingElse) {
  const Folder folder;
  const std::filesystem::path file = folder.write("file", "x");

  sync_folder(folder.path(), Fault::kStorage);

  EXPECT_EQ(error_of([&] { sync_folder(file, Fault::kStorage); }).message(),
            "cannot open the folder '" + file.string() + "': not a directory");
  const Error missing = error_of([&] { sync_folder(folder / "no", Fault::kStorage); });
  EXPECT_EQ(missing.message(),
            "cannot open the folder '" + (folder / "no").string() + "': no such file or directory");
  EXPECT_EQ(missing.fault(), Fault::kStorage);
}

}  // namespace
}  // namespace vya
