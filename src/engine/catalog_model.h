// What a server is apart from its rows: accounts, definitions, owners, grants, settings, by name.
//
// A restored server has other numbers, times and files than its source, but the same names and
// texts; so two servers are the same when their models are. The engines describe theirs out of a
// backup's documents, and of the same documents taken from a server as it is.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace vya {

/// Something with a name: a role, a table, a database.
struct CatalogObject {
  /// `owner` -> `app`. A property that is empty on one side counts as one that is not there.
  std::map<std::string, std::string> properties;
  /// The same for what no message may show: a password's verifier.
  std::map<std::string, std::string> secrets;
  /// What it has several of: `MEMBER OF "reader"`, `SELECT TO "app"`.
  std::set<std::string> items;
  /// Every server has it, so where it is not told of it has nothing: rules for all roles, say.
  bool implied = false;
  /// The object without which it cannot be: of two that are missing together only that one is told.
  std::string within = {};
  bool operator==(const CatalogObject&) const = default;
};

/// By what people call it: `role "app"`, `table shop.public.orders`.
using CatalogModel = std::map<std::string, CatalogObject>;

/// Whether an object of that name is an account.
bool is_account(const std::string& object);

/// One thing in which what was found is not what was wanted.
struct CatalogDifference {
  enum class Kind { kMissing, kExtra, kProperty, kSecret, kLacksItem, kExtraItem };
  Kind kind = Kind::kMissing;
  std::string object;
  std::string about;  ///< the property's name, or the item
  std::string wanted;
  std::string found;
  bool operator==(const CatalogDifference&) const = default;
};

/// All of them, by object. Pure.
std::vector<CatalogDifference> differences(const CatalogModel& wanted, const CatalogModel& found);

/// For people, together one sentence: `owner of table shop.public.orders` and `is "postgres", was
/// "app"`; `role "app"` and `lacks MEMBER OF "reader"`. Of long values only the part in which they
/// differ, with a little around it, on one line.
std::string where(const CatalogDifference& difference);
std::string what(const CatalogDifference& difference);

}  // namespace vya
