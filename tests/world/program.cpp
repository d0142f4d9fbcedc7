#include "tests/world/program.h"

#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace vya::world {

namespace {

Fd memory_file(std::string_view text = {}) {
  Fd fd(::memfd_create("vya-test", MFD_CLOEXEC));
  if (!fd) throw system_error(Fault::kInternal, "cannot make a memory file", errno);
  write_all(fd.get(), as_bytes(text), "a memory file", Fault::kInternal);
  ::lseek(fd.get(), 0, SEEK_SET);
  return fd;
}

/// The whole text. The position in the file is the running program's: it is not moved here.
std::string text_of(const Fd& fd) {
  struct stat facts{};
  ::fstat(fd.get(), &facts);
  std::string text(static_cast<std::size_t>(facts.st_size), '\0');
  const ssize_t got = ::pread(fd.get(), text.data(), text.size(), 0);
  text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return text;
}

std::vector<std::string> environment_of(const Start& start) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    bool replaced = false;
    for (const auto& [name, value] : start.environment) replaced |= text.starts_with(name + "=");
    if (!replaced) all.emplace_back(text);
  }
  for (const auto& [name, value] : start.environment) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

class SpawnActions {
 public:
  SpawnActions() { posix_spawn_file_actions_init(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
  posix_spawn_file_actions_t* get() { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

}  // namespace

Program::Program(const Start& start)
    : input_(memory_file(start.input)), output_(memory_file()), errors_(memory_file()) {
  SpawnActions actions;
  const auto stands_for = [&](const Fd& file, int number) {
    const int from = start.terminal >= 0 ? start.terminal : file.get();
    posix_spawn_file_actions_adddup2(actions.get(), from, number);
  };
  stands_for(input_, STDIN_FILENO);
  stands_for(output_, STDOUT_FILENO);
  stands_for(errors_, STDERR_FILENO);
  if (!start.folder.empty()) {
    posix_spawn_file_actions_addchdir_np(actions.get(), start.folder.c_str());
  }
  std::vector<std::string> arguments = {start.program};
  arguments.insert(arguments.end(), start.arguments.begin(), start.arguments.end());
  std::vector<std::string> environment = environment_of(start);
  const int code = ::posix_spawnp(&pid_, start.program.c_str(), actions.get(), nullptr,
                                  pointers_to(arguments).data(), pointers_to(environment).data());
  if (code != 0) {
    pid_ = -1;
    throw system_error(Fault::kInternal, "cannot start '" + start.program + "'", code);
  }
  // The function pidfd_open of glibc 2.36 cannot be called from C++.
  handle_ = Fd(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
}

Program::~Program() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

std::string Program::output() const { return text_of(output_); }

std::string Program::errors() const { return text_of(errors_); }

bool Program::ended_within(std::chrono::milliseconds limit) const {
  pollfd waiting = {handle_.get(), POLLIN, 0};
  return ::poll(&waiting, 1, static_cast<int>(limit.count())) > 0;
}

void Program::signal(int number) const {
  if (pid_ > 0) ::kill(pid_, number);
}

Ended Program::wait() {
  int state = 0;
  rusage used{};
  while (::wait4(pid_, &state, 0, &used) < 0) {
    if (errno != EINTR) throw system_error(Fault::kInternal, "cannot wait for a program", errno);
  }
  pid_ = -1;
  const auto took = std::chrono::steady_clock::now() - started_;
  return {WIFSIGNALED(state) ? 128 + WTERMSIG(state) : WEXITSTATUS(state), output(), errors(),
          std::chrono::duration_cast<std::chrono::milliseconds>(took),
          static_cast<std::uint64_t>(used.ru_maxrss) * 1024};
}

Ended run(const Start& start) { return Program(start).wait(); }

Ended run_and_signal(const Start& start, std::chrono::milliseconds delay, int signal) {
  Program program(start);
  if (!program.ended_within(delay)) program.signal(signal);
  return program.wait();
}

}  // namespace vya::world
