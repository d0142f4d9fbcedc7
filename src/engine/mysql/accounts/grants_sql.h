// The statements that give and take privileges. Pure.
#pragma once

#include <string>
#include <vector>

#include "engine/mysql/accounts/accounts.h"

namespace vya::mysql {

/// What the statements name: `*.*`, `` `d`.* ``, `` PROCEDURE `d`.`p` ``.
std::string quote_object(const Grant& grant);

/// Gives the grant's privileges.
std::string give(const Grant& grant, Vendor vendor);
/// Takes them away.
std::string take(const Grant& grant, Vendor vendor);

/// Takes away what of its global privileges an account may not do in a database, and gives it back.
std::string restrict(const Restriction& restriction);
std::string lift(const Restriction& restriction);

std::string give_role(const RoleMember& member, Vendor vendor);
std::string take_role(const RoleMember& member, Vendor vendor);
/// Takes away that the member may pass the role on; MySQL gives the role again for that.
std::vector<std::string> take_admin(const RoleMember& member, Vendor vendor);

/// Makes these the account's default roles, and no others; MariaDB has one at most.
std::string set_default_roles(const AccountName& account, const std::vector<AccountName>& roles,
                              Vendor vendor);

std::string give_proxy(const Proxy& proxy, Vendor vendor);
std::string take_proxy(const Proxy& proxy, Vendor vendor);

/// Whether it is one of MySQL's privileges that have a grant option each.
bool is_dynamic(const std::string& privilege);

/// A database's name in a grant is a pattern: whether it may stand for several.
bool is_pattern(const std::string& database);
/// The name that a pattern stands for when it is one alone, and the pattern of a name.
std::string unescaped(const std::string& database);
std::string escaped(const std::string& database);

/// Whether the pattern stands for that database too.
bool matches(const std::string& pattern, const std::string& database);

}  // namespace vya::mysql
