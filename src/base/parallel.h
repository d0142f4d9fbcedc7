// The same work on several things at the same time.
#pragma once

#include <cstddef>
#include <functional>

namespace vya {

/// Calls work(0) ... work(count - 1), each once, from up to `jobs` threads (0 means 1). After the
/// first error no more are begun; it is thrown again here when all threads have ended.
void in_parallel(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& work);

}  // namespace vya
