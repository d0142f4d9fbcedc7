// The databases that grants name, as the target names and understands them.
//
// The name in a grant on a database is a pattern, in which _ and % stand for others, but not where
// partial revokes are on: then it is a name. So a grant of one kind of server can mean more
// databases on the other.
#include <algorithm>
#include <array>
#include <string_view>

#include "engine/mysql/accounts/fit.h"
#include "engine/mysql/accounts/grants_sql.h"

namespace vya::mysql {

namespace {

constexpr std::array<std::string_view, 4> kServersOwn = {"mysql", "sys", "performance_schema",
                                                         "information_schema"};

bool is_servers_own(const std::string& database) {
  return std::ranges::find(kServersOwn, database) != kServersOwn.end();
}

/// Whether it is a database of the target's own, that only happens to have the name.
bool is_another(const std::string& database, const AccountsRequest& request,
                const AccountsTarget& target) {
  if (!request.databases || is_servers_own(database) || !target.databases.contains(database))
    return false;
  return std::ranges::none_of(*request.databases,
                              [&](const auto& names) { return names.second == database; });
}

std::string renamed(const std::string& database, const AccountsRequest& request) {
  if (!request.databases) return database;
  const auto found = request.databases->find(database);
  return found == request.databases->end() ? database : found->second;
}

class Databases {
 public:
  Databases(const AccountsRequest& request, const AccountsTarget& target)
      : request_(request),
        target_(target),
        from_patterns_(!request.backup.rules.partial_revokes),
        to_patterns_(!target.takes_names()) {}

  /// Changes the grant; says why it is to be left out, or nothing.
  std::string fit(Grant& grant) const {
    if (grant.on == "server") return "";
    const bool is_patterned = grant.on == "database" && from_patterns_;
    if (is_patterned && is_pattern(grant.database)) return fit_pattern(grant);
    const std::string name =
        renamed(is_patterned ? unescaped(grant.database) : grant.database, request_);
    if (is_another(name, request_, target_))
      return "the target has a database of this name that is not the backup's";
    grant.database = grant.on == "database" && to_patterns_ ? escaped(name) : name;
    return "";
  }

 private:
  std::string fit_pattern(Grant& grant) const {
    const std::string another = first_other(grant.database);
    const bool as_it_is = to_patterns_ && another.empty() && renamed_all(grant.database);
    if (as_it_is) return "";
    // Mostly it is meant for the one database of exactly this name.
    if (ours().contains(grant.database) && matched_by(grant.database) == 1) {
      const std::string name = renamed(grant.database, request_);
      grant.database = to_patterns_ ? escaped(name) : name;
      return "";
    }
    if (!to_patterns_) return "with partial_revokes on, the target takes a pattern for a name";
    if (another.empty()) return "databases that it is for have other names on the target";
    return "it would be for database '" + another + "' too, which is not the backup's";
  }

  /// The databases that the grants of the backup can be for.
  std::set<std::string> ours() const {
    if (!request_.databases) return target_.databases;
    std::set<std::string> names;
    for (const auto& [name, new_name] : *request_.databases) names.insert(name);
    return names;
  }

  std::ptrdiff_t matched_by(const std::string& pattern) const {
    return std::ranges::count_if(ours(),
                                 [&](const std::string& name) { return matches(pattern, name); });
  }

  /// A database of the target's own that the pattern is for, or empty.
  std::string first_other(const std::string& pattern) const {
    const auto other = std::ranges::find_if(target_.databases, [&](const std::string& database) {
      return matches(pattern, database) && is_another(database, request_, target_);
    });
    return other == target_.databases.end() ? "" : *other;
  }

  /// Whether each database that the pattern is for has a name on the target that it is for too.
  bool renamed_all(const std::string& pattern) const {
    return std::ranges::all_of(ours(), [&](const std::string& name) {
      return matches(pattern, name) == matches(pattern, renamed(name, request_));
    });
  }

  const AccountsRequest& request_;
  const AccountsTarget& target_;
  bool from_patterns_;
  bool to_patterns_;
};

}  // namespace

void fit_databases(Accounts& accounts, const AccountsRequest& request, const AccountsTarget& target,
                   std::vector<Gap>& gaps) {
  const Databases databases(request, target);
  std::erase_if(accounts.grants, [&](Grant& grant) {
    const std::string why = databases.fit(grant);
    if (why.empty()) return false;
    gaps.push_back({.kind = "grant",
                    .what = grant_name(grant),
                    .why = why,
                    .cure = give(grant, target.flavor.vendor)});
    return true;
  });
  for (Restriction& restriction : accounts.restrictions)
    restriction.database = renamed(restriction.database, request);
}

}  // namespace vya::mysql
