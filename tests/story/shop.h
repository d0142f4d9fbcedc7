// A small shop: the server that stories about faults back up. It has little of everything, so that
// a backup of it has files of every kind, and takes a moment.
#pragma once

#include "tests/world/postgres.h"

namespace vya::story {

inline constexpr const char* kShopPassword = "fake-shop-password";

/// Makes the role `shop_app`, which logs in with kShopPassword, and its database `shop`: 40,000
/// rows in `orders`, a few in `customers`, two large objects, an index and a trigger.
void make_shop(const world::PostgresServer& server);

}  // namespace vya::story
