// The statements that make and change accounts. Pure.
#pragma once

#include <string>
#include <vector>

#include "engine/mysql/accounts/accounts.h"

namespace vya::mysql {

/// How a statement names an account: `app`@`%`. MariaDB's roles have no host, and PUBLIC is a word
/// of its language.
std::string quote_account(const AccountName& name, Vendor vendor);

/// How GRANT PROXY names whom one may become, who need not have a name or a host.
std::string quote_proxied(const AccountName& name);

/// The roles of a text like `` `a`@`%`, 'b', c `` (mandatory_roles).
std::vector<AccountName> role_list(const std::string& text);

/// In which of its properties an account differs from the one that is there, in people's words.
std::vector<std::string> account_differences(const Account& wanted, const Account& found);

std::vector<std::string> create_account(const Account& account, Vendor vendor);

/// Gives an account that is there the properties of another, from which it differs.
std::vector<std::string> alter_account(const Account& wanted, const Account& found, Vendor vendor);

/// Makes MySQL remember these as the account's past passwords, and no others. Nothing else sets
/// them than the server's own table.
std::vector<std::string> set_past_passwords(const Account& account);

/// What stands for the password of an account that nobody is to log in to.
Authentication no_login(Vendor vendor);

}  // namespace vya::mysql
