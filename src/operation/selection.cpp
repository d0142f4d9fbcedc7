#include "operation/selection.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <set>

#include "base/error.h"

namespace vya {

namespace {

bool fits(const DatabaseChoice& choice, const Database& database) {
  if (!choice.name_on_target.empty()) return choice.glob == database.name;
  return fnmatch(choice.glob.c_str(), database.name.c_str(), 0) == 0;
}

[[noreturn]] void refuse_unknown(const DatabaseChoice& choice,
                                 const std::vector<Database>& databases) {
  std::vector<std::string> names;
  for (const Database& database : databases) names.push_back("'" + database.name + "'");
  throw Error(Fault::kNotFound, fmt::format("the backup has no database '{}'", choice.glob),
              fmt::format("It has {}.", fmt::join(names, ", ")));
}

/// The tables say which databases, and the choice of databases what these are called.
Selection with_databases_of_tables(const Selection& selection) {
  Selection whole;
  std::set<std::string> names;
  for (const RenamedTable& table : selection.tables) {
    if (names.insert(table.path.database).second)
      whole.databases.push_back({table.path.database, table.path.database});
  }
  for (const DatabaseChoice& choice : selection.databases) {
    const auto found = std::ranges::find(whole.databases, choice.glob, &DatabaseChoice::glob);
    if (found == whole.databases.end()) {
      throw Error(Fault::kUsage,
                  fmt::format("no table of database '{}' is chosen, which would be '{}'",
                              choice.glob, choice.name_on_target),
                  "Name the database with which the table's name begins.");
    }
    found->name_on_target = choice.name_on_target;
  }
  return whole;
}

}  // namespace

std::vector<Database> choose_databases(const std::vector<Database>& databases,
                                       const Selection& selection) {
  if (!selection.tables.empty())
    return choose_databases(databases, with_databases_of_tables(selection));
  if (selection.databases.empty()) return databases;
  std::vector<Database> chosen;
  for (const DatabaseChoice& choice : selection.databases) {
    if (std::ranges::none_of(databases, [&](const Database& one) { return fits(choice, one); }))
      refuse_unknown(choice, databases);
  }
  std::set<std::string> names;
  for (Database database : databases) {
    // A name of its own is a closer choice than a pattern that fits too.
    const auto& choices = selection.databases;
    auto choice = std::ranges::find_if(choices, [&](const DatabaseChoice& one) {
      return !one.name_on_target.empty() && fits(one, database);
    });
    if (choice == choices.end()) {
      choice = std::ranges::find_if(choices,
                                    [&](const DatabaseChoice& one) { return fits(one, database); });
    }
    if (choice == choices.end()) continue;
    if (!choice->name_on_target.empty()) database.name = choice->name_on_target;
    if (!names.insert(database.name).second) {
      throw Error(Fault::kUsage,
                  fmt::format("two databases of the backup would become '{}'", database.name),
                  "Give each its own name with '--database A=B'.");
    }
    chosen.push_back(std::move(database));
  }
  return chosen;
}

bool fits_account(const std::vector<std::string>& globs, const std::string& name) {
  return globs.empty() || std::ranges::any_of(globs, [&](const std::string& glob) {
           return fnmatch(glob.c_str(), name.c_str(), 0) == 0;
         });
}

void require_accounts(const std::vector<std::string>& globs,
                      const std::vector<std::string>& names) {
  for (const std::string& glob : globs) {
    const bool fits = std::ranges::any_of(
        names, [&](const std::string& name) { return fits_account({glob}, name); });
    if (fits) continue;
    const std::vector<std::string> shown(
        names.begin(),
        names.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(names.size(), 10)));
    throw Error(Fault::kNotFound, fmt::format("there is no account '{}'", glob),
                fmt::format("There are {}{}.", fmt::join(shown, ", "),
                            shown.size() < names.size() ? " and others" : ""));
  }
}

}  // namespace vya
