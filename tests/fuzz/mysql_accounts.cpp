// Accounts of MySQL and MariaDB: they come back from their lines, and a server that has none of
// them can be brought to have them, whatever they say.
#include "engine/mysql/accounts/accounts_plan.h"
#include "engine/mysql/accounts/accounts_sql.h"
#include "tests/fuzz/documents.h"

namespace vya::fuzz {

namespace {

void write(const mysql::Accounts& accounts, Sink& to) { write_json(accounts, to); }

void check_plans(const mysql::Accounts& accounts, mysql::Vendor vendor) {
  mysql::AccountsRequest request;
  request.backup = accounts;
  mysql::AccountsTarget target;
  target.flavor.vendor = vendor;
  std::vector<Gap> gaps;
  const auto plan = unless_error([&] {
    const mysql::Accounts fitting = mysql::fit_accounts(request, target, gaps);
    mysql::plan_accounts(fitting, target, AccountsPolicy::kCreate);
    return mysql::plan_grants(fitting, target, AccountsPolicy::kConverge);
  });
  if (!plan) return;
  for (const mysql::AccountChange& change : plan->changes)
    require(!change.statements.empty(), "a change has statements");
}

}  // namespace

void try_input(std::string_view input) {
  mysql::role_list(std::string(input));
  mysql::account_name(std::string(input));
  const auto accounts = read_write_read(input, mysql::read_accounts_json, write);
  if (!accounts) return;
  check_plans(*accounts, mysql::Vendor::kMysql);
  check_plans(*accounts, mysql::Vendor::kMariadb);
}

}  // namespace vya::fuzz
