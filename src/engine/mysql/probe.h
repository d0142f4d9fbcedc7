// Questions to a restored MySQL or MariaDB server.
#pragma once

#include <memory>

#include "engine/mysql/account.h"
#include "engine/mysql/address.h"
#include "engine/probe.h"

namespace vya::mysql {

/// Needs an account with all privileges. A question is asked by a procedure that its account is the
/// definer of, so nobody's password is needed; it is in the question's database while it is asked.
std::unique_ptr<Probe> make_probe(Address address);

}  // namespace vya::mysql
