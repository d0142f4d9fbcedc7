#include "base/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/file.h"
#include "tests/world/error_of.h"
#include "tests/world/folder.h"

namespace vya {
namespace {

/// A command that a shell runs: only the tests use one.
Command shell(const std::string& script) {
  return {.program = "/bin/sh", .arguments = {"-c", script}, .environment = {}};
}

/// What a running child still has to say on its standard output.
std::string rest_of(Process& process, std::size_t step = 4096) {
  std::string text;
  std::vector<std::byte> buffer(step);
  while (const std::size_t got = process.read(buffer))
    text.append(as_text(std::span(buffer).first(got)));
  return text;
}

int status_of(const std::string& script) {
  Process process(shell(script));
  rest_of(process);
  return process.wait();
}

TEST(Process, HandsOnItsArgumentsByteForByte) {
  std::vector<std::string> odd = {"",
                                  " ",
                                  "a b",
                                  "'\"`",
                                  "$(id) $HOME",
                                  "*",
                                  "\n\t\r",
                                  "\\n",
                                  "; exit 3",
                                  "\xff\xfe\x80",
                                  "-n",
                                  "--help",
                                  "é",
                                  "%s",
                                  "a=b",
                                  "\x01\x7f",
                                  std::string(100'000, 'x')};
  std::string expected;
  for (const std::string& argument : odd) expected += argument + std::string(1, '\0');
  std::vector<std::string> arguments = {"%s\\0"};
  arguments.insert(arguments.end(), odd.begin(), odd.end());

  EXPECT_EQ(run_for_output({.program = "/usr/bin/printf", .arguments = arguments}), expected);
}

TEST(Process, StartsAProgramWhosePathAShellWouldTakeApart) {
  const world::Folder folder;
  const auto program = folder.write("a b;$(c)", "#!/bin/sh\nprintf %s \"$0\"\n");
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);

  EXPECT_EQ(run_for_output({.program = program}), program.string());
}

TEST(Process, GivesTheExitStatusOr128AndTheSignal) {
  EXPECT_EQ(status_of("exit 0"), 0);
  EXPECT_EQ(status_of("exit 7"), 7);
  EXPECT_EQ(status_of("exit 255"), 255);
  EXPECT_EQ(status_of("kill -TERM $$"), 128 + SIGTERM);
  EXPECT_EQ(status_of("kill -KILL $$"), 128 + SIGKILL);
}

TEST(Process, SaysThatThereIsNoSuchProgram) {
  const Error error = error_of([] { Process({.program = "/no/such/program"}); });

  EXPECT_EQ(error.fault(), Fault::kNotFound);
  EXPECT_EQ(error.message(), "cannot start '/no/such/program': no such file or directory");
}

TEST(Process, TakesAPathAndDoesNotSearchForAName) {
  EXPECT_EQ(error_of([] { Process({.program = "true"}); }).fault(), Fault::kNotFound);
}

TEST(Process, SaysThatAFileIsNoProgram) {
  const world::Folder folder;
  const auto file = folder.write("file", "text");

  const Error error = error_of([&] { Process({.program = file}); });

  EXPECT_EQ(error.fault(), Fault::kPermission);
  EXPECT_EQ(error.message(), "cannot start '" + file.string() + "': permission denied");
}

TEST(Process, HasNothingOnStandardInputWhateverWeHaveThere) {
  const world::Folder folder;
  const Fd ours(::open(folder.write("file", "ours").c_str(), O_RDONLY | O_CLOEXEC));
  const Fd before(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3));
  ASSERT_EQ(::dup2(ours.get(), STDIN_FILENO), STDIN_FILENO);

  EXPECT_EQ(run_for_output({.program = "/bin/cat"}), "");

  ::dup2(before.get(), STDIN_FILENO);
}

TEST(Process, GivesAllOfStandardOutputWhateverTheBuffer) {
  for (const std::size_t step : {1u, 7u, 100'000u}) {
    Process process(shell("seq 20000"));
    const std::string text = rest_of(process, step);
    std::array<std::byte, 1> buffer{};

    EXPECT_EQ(text.size(), 108'894u);
    EXPECT_TRUE(text.ends_with("\n19999\n20000\n"));
    EXPECT_EQ(process.read(buffer), 0u);
    EXPECT_EQ(process.wait(), 0);
  }
}

// A pipe holds 64 KiB: a child that is not read on both would wait for ever.
TEST(Process, IsReadOnBothPipesWhicheverComesFirst) {
  for (const std::string first : {"", " >&2"}) {
    const std::string second = first.empty() ? " >&2" : "";
    Process process(shell("seq 200000" + first + "; seq 200000" + second));

    EXPECT_EQ(rest_of(process).size(), 1'288'895u);
    EXPECT_EQ(process.wait(), 0);
    EXPECT_EQ(process.error_output().size(), 16u * 1024);
  }
}

TEST(Process, ReadsErrorsThatComeAfterTheOutputHasEnded) {
  Process process(shell("exec >&-; seq 200000 >&2; exit 3"));

  EXPECT_EQ(rest_of(process), "");
  EXPECT_EQ(process.wait(), 3);
  EXPECT_TRUE(process.error_output().ends_with("\n200000\n"));
}

TEST(Process, KeepsTheEndOfStandardError) {
  Process few(shell("echo out; echo 'no such table' >&2"));
  EXPECT_EQ(rest_of(few), "out\n");
  few.wait();
  EXPECT_EQ(few.error_output(), "no such table\n");

  Process much(shell("seq 100000 >&2"));
  rest_of(much);
  much.wait();
  const std::string all = run_for_output(shell("seq 100000"));
  EXPECT_EQ(much.error_output(), all.substr(all.size() - 16 * 1024));
}

/// Whether a process is there, if only as a zombie.
bool exists(pid_t pid) { return ::kill(pid, 0) == 0 || errno != ESRCH; }

TEST(Process, LetsAChildCleanUpWhenItGoes) {
  const world::Folder folder;
  const std::string file = folder / "cleaned-up";
  {
    Process process(shell("trap 'echo done > " + file +
                          "; exit 1' TERM; echo ready; while :; do sleep 0.1; done"));
    std::array<std::byte, 32> buffer{};
    ASSERT_GT(process.read(buffer), 0U);
  }
  EXPECT_EQ(read_file(file), "done\n");
}

TEST(Process, EndsAndReapsAChildThatStillRunsWhenItGoes) {
  pid_t pid = 0;
  {
    Process process(shell("trap '' TERM INT HUP; echo $$; while :; do sleep 0.1; done"));
    std::array<std::byte, 32> buffer{};
    pid = std::stoi(std::string(as_text(std::span(buffer).first(process.read(buffer)))));
    ASSERT_TRUE(exists(pid));
  }
  EXPECT_FALSE(exists(pid));
}

TEST(Process, GetsItsSignalsEvenWhereOursAreBlocked) {
  sigset_t term;
  sigset_t before;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &term, &before);

  EXPECT_EQ(status_of("kill -TERM $$; exit 0"), 128 + SIGTERM);

  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

TEST(RunForOutput, GivesAtMostTheLimitAndStillWaitsForTheEnd) {
  EXPECT_EQ(run_for_output(shell("seq 200000"), 10), "1\n2\n3\n4\n5\n");
  EXPECT_EQ(run_for_output(shell("seq 200000"), 0), "");
  EXPECT_EQ(run_for_output(shell("seq 200000"), 5000).size(), 5000u);
  EXPECT_EQ(run_for_output(shell("seq 200000")).size(), 1u << 20);
}

TEST(RunForOutput, SaysHowTheProgramFailed) {
  const Error error = error_of([] { run_for_output(shell("echo half; echo 'why' >&2; exit 4")); });

  EXPECT_EQ(error.fault(), Fault::kInternal);
  EXPECT_EQ(error.message(), "'/bin/sh' ended with status 4: why\n");
  EXPECT_EQ(error_of([] { run_for_output({.program = "/no/program"}); }).fault(), Fault::kNotFound);
}

}  // namespace
}  // namespace vya
