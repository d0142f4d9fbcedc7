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

struct Needed {
  std::string privilege;
  const char* why;  ///< it matters; null: it hides what the user may not see
};

std::vector<Needed> needed_privileges(const Flavor& flavor) {
  std::vector<Needed> needed = {
      {"SELECT", nullptr},
      {"RELOAD",
       flavor.mariadb()
           ? "writing cannot be stopped for a moment, so one session may have to read all rows, "
             "and "
             "definitions cannot be kept from changing, so a change makes the backup start over"
           : "writing cannot be stopped for the moment in which several sessions begin, so one "
             "session reads all rows, one table after another"},
      {"SHOW VIEW", nullptr},
      {"TRIGGER", nullptr},
      {"EVENT", nullptr}};
  if (!flavor.mariadb()) {
    needed.push_back({"BACKUP_ADMIN",
                      "definitions cannot be kept from changing during the backup, so a change "
                      "makes it start over"});
  }
  if (flavor.is_on("log_bin")) {
    needed.push_back({flavor.mariadb() ? "BINLOG MONITOR" : "REPLICATION CLIENT",
                      "where in the server's binary log the backup is may not be known"});
  }
  return needed;
}

bool has(const Held& held, const std::string& privilege) {
  const auto& on = held.on_everything;
  return on.contains("ALL PRIVILEGES") || on.contains(privilege) ||
         (privilege == "RELOAD" && on.contains("FLUSH_TABLES"));
}

}  // namespace

bool has_privilege(Connection& connection, const std::string& privilege) {
  return has(held_privileges(connection), privilege);
}

MissingPrivileges missing_privileges(Connection& connection, const Flavor& flavor) {
  const Held held = held_privileges(connection);
  MissingPrivileges missing;
  const auto miss = [&](const std::string& what, const char* why, std::string cure) {
    missing.gaps.push_back(
        {.kind = "privilege", .what = what, .why = why, .cure = std::move(cure)});
  };
  for (const auto& [privilege, why] : needed_privileges(flavor)) {
    if (has(held, privilege)) continue;
    miss(privilege,
         why != nullptr ? why
                        : "the user does not have this privilege on everything, so what it may not "
                          "see is not in the backup",
         grant_to_us(connection, privilege));
    missing.hide_definitions |= why == nullptr;
  }
  for (const std::string& revoked : held.revoked) {
    miss(revoked,
         "this is revoked from the user in part, so what it may not see is not in the backup",
         grant_to_us_on(connection, revoked));
    missing.hide_definitions = true;
  }
  return missing;
}

}  // namespace vya::mysql
