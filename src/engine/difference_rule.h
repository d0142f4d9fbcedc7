// Why a server that was restored may differ from its source although the restore is right.
//
// A version writes definitions in another way than the one before, or has privileges that did not
// exist. Each such reason is a rule with a name, which the finding then shows; what no rule
// explains is a fault. The rules are the engines', each beside what it knows of its versions.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/catalog_model.h"

namespace vya {

/// What a rule looks at.
struct DifferenceCase {
  const CatalogDifference& difference;
  const std::vector<CatalogDifference>& all;  ///< between the two servers
  const CatalogModel& wanted;
  const std::string& account;  ///< that the restore ran as; empty: there was none
  int source_major = 0;        ///< of what was wanted
  int target_major = 0;        ///< of what was found

  /// Whether the restore crossed the first version that has something.
  bool crosses(int major) const { return source_major < major && target_major >= major; }
};

struct DifferenceRule {
  const char* name;                         ///< as the manual lists it
  bool (*explains)(const DifferenceCase&);  ///< pure
};

using DifferenceRules = std::span<const DifferenceRule>;

}  // namespace vya
