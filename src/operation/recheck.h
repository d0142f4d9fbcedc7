// Reads a restored server's tables again and compares their fingerprints with the backup's.
#pragma once

#include <vector>

#include "operation/contents.h"
#include "operation/progress.h"
#include "report/finding.h"

namespace vya {

struct RecheckResult {
  std::uint64_t tables = 0;
  std::uint64_t differ =
      0;  ///< tables that are not as in the backup (refreshed materialized views not counted)
  std::vector<Finding> findings;
};

/// Tables are compared one by one, partitions together under their root: a restore may route a row
/// to another leaf (hash partitioning by an enum does). A materialized view that differs is a
/// notice: it was refreshed.
RecheckResult recheck_rows(const RepositoryContents& contents, Target& target, unsigned jobs,
                           Progress& progress);

}  // namespace vya
