// Questions to a restored PostgreSQL server.
#pragma once

#include <memory>

#include "engine/postgresql/connection.h"
#include "engine/probe.h"

namespace vya::pg {

/// Needs a superuser. Who asks as somebody logs in as them where the server lets everybody in
/// without a password, so that their own settings hold, and else borrows their name.
std::unique_ptr<Probe> make_probe(Address address, std::string maintenance_database);

}  // namespace vya::pg
