#include "engine/mysql/accounts/accounts_restore.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/mysql/accounts/accounts_sql.h"
#include "engine/mysql/accounts/authority.h"
#include "engine/mysql/accounts/grants_sql.h"
#include "engine/mysql/accounts/look_at_target.h"
#include "engine/mysql/accounts/read.h"
#include "engine/mysql/outcome.h"
#include "engine/mysql/quote.h"

namespace vya::mysql {

namespace {

constexpr const char* kEnableRevokes = "SET PERSIST partial_revokes = ON";

/// In the order in which people expect to read them.
constexpr std::array kCounted = {"accounts", "role members", "default roles",
                                 "proxies",  "grants",       "settings"};

/// A server that nobody but its administrators uses.
bool is_in_use(const AccountsTarget& target) {
  return std::ranges::any_of(target.accounts.accounts, [&](const Account& account) {
    return account.type != AccountType::kPublic && !is_administrator(account.name) &&
           account.name != target.me;
  });
}

/// With partial revokes on, an _ or % in the name of a database would stand for itself, and a
/// backslash too, so what others on the server may do would change.
bool has_patterns(const Accounts& accounts) {
  return std::ranges::any_of(accounts.grants, [](const Grant& grant) {
    return grant.on == "database" && grant.database.find_first_of("_%\\") != std::string::npos;
  });
}

/// What the server said, without the end of the statement that it may quote: a hash may stand
/// there.
std::string harmless(const SqlError& error) {
  constexpr unsigned kSyntax = 1064;
  return error.number() == kSyntax
             ? fmt::format("it does not understand the statement (error {})", kSyntax)
             : error.said();
}

}  // namespace

AccountsRestore::AccountsRestore(AccountsRequest request, Connection& target, const Flavor& flavor)
    : request_(std::move(request)) {
  target_.flavor = flavor;
  if (request_.options.accounts == AccountsPolicy::kSkip || !can_restore(flavor)) return;
  const OwnSettings settings(target);
  std::vector<Gap> unread;
  look_at_target(target, target_, unread);
  for (const Gap& gap : unread) {
    refusals_.push_back(
        fmt::format("cannot restore accounts: the user may not read {} of the "
                    "target; restore with --accounts skip, or run as an administrator: {}",
                    gap.what, gap.cure));
  }
  target_.in_use = is_in_use(target_);
  if (request_.databases) {
    for (const auto& [name, on_target] : *request_.databases) target_.restored.insert(on_target);
  }
  target_.enables_partial_revokes =
      !request_.backup.restrictions.empty() && flavor.has("partial_revokes") &&
      !target_.accounts.rules.partial_revokes && !has_patterns(target_.accounts);
  if (refusals_.empty()) plan_all();
}

bool AccountsRestore::can_restore(const Flavor& flavor) {
  const std::string& from = request_.source.product;
  if (from == flavor.product()) return true;
  refusals_.push_back(fmt::format(
      "accounts of {} cannot be restored to {}: passwords and privileges of the two differ; "
      "restore with --accounts skip",
      from, flavor.product()));
  return false;
}

/// The second half is planned as if the first had been done.
void AccountsRestore::plan_all() {
  std::vector<Gap> gaps;
  const Accounts wanted = fit_accounts(request_, target_, gaps);
  const AccountsPolicy policy = request_.options.accounts;
  const AccountsAuthority authority(wanted, target_, policy);
  if (target_.enables_partial_revokes) steps_.push_back({kAccountsPhase, kEnableRevokes});
  for (const Account& account : wanted.accounts) {
    if (authority.is_protected(account.name) && target_.accounts.find(account.name) != nullptr) {
      steps_.push_back(
          {kAccountsPhase,
           fmt::format("leave {} as it is: {}", quote_account(account.name, target_.flavor.vendor),
                       authority.reason(account.name))});
    }
  }
  AccountsPlan first = plan_accounts(wanted, target_, policy);
  AccountsTarget after = target_;
  std::set<AccountName> done;
  for (const AccountChange& change : first.changes) {
    steps_.push_back({kAccountsPhase, change.what});
    done.insert(change.account);
    if (target_.accounts.find(change.account) == nullptr) after.created.insert(change.account);
  }
  std::erase_if(after.accounts.accounts,
                [&](const Account& account) { return done.contains(account.name); });
  for (const AccountName& name : done) after.accounts.accounts.push_back(*wanted.find(name));
  sort(after.accounts);
  AccountsPlan second = plan_grants(wanted, after, policy);
  for (const AccountChange& change : second.changes) steps_.push_back({kGrantsPhase, change.what});
  add_gaps(std::move(gaps));
  add_gaps(std::move(first.gaps));
  add_gaps(std::move(second.gaps));
}

void AccountsRestore::add_gaps(std::vector<Gap> gaps) {
  for (Gap& gap : gaps) {
    if (std::ranges::find(gaps_, gap) == gaps_.end()) gaps_.push_back(std::move(gap));
  }
}

std::vector<Gap> AccountsRestore::gaps() const { return gaps_; }

Totals AccountsRestore::totals() const {
  Totals totals;
  for (const char* what : kCounted) {
    const auto found = done_.find(what);
    if (found != done_.end() && found->second != 0) totals.emplace_back(what, found->second);
  }
  return totals;
}

void AccountsRestore::refuse(Gap gap, const SqlError& error) {
  if (error.fault() == Fault::kConnection) throw;
  gap.why = "the target refused it: " + harmless(error);
  add_gaps({std::move(gap)});
}

/// What the server refuses is a gap: one account's trouble does not keep the others away.
void AccountsRestore::run(Connection& connection, const AccountChange& change) {
  const bool is_new = target_.accounts.find(change.account) == nullptr;
  try {
    for (const std::string& statement : change.statements) {
      connection.run(statement);
      if (is_new && change.counted == "accounts") target_.created.insert(change.account);
    }
    ++done_[change.counted];
  } catch (const SqlError& error) {
    given_up_.insert(change.what);
    if (!change.undo.empty()) narrowed_.insert(change.account);
    for (const std::string& statement : change.undo) connection.run(statement);
    refuse(change.gap, error);
  }
}

bool AccountsRestore::run_all(Connection& connection, const std::vector<AccountChange>& changes) {
  bool has_run = false;
  for (const AccountChange& change : changes) {
    if (given_up_.contains(change.what) || narrowed_.contains(change.account)) continue;
    run(connection, change);
    has_run = true;
  }
  return has_run;
}

std::string AccountsRestore::create(Connection& connection) {
  if (request_.options.accounts == AccountsPolicy::kSkip) return in_words({});
  const OwnSettings settings(connection);
  std::vector<Gap> gaps;
  if (target_.enables_partial_revokes) {
    run(connection, {.what = kEnableRevokes,
                     .statements = {kEnableRevokes},
                     .counted = "settings",
                     .gap = {.kind = "setting", .what = "partial_revokes", .cure = kEnableRevokes},
                     .account = {},
                     .undo = {}});
    target_.enables_partial_revokes = false;
  }
  look_at_target(connection, target_, gaps);
  const Accounts wanted = fit_accounts(request_, target_, gaps);
  AccountsPlan plan = plan_accounts(wanted, target_, request_.options.accounts);
  add_gaps(std::move(gaps));
  add_gaps(std::move(plan.gaps));
  run_all(connection, plan.changes);
  return in_words(totals());
}

std::string AccountsRestore::grant(Connection& connection) {
  if (request_.options.accounts == AccountsPolicy::kSkip) return in_words({});
  const OwnSettings settings(connection);
  const auto before = done_;
  constexpr int kMostPasses = 5;
  for (int pass = 1;; ++pass) {
    std::vector<Gap> gaps;
    look_at_target(connection, target_, gaps);
    const Accounts wanted = fit_accounts(request_, target_, gaps);
    target_.objects = objects_there(connection, wanted.grants);
    AccountsPlan plan = plan_grants(wanted, target_, request_.options.accounts);
    add_gaps(std::move(gaps));
    add_gaps(std::move(plan.gaps));
    if (pass == kMostPasses) {
      name_what_is_left(plan.changes);
      break;
    }
    if (!run_all(connection, plan.changes)) break;
  }
  Totals done;
  for (const auto& [what, number] : totals()) {
    const auto found = before.find(what);
    const std::uint64_t earlier = found == before.end() ? 0 : found->second;
    if (number > earlier) done.emplace_back(what, number - earlier);
  }
  return in_words(done);
}

/// What was run and is not there all the same.
void AccountsRestore::name_what_is_left(const std::vector<AccountChange>& changes) {
  for (const AccountChange& change : changes) {
    if (given_up_.contains(change.what) || narrowed_.contains(change.account)) continue;
    Gap gap = change.gap;
    gap.why = "the target took the statement, and is not as it says";
    add_gaps({std::move(gap)});
  }
}

}  // namespace vya::mysql
