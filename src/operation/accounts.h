// vya accounts: accounts by themselves, of a backup or of a server as it is.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "config/config.h"
#include "engine/account_script.h"
#include "operation/progress.h"
#include "repository/repository.h"

namespace vya {

/// Which accounts of which server.
struct AccountsChoice {
  std::string from;                   ///< a backup, or `live:INSTANCE`
  std::vector<std::string> accounts;  ///< globs of names; none: all
};

/// An account as the catalog model has it; never with a verifier.
struct ListedAccount {
  std::string name;  ///< `role "app"`, ``user `app`@`%` ``
  bool has_password = false;
  std::map<std::string, std::string> properties;
  std::set<std::string> items;  ///< memberships, settings, and on MySQL privileges
};

/// Throws Error(kNotFound) when a glob fits no account.
std::vector<ListedAccount> list_accounts(const Config& config, Repository& repository,
                                         const AccountsChoice& choice, Progress& progress);

/// SQL that makes them on an empty server, a statement each. Throws as list_accounts() does.
std::vector<std::string> export_accounts(const Config& config, Repository& repository,
                                         const AccountsChoice& choice, Verifiers verifiers,
                                         Progress& progress);

}  // namespace vya
