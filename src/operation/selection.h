// What of a backup is restored: which databases, under which names. Pure.
#pragma once

#include <string>
#include <vector>

#include "operation/table_path.h"
#include "stream/contents.h"

namespace vya {

/// `crm*`, or `shop=shop_test`.
struct DatabaseChoice {
  std::string glob;            ///< of names in the backup; with a new name, a name
  std::string name_on_target;  ///< empty: the name it has
  bool operator==(const DatabaseChoice&) const = default;
};

struct Selection {
  std::vector<DatabaseChoice> databases;  ///< none: all
  std::vector<RenamedTable> tables;       ///< only these, of their databases; none: all
  std::vector<std::string> accounts;      ///< globs: only these accounts; none: all
  bool operator==(const Selection&) const = default;
};

/// The databases that are chosen, with the names that they get; where tables are chosen, those of
/// the tables. Throws Error(kNotFound) for a choice that fits none of them, and Error(kUsage) when
/// two would get the same name, or one that no chosen table is in would get one.
std::vector<Database> choose_databases(const std::vector<Database>& databases,
                                       const Selection& selection);

/// Whether an account's name fits one of the globs, or there are none.
bool fits_account(const std::vector<std::string>& globs, const std::string& name);

/// Throws Error(kNotFound) for a glob that fits no account.
void require_accounts(const std::vector<std::string>& globs, const std::vector<std::string>& names);

}  // namespace vya
