#include "scratch/keeper.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include "base/error.h"

namespace vya {

namespace {

constexpr int kLifeFd = 3;
constexpr int kNewsFd = 4;
constexpr int kLockFd = 5;
constexpr int kFirstOtherFd = 6;
constexpr int kAbove = 10;  // where descriptors wait for their places
constexpr int kStopMilliseconds = 20'000;
constexpr int kCannotStart = 127;
constexpr std::size_t kLogShown = 2000;
// The keeper ends with its owner, and not because somebody ends both at once.
constexpr std::array<int, 3> kDeafTo = {SIGINT, SIGTERM, SIGHUP};

/// The texts must outlive it.
std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// What a server may know of our environment: nothing of it is a secret.
std::vector<std::string> environment_for(const std::filesystem::path& folder) {
  std::vector<std::string> all = {"LC_ALL=C", "HOME=" + folder.string()};
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (text.starts_with("PATH=") || text.starts_with("TZ=") || text.starts_with("LD_"))
      all.emplace_back(text);
  }
  return all;
}

/// All that the keeper needs, made before the fork: behind it only system calls are safe, because
/// other threads may have held the allocator's lock.
struct Prepared {
  struct Program {
    explicit Program(const ServerCommand& command)
        : texts(command.line),
          input(command.input.empty() ? "/dev/null" : command.input.string()),
          arguments(pointers_to(texts)) {}
    Program(Program&&) = default;
    std::vector<std::string> texts;
    std::string input;
    std::vector<char*> arguments;
  };

  Prepared(const KeeperTask& task, const ScratchFolder& folder)
      : user(task.user),
        stop_signal(task.stop_signal),
        folder_text(folder.path().string()),
        environment_texts(environment_for(folder.path())),
        environment(pointers_to(environment_texts)),
        remove({.line = {"rm", "-rf", "--", folder_text}, .input = {}}) {
    for (const ServerCommand& command : task.before) programs.emplace_back(command);
    programs.emplace_back(task.server);
  }
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;

  SystemUser user;
  int stop_signal;
  std::string folder_text;
  std::vector<Program> programs;  ///< the last one is the server
  std::vector<std::string> environment_texts;
  std::vector<char*> environment;
  Program remove;
};

// From here to keep(): the keeper's own process.

int open_pidfd(pid_t pid) { return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)); }

void become(const SystemUser& user) {
  if (::geteuid() != 0) return;
  if (::setgroups(user.groups.size(), user.groups.data()) != 0 || ::setgid(user.gid) != 0 ||
      ::setuid(user.uid) != 0) {
    ::_exit(kCannotStart);
  }
}

pid_t start(Prepared& all, Prepared::Program& program) {
  const pid_t keeper = ::getpid();
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  ::setpgid(0, 0);
  for (const int number : kDeafTo) ::signal(number, SIG_DFL);
  ::prctl(PR_SET_PDEATHSIG, all.stop_signal);
  if (::getppid() != keeper) ::_exit(kCannotStart);
  const int input = ::open(program.input.c_str(), O_RDONLY);
  if (input < 0 || ::dup2(input, STDIN_FILENO) < 0) ::_exit(kCannotStart);
  ::execve(program.arguments[0], program.arguments.data(), all.environment.data());
  ::_exit(kCannotStart);
}

bool waited(int fd, int milliseconds) {
  pollfd waiting{fd, POLLIN, 0};
  int ready = 0;
  do {
    ready = ::poll(&waiting, 1, milliseconds);
  } while (ready < 0 && errno == EINTR);
  return ready > 0;
}

/// Whether the program ended before the owner did; then its wait status.
bool watch(int pidfd, pid_t pid, int& status) {
  std::array<pollfd, 2> waiting{pollfd{kLifeFd, POLLIN, 0}, pollfd{pidfd, POLLIN, 0}};
  while (::poll(waiting.data(), waiting.size(), -1) < 0 && errno == EINTR) {
  }
  if (waiting[1].revents == 0) return false;
  ::waitpid(pid, &status, 0);
  return true;
}

/// Ends a program with all that it has started: what outlives its parent becomes our child.
void end(int pidfd, pid_t pid, int signal) {
  ::kill(-pid, signal);
  if (!waited(pidfd, kStopMilliseconds)) ::kill(-pid, SIGKILL);
  while (::waitpid(-1, nullptr, 0) > 0 || errno == EINTR) {
  }
}

