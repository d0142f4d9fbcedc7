#include "tests/world/terminal.h"

#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace vya::world {

Terminal::Terminal(unsigned columns) {
  int ours = -1;
  int programs = -1;
  if (::openpty(&ours, &programs, nullptr, nullptr, nullptr) != 0)
    throw system_error(Fault::kInternal, "cannot open a terminal", errno);
  ours_ = Fd(ours);
  programs_ = Fd(programs);
  resize(columns);
}

void Terminal::resize(unsigned columns) const {
  const winsize size = {25, static_cast<unsigned short>(columns), 0, 0};
  ::ioctl(ours_.get(), TIOCSWINSZ, &size);
}

Ended Terminal::run(Start start, const std::function<void(const std::string& so_far)>& look) {
  start.terminal = programs_.get();
  Program program(start);
  std::string written;
  for (bool has_ended = false; !has_ended;) {
    has_ended = program.ended_within(std::chrono::milliseconds(0));
    pollfd waiting = {ours_.get(), POLLIN, 0};
    while (::poll(&waiting, 1, 20) > 0 && (waiting.revents & POLLIN) != 0) {
      std::array<char, 4096> buffer{};
      const ssize_t got = ::read(ours_.get(), buffer.data(), buffer.size());
      if (got <= 0) break;
      written.append(buffer.data(), static_cast<std::size_t>(got));
      if (look) look(written);
    }
  }
  Ended ended = program.wait();
  ended.output = written;
  return ended;
}

}  // namespace vya::world
