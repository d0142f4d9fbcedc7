// A server that is lost in the middle of a backup: it is restarted, or another takes its place.
#pragma once

#include <chrono>

#include "base/error.h"
#include "engine/engine.h"
#include "operation/progress.h"

namespace vya {

/// Waits until the server answers again, and says so. Throws `lost` when it does not within
/// `patience`, and what else is wrong with it at once. No snapshot of the engine may live.
void wait_for_server(Engine& engine, std::chrono::seconds patience, const Error& lost,
                     Progress& progress);

}  // namespace vya
