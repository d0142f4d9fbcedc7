// Exit statuses, decided from what came of the work.
#pragma once

#include <vector>

#include "base/error.h"
#include "config/config.h"
#include "stream/contents.h"

namespace vya {

/// Whether there is a gap that the instance's configuration does not accept.
bool has_open_gap(const std::vector<Gap>& gaps, const Instance& instance);

/// The exit status of several things that were asked for, each with its own: the one thing's own
/// when it was one; else 0 when all are done, 11 when all are done and some with gaps, 1 when some
/// failed and 2 when all did.
int combined_status(const std::vector<int>& statuses);

}  // namespace vya
