// What tests of accounts need on real servers.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/mysql/accounts/accounts_restore.h"
#include "engine/mysql/server.h"
#include "stream/lines.h"
#include "tests/engine/mysql/accounts/zoo.h"
#include "tests/engine/mysql/address_of.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::mysql {

/// What a restore said and did.
struct Restored {
  std::vector<PlanStep> steps;
  std::vector<std::string> refusals;
  std::vector<Gap> gaps;
  std::string created;  ///< in words
  std::string granted;
  int statements = 0;  ///< that the target ran

  std::string plan() const {
    std::string text;
    for (const PlanStep& step : steps) text += step.phase + ": " + step.text + "\n";
    return text;
  }
  /// `kind:what` of each gap.
  std::vector<std::string> gap_ids() const {
    std::vector<std::string> ids;
    for (const Gap& gap : gaps) ids.push_back(gap.id());
    return ids;
  }
  std::string gap_text() const {
    std::string text;
    for (const Gap& gap : gaps) text += gap.id() + ": " + gap.why + " | " + gap.cure + "\n";
    return text;
  }
  bool has_gap(const std::string& id) const {
    return gap_text().starts_with(id + ": ") ||
           gap_text().find("\n" + id + ": ") != std::string::npos;
  }
};

class MysqlAccountsTest : public world::OnMysql {
 protected:
  static std::unique_ptr<world::MysqlServer> make_zoo() {
    auto server = make_server(zoo_arguments(on_mariadb()));
    make_zoo_objects(*server);
    make_zoo_accounts(*server);
    return server;
  }

  /// As a backup holds them: through their JSON lines.
  static Accounts accounts_of(const world::MysqlServer& server, const std::string& password = "") {
    const Server connected(address_of(server, "root", password));
    const auto connection = connected.connect([] {});
    std::vector<Gap> gaps;
    const Accounts accounts = read_accounts(*connection, connected.flavor(), gaps);
    EXPECT_EQ(gaps, std::vector<Gap>{});
    TextSink text;
    write_json(accounts, text);
    TextSource source(text.text());
    Accounts read = read_accounts_json(source);
    EXPECT_TRUE(accounts == read);
    return read;
  }

  static Restored restore(AccountsRequest request, const world::MysqlServer& target,
                          const std::string& objects = "") {
    const Server connected(address_of(target));
    Connection connection(address_of(target));
    const int before = account_statements(target);
    AccountsRestore accounts(std::move(request), connection, connected.flavor());
    EXPECT_EQ(account_statements(target), before) << "looking changed something";
    Restored restored{.steps = accounts.steps(), .refusals = accounts.refusals()};
    if (restored.refusals.empty()) {
      restored.created = accounts.create(connection);
      restored.statements = account_statements(target) - before;
      if (objects == "zoo") make_zoo_objects(target);
      if (!objects.empty() && objects != "zoo") target.query(objects);
      const int middle = account_statements(target);
      restored.granted = accounts.grant(connection);
      restored.statements += account_statements(target) - middle;
    }
    restored.gaps = accounts.gaps();
    return restored;
  }

  static AccountsRequest request_of(const world::MysqlServer& source,
                                    AccountsPolicy policy = AccountsPolicy::kCreate) {
    AccountsRequest request;
    request.backup = accounts_of(source);
    request.source = Server(address_of(source)).facts();
    request.options.accounts = policy;
    return request;
  }

  static bool can_log_in(const world::MysqlServer& server, const std::string& user,
                         const std::string& password) {
    try {
      const Connection connection(address_of(server, user, password));
      return true;
    } catch (const Error&) {
      return false;
    }
  }

  /// What the account is told when it tries; empty: it may.
  static std::string tries(const world::MysqlServer& server, const std::string& user,
                           const std::string& password, const std::string& sql) {
    try {
      Connection connection(address_of(server, user, password));
      connection.run(sql);
      return "";
    } catch (const Error& error) {
      return error.what();
    }
  }
};

}  // namespace vya::mysql
