// In which order segments are read.
#pragma once

#include <vector>

#include "engine/engine.h"

namespace vya {

/// Database by database, the heaviest first; within a database the heaviest segment first.
void order_for_work(std::vector<Segment>& segments);

}  // namespace vya
