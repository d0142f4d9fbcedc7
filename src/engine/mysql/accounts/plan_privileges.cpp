#include "engine/mysql/accounts/plan_privileges.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/mysql/accounts/accounts_sql.h"
#include "engine/mysql/accounts/differences.h"
#include "engine/mysql/accounts/fit.h"
#include "engine/mysql/accounts/grants_sql.h"
#include "engine/mysql/accounts/read.h"

namespace vya::mysql {

namespace {

using Names = std::vector<std::string>;

Names together(const Names& one, const Names& other) {
  Names all;
  std::ranges::set_union(one, other, std::back_inserter(all));
  return all;
}

bool has(const Names& list, const std::string& name) {
  return std::ranges::find(list, name) != list.end();
}

Names only_dynamic(const Names& list) {
  Names some;
  std::ranges::copy_if(list, std::back_inserter(some), is_dynamic);
  return some;
}

/// The same object with other privileges.
Grant with(const Grant& grant, Names privileges, Names grantable = {}) {
  Grant other = grant;
  other.privileges = std::move(privileges);
  other.grantable = std::move(grantable);
  return other;
}

class PrivilegesPlanner {
 public:
  PrivilegesPlanner(const Accounts& wanted, const AccountsTarget& target,
                    const AccountsAuthority& authority, AccountsPlan& plan)
      : wanted_(wanted), target_(target), authority_(authority), plan_(plan) {}

  void plan() {
    collect(wanted_.grants, &Pair::wanted);
    collect(target_.accounts.grants, &Pair::found);
    for (const auto& [key, pair] : pairs_) plan(pair);
    plan_restrictions();
  }

 private:
  /// What an account may do with one object, on both sides.
  struct Pair {
    Grant wanted;
    Grant found;
  };
  using Key = std::tuple<AccountName, int, std::string, std::string, std::string, std::string>;

  void collect(const std::vector<Grant>& list, Grant Pair::* side) {
    for (const Grant& grant : list) {
      if (!authority_.gives(grant)) continue;
      // Privileges on everything come first: what is revoked from them follows at once.
      const Key key{grant.account, grant.on == "server" ? 0 : 1,
                    grant.on,      grant.database,
                    grant.object,  grant.column};
      Pair& pair = pairs_[key];
      if (pair.wanted.on.empty()) pair.wanted = pair.found = with(grant, {});
      pair.*side = grant;
    }
  }

  void plan(const Pair& pair) {
    const Names extra = without(pair.found.privileges, pair.wanted.privileges);
    const Names missing = without(pair.wanted.privileges, pair.found.privileges);
    if (extra.empty() && missing.empty() && pair.wanted.grantable == pair.found.grantable) return;
    if (pair.wanted.on == "server" && target_.flavor.vendor == Vendor::kMysql)
      return plan_server(pair);
    if (!extra.empty() && authority_.changes(pair.wanted.account))
      take_away(with(pair.wanted, extra));
    if (!missing.empty()) give_or_say(with(pair.wanted, missing));
  }

  /// GRANT OPTION on everything gives and takes the grant options of dynamic privileges too, so
  /// those are then given anew.
  void plan_server(const Pair& pair) {
    const Names dynamic = only_dynamic(pair.wanted.privileges);
    const Names dynamic_there = only_dynamic(pair.found.privileges);
    const Names fixed = without(pair.wanted.privileges, dynamic);
    const Names fixed_there = without(pair.found.privileges, dynamic_there);
    const bool anew = has(fixed, "GRANT OPTION") != has(fixed_there, "GRANT OPTION");
    const Names redone = anew ? dynamic_there
                              : together(without(dynamic_there, dynamic),
                                         without(pair.found.grantable, pair.wanted.grantable));
    const Names kept = without(dynamic_there, redone);
    const Names kept_grantable = without(pair.found.grantable, redone);
    lock_restricted(pair);
    take_away(with(pair.wanted, redone));
    take_away(with(pair.wanted, without(fixed_there, fixed)));
    give_now(with(pair.wanted, without(fixed, fixed_there)));
    give_now(with(pair.wanted, without(without(dynamic, pair.wanted.grantable), kept)));
    const Names passed_on = without(pair.wanted.grantable, kept_grantable);
    give_now(with(pair.wanted, passed_on, passed_on));
  }

