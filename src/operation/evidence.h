// The evidence of a repository: records of drills, chained by their digests.
#pragma once

#include <string>
#include <vector>

#include "report/finding.h"
#include "repository/drill_record.h"
#include "repository/repository.h"

namespace vya {

struct Evidence {
  std::vector<DrillRecord> records;     ///< oldest first
  std::vector<EvidenceLink> last_ones;  ///< records that no other one names
  std::vector<Finding> findings;        ///< records that are missing, changed or no records
};

/// Reads all of it. That the newest records were removed together with all that name them does not
/// show: who keeps the digest of the last one elsewhere can tell.
Evidence read_evidence(const Repository& repository);

/// A finding as a record keeps it, and back.
RecordedFinding recorded(const Finding& finding);
Finding finding_of(const RecordedFinding& finding);

/// Chains a record to those that are there and keeps it, with a name of its own. Returns it.
DrillRecord keep_record(Repository& repository, DrillRecord record);

}  // namespace vya
