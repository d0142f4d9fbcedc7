#include "tests/world/network.h"

#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace vya::world {

OwnNetwork::OwnNetwork() : before_(::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC)) {
  if (::unshare(CLONE_NEWNET) != 0) {
    why_not_ = std::strerror(errno);
    return;
  }
  set_loopback(true);
}

OwnNetwork::~OwnNetwork() {
  if (why_not_.empty()) ::setns(before_.get(), CLONE_NEWNET);
}

void OwnNetwork::cut() { set_loopback(false); }
void OwnNetwork::mend() { set_loopback(true); }

void OwnNetwork::set_loopback(bool up) {
  const Fd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  if (up) request.ifr_flags = IFF_UP;
  if (::ioctl(socket.get(), SIOCSIFFLAGS, &request) != 0)
    throw system_error(Fault::kInternal, "cannot change the loopback device", errno);
}

}  // namespace vya::world
