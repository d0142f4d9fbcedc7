// The engine for MySQL and MariaDB.
#pragma once

#include <chrono>
#include <memory>

#include "engine/engine.h"
#include "engine/mysql/address.h"

namespace vya::mysql {

/// `ddl_wait`: how long statements that change definitions may wait for the lock of a backup before
/// it gives everything back and starts over.
std::unique_ptr<Engine> make_engine(Address address,
                                    std::chrono::seconds ddl_wait = std::chrono::seconds(60));

}  // namespace vya::mysql
