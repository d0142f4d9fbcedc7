// A TCP port for a throwaway server.
#pragma once

namespace vya::world {

/// A port of 127.0.0.1 that nobody listens on at this moment.
int free_port();

}  // namespace vya::world
