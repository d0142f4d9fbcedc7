// Privileges on single tables that are restored: accounts that are there get what they had.
//
// Accounts are left alone, and so is what they may do elsewhere. What the target grants on the
// table's name from before is named: nothing of the backup says that it should be so.
#pragma once

#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/mysql/accounts/accounts.h"
#include "engine/mysql/backup_model.h"
#include "engine/mysql/chosen_tables.h"
#include "engine/mysql/restoration.h"

namespace vya::mysql {

struct TableGrants {
  std::vector<Grant> given;  ///< under the names of the target
  std::vector<Gap> gaps;
};

/// Decides. `account_names` are as in RestoreOptions. Pure.
TableGrants plan_table_grants(const Accounts& backup, const Accounts& target,
                              const BackupModel& model, const ChosenTables& chosen,
                              const std::map<std::string, std::string>& account_names,
                              Vendor vendor);

/// Gives them; one that the server refuses is a gap. Returns what was done in a few words.
std::string give_table_grants(Restoration& restoration, const TableGrants& grants);

}  // namespace vya::mysql
