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

}  // namespace

std::vector<Database> choose_databases(const std::vector<Database>& databases,
                                       const Selection& selection) {
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

}  // namespace vya
