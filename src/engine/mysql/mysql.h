// The engine for MySQL and MariaDB.
#pragma once

#include <memory>

#include "engine/engine.h"
#include "engine/mysql/address.h"

namespace vya::mysql {

std::unique_ptr<Engine> make_engine(Address address);

}  // namespace vya::mysql
