#include "engine/mysql/table_grants.h"

#include <algorithm>
#include <optional>

#include "engine/mysql/accounts/fit.h"
#include "engine/mysql/accounts/grants_sql.h"

namespace vya::mysql {

namespace {

bool is_on_table(const Grant& grant) { return grant.on == "table" || grant.on == "column"; }

const DatabaseModel& database_of(const BackupModel& model, const ChosenTable& table) {
  return model.database(table.choice.database);
}

/// The grant under the names of the target; nothing where it is on none of the tables.
std::optional<Grant> on_target(Grant grant, const BackupModel& model, const ChosenTables& chosen) {
  const auto table = std::ranges::find_if(chosen.chosen(), [&](const ChosenTable& one) {
    return one.choice.name.name == grant.object &&
           database_of(model, one).source_name() == grant.database;
  });
  if (!is_on_table(grant) || table == chosen.chosen().end()) return std::nullopt;
  grant.database = database_of(model, *table).name();
  grant.object = table->choice.name_on_target.name;
  return grant;
}

bool is_on_one_of(const Grant& grant, const BackupModel& model, const ChosenTables& chosen) {
  return is_on_table(grant) && std::ranges::any_of(chosen.chosen(), [&](const ChosenTable& one) {
           return one.choice.name_on_target.name == grant.object &&
                  database_of(model, one).name() == grant.database;
         });
}

bool is_on_the_same(const Grant& one, const Grant& other) {
  return one.account == other.account && one.on == other.on && one.database == other.database &&
         one.object == other.object && one.column == other.column;
}

/// What of a grant of the target is in none of the backup's.
Grant surplus(Grant there, const std::vector<Grant>& given) {
  for (const Grant& grant : given) {
    if (!is_on_the_same(grant, there)) continue;
    std::erase_if(there.privileges, [&](const std::string& privilege) {
      return std::ranges::find(grant.privileges, privilege) != grant.privileges.end();
    });
  }
  return there;
}

AccountName renamed(const AccountName& name, const std::map<std::string, std::string>& names) {
  const auto found = names.find(to_text(name));
  return found == names.end() ? name : account_name(found->second);
}

}  // namespace

TableGrants plan_table_grants(const Accounts& backup, const Accounts& target,
                              const BackupModel& model, const ChosenTables& chosen,
                              const std::map<std::string, std::string>& account_names,
                              Vendor vendor) {
  TableGrants grants;
  for (const Grant& one : backup.grants) {
    std::optional<Grant> grant = on_target(one, model, chosen);
    if (!grant) continue;
    grant->account = renamed(grant->account, account_names);
    if (target.find(grant->account) != nullptr) {
      grants.given.push_back(std::move(*grant));
    } else {
      grants.gaps.push_back({.kind = "grant",
                             .what = grant_name(*grant),
                             .why = "the target has no such account",
                             .cure = give(*grant, vendor)});
    }
  }
  for (const Grant& one : target.grants) {
    if (!is_on_one_of(one, model, chosen)) continue;
    const Grant more = surplus(one, grants.given);
    if (more.privileges.empty()) continue;
    grants.gaps.push_back({.kind = "grant",
                           .what = grant_name(more),
                           .why = "the target grants it on a table of this name from before, and "
                                  "the account did not have it on the source",
                           .cure = take(more, vendor)});
  }
  return grants;
}

std::string give_table_grants(Restoration& restoration, const TableGrants& grants) {
  RestoreSession session = restoration.sessions.borrow();
  std::uint64_t given = 0;
  for (const Grant& grant : grants.given) {
    const std::string sql = give(grant, restoration.server.flavor().vendor);
    const bool is_given =
        execute_or_gap(restoration, *session,
                       {.kind = "grant", .what = grant_name(grant), .why = "", .cure = ""}, sql);
    if (is_given) ++given;
  }
  return in_words(Totals{{"grants", given}});
}

}  // namespace vya::mysql
