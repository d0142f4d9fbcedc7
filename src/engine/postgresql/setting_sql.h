// The statements that bring back settings of roles and databases. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/postgresql/globals.h"
#include "engine/postgresql/statement.h"

namespace vya::pg {

/// `ALTER ROLE ... SET name TO value`, or ALTER DATABASE, or ALTER ROLE ALL. Settings that are
/// lists of names are written as lists, because the server would take one text for one name
/// (pg_dump: dumputils.c, makeAlterConfigCommand).
Statement alter_setting(const RoleSetting& setting);

/// Takes a setting away.
Statement reset_setting(const RoleSetting& setting);

/// The elements of a list of names as the server stores it: `"$user", public`. Nothing when it is
/// no such list.
std::optional<std::vector<std::string>> split_names(std::string_view list);

}  // namespace vya::pg
