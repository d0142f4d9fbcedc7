// The accounts of a MySQL or MariaDB backup by themselves.
#pragma once

#include "engine/account_script.h"
#include "engine/engine.h"

namespace vya::mysql {

/// The names of all users and roles: `app@%`. Throws Error(kCheckFailed), as all here, when a
/// document is missing or wrong.
std::vector<std::string> account_names(const BackupContents& contents);

/// The statements that make all accounts but the administrators that every installation has, with
/// their roles and privileges, on a server of the backup's version that has none of them; each ends
/// with a semicolon.
std::vector<std::string> account_script(const BackupContents& contents, Verifiers verifiers);

/// The document of globals with the chosen accounts alone.
std::string globals_with(const BackupContents& contents, const AccountFilter& wanted);

}  // namespace vya::mysql