/// Returns when the owner is gone.
void run_all(Prepared& all) {
  int status = 0;
  for (Prepared::Program& program : all.programs) {
    const pid_t pid = start(all, program);
    const int pidfd = pid > 0 ? open_pidfd(pid) : -1;
    if (pidfd < 0) {
      status = kCannotStart << 8;
      break;
    }
    if (!watch(pidfd, pid, status)) return end(pidfd, pid, all.stop_signal);
    ::close(pidfd);
    if (status != 0) break;
  }
  [[maybe_unused]] const ssize_t told = ::write(kNewsFd, &status, sizeof(status));
  waited(kLifeFd, -1);
}

[[noreturn]] void keep(Prepared& all, int life, int news, int lock, int log) {
  ::setsid();
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  for (const int number : {SIGPIPE, SIGXFSZ, SIGQUIT}) ::signal(number, SIG_DFL);
  for (const int number : kDeafTo) ::signal(number, SIG_IGN);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const std::array<int, 4> moved = {
      ::fcntl(life, F_DUPFD_CLOEXEC, kAbove), ::fcntl(news, F_DUPFD_CLOEXEC, kAbove),
      ::fcntl(lock, F_DUPFD_CLOEXEC, kAbove), ::fcntl(log, F_DUPFD_CLOEXEC, kAbove)};
  ::dup3(moved[0], kLifeFd, O_CLOEXEC);
  ::dup3(moved[1], kNewsFd, O_CLOEXEC);
  ::dup3(moved[2], kLockFd, 0);  // the server holds it too
  ::dup2(moved[3], STDOUT_FILENO);
  ::dup2(moved[3], STDERR_FILENO);
  ::close_range(kFirstOtherFd, ~0U, 0);
  become(all.user);
  if (::chdir(all.folder_text.c_str()) != 0) ::_exit(kCannotStart);
  run_all(all);
  for (const char* place : {"/bin/rm", "/usr/bin/rm"})
    ::execve(place, all.remove.arguments.data(), all.environment.data());
  ::_exit(kCannotStart);
}

std::pair<Fd, Fd> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    throw system_error(Fault::kInternal, "cannot make a pipe", errno);
  return {Fd(ends[0]), Fd(ends[1])};
}

std::string how(int status) {
  if (WIFSIGNALED(status)) return fmt::format("was ended by signal {}", WTERMSIG(status));
  return fmt::format("ended with status {}", WEXITSTATUS(status));
}

}  // namespace

Keeper::Keeper(const KeeperTask& task, ScratchFolder& folder) : log_(folder.path() / "log") {
  auto [life_there, life_here] = make_pipe();
  auto [news_here, news_there] = make_pipe();
  const Fd log(::open(log_.c_str(), O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0600));
  if (!log)
    throw system_error(Fault::kStorage, fmt::format("cannot write '{}'", log_.string()), errno);
  give_to(task.user, log_);
  Prepared prepared(task, folder);
  pid_ = ::fork();
  if (pid_ < 0) throw system_error(Fault::kInternal, "cannot start a process", errno);
  if (pid_ == 0) keep(prepared, life_there.get(), news_there.get(), folder.lock(), log.get());
  folder.leave();
  life_ = std::move(life_here);
  news_ = std::move(news_here);
}

Keeper::~Keeper() {
  life_.reset();
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  // The server's user may not remove a name from the folder above.
  std::error_code ignored;
  std::filesystem::remove_all(log_.parent_path(), ignored);
}

std::optional<std::string> Keeper::ended() {
  if (!status_) {
    if (!waited(news_.get(), 0)) return std::nullopt;
    int status = 0;
    if (::read(news_.get(), &status, sizeof(status)) != sizeof(status))
      return "was ended together with the process that keeps it";
    status_ = status;
  }
  std::string said = read_file(log_).value_or("");
  if (said.size() > kLogShown) said.erase(0, said.size() - kLogShown);
  while (!said.empty() && said.back() == '\n') said.pop_back();
  return said.empty() ? how(*status_) : fmt::format("{}: {}", how(*status_), said);
}

}  // namespace vya
