// What is asked of a restore.
#pragma once

#include "engine/engine.h"
#include "operation/selection.h"

namespace vya {

/// Whether all tables are read again afterwards and compared with the backup.
enum class Recheck { kNo, kYes };

struct RestoreRequest {
  RestoreOptions options;
  Selection selection;
  /// A database that is to take another one's place is checked whatever this says.
  Recheck recheck = Recheck::kNo;
};

}  // namespace vya
