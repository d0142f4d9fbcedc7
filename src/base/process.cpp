#include "base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <string_view>
#include <thread>

namespace vya {

namespace {

constexpr std::size_t kErrorOutputKept = 16 * 1024;
constexpr std::chrono::seconds kTimeToEnd{2};
constexpr int kWakeMilliseconds = 500;

/// Pipe ends: what is read here, what is written there.
struct Pipe {
  Fd read;
  Fd write;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw system_error(Fault::kInternal, "cannot make a pipe", errno);
  }
  return {Fd(ends[0]), Fd(ends[1])};
}

Fd secret_file(const Secret& secret) {
  Fd fd(::memfd_create("vya", MFD_CLOEXEC));
  if (!fd) throw system_error(Fault::kInternal, "cannot make a memory file", errno);
  // libpq refuses a password file that others may read.
  if (::fchmod(fd.get(), 0600) != 0) {
    throw system_error(Fault::kInternal, "cannot protect a memory file", errno);
  }
  write_all(fd.get(), as_bytes(secret.reveal()), "a memory file", Fault::kInternal);
  return fd;
}

/// Whether a child gets a variable of ours. Any of the others may hold a password: the
/// configuration says which (`password: env:NAME`), and may say it of several.
bool is_inherited(std::string_view entry) {
  constexpr std::array<std::string_view, 8> kNames = {"HOME", "LANG",   "LOGNAME", "PATH",
                                                      "TERM", "TMPDIR", "TZ",      "USER"};
  constexpr std::array<std::string_view, 6> kPrefixes = {"LC_",  "LD_",      "PG",
                                                         "KRB5", "OPENSSL_", "SSL_"};
  const std::string_view name = entry.substr(0, entry.find('='));
  if (name == "PGPASSWORD") return false;
  return std::ranges::find(kNames, name) != kNames.end() ||
         std::ranges::any_of(kPrefixes, [&](auto prefix) { return name.starts_with(prefix); });
}

std::vector<std::string> environment_of(const Command& command, int secret_fd) {
  std::vector<std::string> all;
  const auto set_here = [&](std::string_view entry) {
    for (const auto& [name, value] : command.environment) {
      if (entry.starts_with(name + "=")) return true;
    }
    return secret_fd >= 0 && entry.starts_with(command.secret_file_variable + "=");
  };
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (is_inherited(*entry) && !set_here(*entry)) all.emplace_back(*entry);
  }
  for (const auto& [name, value] : command.environment) all.push_back(name + "=" + value);
  if (secret_fd >= 0) {
    all.push_back(command.secret_file_variable + "=/proc/self/fd/" + std::to_string(secret_fd));
  }
  return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// The spawn calls below take these; freed when it goes.
struct SpawnActions {
  SpawnActions() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  ~SpawnActions() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
};

}  // namespace

Process::Process(const Command& command) {
  Pipe output = make_pipe();
  Pipe errors = make_pipe();
  const Fd nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  Fd secret;
  if (command.secret_file) secret = secret_file(*command.secret_file);

  SpawnActions spawn;
  posix_spawn_file_actions_adddup2(&spawn.actions, nothing.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&spawn.actions, output.write.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&spawn.actions, errors.write.get(), STDERR_FILENO);
  // dup2 onto itself takes the close-on-exec mark off (POSIX.1-2024 and glibc).
  if (secret) posix_spawn_file_actions_adddup2(&spawn.actions, secret.get(), secret.get());
  // A child gets its signals back as programs expect them: of ours some are blocked or ignored.
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&spawn.attributes, &none);
  sigset_t ignored;
  sigemptyset(&ignored);
  sigaddset(&ignored, SIGPIPE);
  sigaddset(&ignored, SIGXFSZ);
  posix_spawnattr_setsigdefault(&spawn.attributes, &ignored);
  posix_spawnattr_setflags(&spawn.attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

  std::vector<std::string> arguments{command.program};
  arguments.insert(arguments.end(), command.arguments.begin(), command.arguments.end());
  std::vector<std::string> environment = environment_of(command, secret.get());
  const int failed = posix_spawn(&pid_, command.program.c_str(), &spawn.actions, &spawn.attributes,
                                 pointers_to(arguments).data(), pointers_to(environment).data());
  if (failed != 0) {
    pid_ = -1;
    throw system_error(Fault::kInternal, "cannot start '" + command.program + "'", failed);
  }
  output_ = std::move(output.read);
  errors_ = std::move(errors.read);
  ::fcntl(errors_.get(), F_SETFL, O_NONBLOCK);
}

Process::~Process() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGTERM);
  const auto limit = std::chrono::steady_clock::now() + kTimeToEnd;
  while (std::chrono::steady_clock::now() < limit) {
    if (::waitpid(pid_, nullptr, WNOHANG) != 0) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void Process::drain_errors(bool to_the_end) {
  std::array<char, 4096> buffer{};
  while (errors_) {
    const ssize_t got = ::read(errors_.get(), buffer.data(), buffer.size());
    if (got > 0) {
      error_output_.append(buffer.data(), static_cast<std::size_t>(got));
      if (error_output_.size() > kErrorOutputKept) {
        error_output_.erase(0, error_output_.size() - kErrorOutputKept);
      }
    } else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
      errors_.reset();
    } else if (errno == EAGAIN) {
      if (!to_the_end) return;
      pollfd waiting{errors_.get(), POLLIN, 0};
      ::poll(&waiting, 1, -1);
    }
  }
}

std::size_t Process::read(std::span<std::byte> buffer, const std::function<void()>& check) {
  for (;;) {
    if (check) check();
    std::array<pollfd, 2> waiting{pollfd{output_.get(), POLLIN, 0},
                                  pollfd{errors_.get(), POLLIN, 0}};
    if (::poll(waiting.data(), errors_ ? 2 : 1, kWakeMilliseconds) < 0 && errno != EINTR) {
      throw system_error(Fault::kInternal, "cannot wait for a program's output", errno);
    }
    if (errors_ && waiting[1].revents != 0) drain_errors(false);
    if (waiting[0].revents == 0) continue;
    const ssize_t got = ::read(output_.get(), buffer.data(), buffer.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR)
      throw system_error(Fault::kInternal, "cannot read a program's output", errno);
  }
}

int Process::wait() {
  drain_errors(true);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0) {
    if (errno != EINTR) throw system_error(Fault::kInternal, "cannot wait for a program", errno);
  }
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string run_for_output(const Command& command, std::size_t limit) {
  Process process(command);
  std::string output;
  std::array<std::byte, 4096> buffer{};
  while (const std::size_t got = process.read(buffer)) {
    const std::size_t kept = std::min(got, limit - output.size());
    output.append(as_text(std::span(buffer).first(kept)));
  }
  if (const int status = process.wait(); status != 0) {
    throw Error(Fault::kInternal, "'" + command.program + "' ended with status " +
                                      std::to_string(status) + ": " + process.error_output());
  }
  return output;
}

}  // namespace vya
