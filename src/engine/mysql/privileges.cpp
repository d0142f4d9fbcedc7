#include "engine/mysql/privileges.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "engine/mysql/account.h"

namespace vya::mysql {

namespace {

constexpr std::string_view kEverything = " ON *.* ";

struct Held {
  std::set<std::string> on_everything;
  std::vector<std::string> revoked;  ///< ``SELECT ON `crm`.*``
};

/// Adds what stands between commas, which have a space after them or, in MySQL's lists of dynamic
/// privileges, none.
void add_listed(std::string_view list, std::set<std::string>& to) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    to.emplace(list.substr(0, comma));
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    if (list.starts_with(' ')) list.remove_prefix(1);
  }
}

/// SHOW GRANTS tells of the roles that are active too, where information_schema does not.
Held held_privileges(Connection& connection) {
  constexpr std::string_view kGrant = "GRANT ";
  constexpr std::string_view kRevoke = "REVOKE ";
  Held held;
  connection.each("SHOW GRANTS", [&](const RowView& row) {
    const std::string_view line = row.bytes(0);
    const std::size_t everything = line.find(kEverything);
    if (line.starts_with(kGrant) && everything != std::string_view::npos)
      add_listed(line.substr(kGrant.size(), everything - kGrant.size()), held.on_everything);
    if (line.starts_with(kRevoke))
      held.revoked.emplace_back(line.substr(kRevoke.size(), line.rfind(" FROM ") - kRevoke.size()));
  });
  return held;
}

std::vector<std::string> needed_privileges(const Flavor& flavor) {
  std::vector<std::string> needed = {"SELECT", "RELOAD", "SHOW VIEW", "TRIGGER", "EVENT"};
  if (!flavor.mariadb()) needed.emplace_back("BACKUP_ADMIN");
  if (flavor.is_on("log_bin"))
    needed.emplace_back(flavor.mariadb() ? "BINLOG MONITOR" : "REPLICATION CLIENT");
  return needed;
}

}  // namespace

std::vector<Gap> missing_privileges(Connection& connection, const Flavor& flavor) {
  const Held held = held_privileges(connection);
  std::vector<Gap> gaps;
  const auto miss = [&](const std::string& what, const std::string& why, std::string cure) {
    gaps.push_back({.kind = "privilege", .what = what, .why = why, .cure = std::move(cure)});
  };
  for (const std::string& privilege : needed_privileges(flavor)) {
    if (held.on_everything.contains("ALL PRIVILEGES") || held.on_everything.contains(privilege))
      continue;
    miss(privilege,
         "the user does not have this privilege on everything, so what it may not see is not in "
         "the backup",
         grant_to_us(connection, privilege));
  }
  for (const std::string& revoked : held.revoked) {
    miss(revoked,
         "this is revoked from the user in part, so what it may not see is not in the backup",
         grant_to_us_on(connection, revoked));
  }
  return gaps;
}

}  // namespace vya::mysql
