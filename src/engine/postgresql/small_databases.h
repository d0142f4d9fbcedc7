// Work on databases that lets sessions be shared well: small databases several at a time, each with
// one session, and large ones one after another, each with all sessions.
//
// A session costs as much as many statements of a small database, and a thousand of these one after
// another leave all processors but one idle.
#pragma once

#include <cstdint>
#include <functional>

#include "engine/postgresql/restoration.h"

namespace vya::pg {

/// Up to here a database is small: more than that is shared by several sessions with profit.
inline constexpr std::uint64_t kMostBytesOfSmall = std::uint64_t{64} << 20;
inline constexpr std::size_t kMostEntriesOfSmall = 100;

/// Calls `work` for each database of the backup, with the number of sessions that it may use. Small
/// ones come first.
void for_each_by_size(Restoration& restoration,
                      const std::function<void(const DatabaseModel&, unsigned jobs)>& work);

}  // namespace vya::pg
