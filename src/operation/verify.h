// vya verify: what is stored is whole.
#pragma once

#include <vector>

#include "operation/contents.h"
#include "operation/progress.h"
#include "report/finding.h"
#include "repository/repository.h"

namespace vya {

struct VerifyReport {
  BackupId id;
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;  ///< as stored
  std::vector<Finding> findings;
};

/// Reads every file of the backup and compares size and digest. What cannot be used at all (a
/// damaged inventory) is a finding too. Throws only when the storage cannot be read.
VerifyReport verify(const Backup& backup, unsigned jobs, Progress& progress);

/// The same within another operation's phase, for contents that are read already.
std::vector<Finding> look_at_files(const RepositoryContents& contents, unsigned jobs,
                                   Progress& progress);

}  // namespace vya
