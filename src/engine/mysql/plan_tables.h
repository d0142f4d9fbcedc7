// What is decided by itself where tables are restored into a database that is there. Pure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/mysql/backup_model.h"
#include "engine/mysql/chosen_tables.h"
#include "engine/mysql/tables_on_target.h"

namespace vya::mysql {

struct TablesPlan {
  std::vector<std::string> refusals;
  std::vector<Gap> gaps;
  std::vector<PlanStep> steps;
  std::vector<std::string> notices;  ///< what gets another name than it is asked for
};

/// The databases that the backup's tables are in or refer to, by their names on the target.
std::set<std::string> databases_of_tables(const BackupModel& backup);

/// Decides, and changes the backup's definitions accordingly: foreign keys to what is not there are
/// taken out, and so are triggers that would act on another table; constraints and triggers whose
/// names are taken get others.
TablesPlan plan_tables(BackupModel& backup, const ChosenTables& chosen, const TablesOnTarget& there,
                       RestoreScope scope);

}  // namespace vya::mysql
