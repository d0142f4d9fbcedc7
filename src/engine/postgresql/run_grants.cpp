#include "engine/postgresql/run_grants.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/source_path.h"

namespace vya::pg {

namespace {

constexpr const char* kGap = "grant";

/// Warnings, not errors, of a server that did nothing or not all.
constexpr std::array<std::string_view, 2> kNotDone = {"01006", "01007"};

/// Adds a gap for what the server did not do and only warned of.
void look_at_warnings(Restoration& restoration, Connection& connection,
                      const Statement& statement) {
  for (const Notice& notice : connection.take_notices()) {
    if (std::ranges::find(kNotDone, notice.state) == kNotDone.end()) continue;
    restoration.outcome.add(
        {.kind = kGap, .what = statement.what, .why = notice.text, .cure = statement.sql});
    return;
  }
}

/// All at once; where that is refused, one after another.
void run(Restoration& restoration, Connection& connection, const std::vector<Statement>& list) {
  if (list.empty()) return;
  connection.take_notices();
  Statement all{.what = list.front().what};
  for (const Statement& one : list) all.sql += one.sql;
  const auto is_gap = [&](const std::string& state) {
    return is_denied(state) || (restoration.missing.any() && may_miss_a_name(state));
  };
  if (!run_unless(connection, all, is_gap)) return look_at_warnings(restoration, connection, all);
  for (const Statement& one : list) {
    if (execute_or_gap(restoration, connection, one, is_gap, kGap, one.what))
      look_at_warnings(restoration, connection, one);
  }
}

std::vector<Statement> in_database(const std::string& database, std::vector<Statement> list) {
  for (Statement& one : list) one = in_database(database, std::move(one));
  return list;
}

}  // namespace

void run_grants(Restoration& restoration, Connection& connection, const Acl& acl) {
  const bool is_servers = acl.kind == "DATABASE" || acl.kind == "TABLESPACE";
  run(restoration, connection,
      is_servers ? grant_statements(acl)
                 : in_database(connection.database(), grant_statements(acl)));
}

void run_grants(Restoration& restoration, Connection& connection, const DefaultAcl& acl) {
  run(restoration, connection, in_database(connection.database(), grant_statements(acl)));
}

}  // namespace vya::pg
