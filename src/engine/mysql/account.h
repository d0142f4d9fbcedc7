// The account that we are logged in as.
#pragma once

#include <string>

#include "engine/mysql/connection.h"

namespace vya::mysql {

/// ``GRANT RELOAD ON *.* TO `backup`@`localhost`;``
std::string grant_to_us(Connection& connection, const std::string& privileges);

/// The same for privileges with what they are on: ``SELECT ON `crm`.*``.
std::string grant_to_us_on(Connection& connection, const std::string& privileges_on);

}  // namespace vya::mysql
