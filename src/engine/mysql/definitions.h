// Whether a definition was changed between two looks.
//
// The servers note when something was defined, but only to the second: a statement in the same
// second as an earlier one leaves no trace. So a first look counts only when nothing was defined in
// the second in which it began.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/mysql/connection.h"
#include "stream/contents.h"

namespace vya::mysql {

/// What there is in the databases and when it was defined, as a text to compare: different after
/// any statement that defines something.
std::string definitions_state(Connection& connection, const std::vector<Database>& databases);

/// The same as a first look: waits, a few seconds at the most, until later changes can be told.
/// `check` is called while it waits and may throw.
std::string settled_definitions_state(Connection& connection,
                                      const std::vector<Database>& databases,
                                      const std::function<void()>& check);

}  // namespace vya::mysql