  /// Between a privilege and what is revoked from it nobody may log in.
  void lock_restricted(const Pair& pair) {
    const AccountName& name = pair.wanted.account;
    const Account* found = target_.accounts.find(name);
    if (!is_restricted(wanted_, name) || found == nullptr || found->locked) return;
    const std::string who = quote_account(name, Vendor::kMysql);
    plan_.changes.push_back({.what = "lock user " + who + " while its privileges change",
                             .statements = {fmt::format("ALTER USER {} ACCOUNT LOCK", who)},
                             .counted = "",
                             .gap = {.kind = "account", .what = to_text(name)},
                             .account = name,
                             .undo = {}});
  }

  void take_away(const Grant& grant) { change(grant, take(grant, target_.flavor.vendor)); }
  void give_now(const Grant& grant) { change(grant, give(grant, target_.flavor.vendor)); }

  void change(const Grant& grant, const std::string& sql) {
    if (grant.privileges.empty()) return;
    plan_.changes.push_back({.what = sql,
                             .statements = {sql},
                             .counted = "grants",
                             .gap = {.kind = "grant", .what = grant_name(grant), .cure = sql},
                             .account = grant.account,
                             .undo = {}});
  }

  /// A table that may be created may be granted before it is there.
  void give_or_say(const Grant& grant) {
    const bool needs_object =
        grant.on != "server" && grant.on != "database" && !has(grant.privileges, "CREATE");
    if (!needs_object || !target_.objects || target_.objects->contains(object_key(grant)))
      return give_now(grant);
    plan_.gaps.push_back({.kind = "grant",
                          .what = grant_name(grant),
                          .why = fmt::format("the target has no such {}", grant.on),
                          .cure = give(grant, target_.flavor.vendor)});
  }

  void plan_restrictions() {
    for (const Restriction& found : target_.accounts.restrictions) {
      if (!authority_.changes(found.account)) continue;
      // With a privilege itself goes what was revoked from it.
      Restriction lifted = found;
      lifted.privileges = without(found.privileges, privileges_in(wanted_, found));
      std::erase_if(lifted.privileges, [&](const std::string& privilege) {
        return !has(global_privileges(found.account), privilege);
      });
      if (!lifted.privileges.empty()) restriction_change(lifted, lift(lifted));
    }
    for (const Restriction& wanted : wanted_.restrictions) {
      if (!authority_.changes(wanted.account)) continue;
      Restriction missing = wanted;
      missing.privileges = without(wanted.privileges, privileges_in(target_.accounts, wanted));
      if (missing.privileges.empty()) continue;
      restriction_change(missing, restrict(missing));
      const Grant all{.account = wanted.account, .on = "server", .privileges = missing.privileges};
      plan_.changes.back().undo = {take(all, Vendor::kMysql)};
    }
  }

  void restriction_change(const Restriction& restriction, const std::string& sql) {
    plan_.changes.push_back(
        {.what = sql,
         .statements = {sql},
         .counted = "grants",
         .gap = {.kind = "refused-account", .what = to_text(restriction.account), .cure = sql},
         .account = restriction.account,
         .undo = {}});
  }

  static Names privileges_in(const Accounts& accounts, const Restriction& like) {
    for (const Restriction& one : accounts.restrictions) {
      if (one.account == like.account && one.database == like.database) return one.privileges;
    }
    return {};
  }

  Names global_privileges(const AccountName& name) const {
    for (const Grant& grant : wanted_.grants) {
      if (grant.account == name && grant.on == "server") return grant.privileges;
    }
    return {};
  }

  const Accounts& wanted_;
  const AccountsTarget& target_;
  const AccountsAuthority& authority_;
  AccountsPlan& plan_;
  std::map<Key, Pair> pairs_;
};

}  // namespace

std::string object_key(const Grant& grant) {
  const bool is_relation = grant.on == "table" || grant.on == "column";
  std::string key = grant.on;
  for (const std::string& part :
       {grant.database, is_relation ? grant.object : lower(grant.object), grant.column}) {
    key += '\0';
    key += part;
  }
  return key;
}

void plan_privileges(const Accounts& wanted, const AccountsTarget& target,
                     const AccountsAuthority& authority, AccountsPlan& plan) {
  PrivilegesPlanner(wanted, target, authority, plan).plan();
}

}  // namespace vya::mysql
