// A plan as lines for people. Pure; never holds a secret.
#pragma once

#include <vector>

#include "engine/engine.h"
#include "engine/postgresql/backup_model.h"
#include "engine/postgresql/restore_plan.h"

namespace vya::pg {

/// What the plan's decisions come to, phase by phase in their order.
std::vector<PlanStep> steps_of(const BackupModel& backup, const RestorePlan& plan,
                               RestoreScope scope);

}  // namespace vya::pg
