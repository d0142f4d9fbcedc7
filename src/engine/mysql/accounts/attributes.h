// The JSON in which servers keep what has no column of its own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/mysql/accounts/accounts.h"

namespace vya::mysql {

/// Adds to the account and its restrictions what MySQL's mysql.user.User_attributes says. Throws
/// Error(kInternal) when it cannot be read.
void read_user_attributes(const std::string& json, Account& account,
                          std::vector<Restriction>& restrictions);

/// Adds what MariaDB's mysql.global_priv.Priv says, and gives the default role, or nothing.
std::optional<std::string> read_global_priv(const std::string& json, Account& account);

/// What ALTER USER ... ATTRIBUTE takes to make `found` become `wanted`: it merges, and null takes a
/// key away.
std::string attribute_change(const std::optional<std::string>& found,
                             const std::optional<std::string>& wanted);

}  // namespace vya::mysql
