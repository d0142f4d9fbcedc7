// What a server has beside its databases.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/mysql/account.h"
#include "engine/mysql/objects.h"

namespace vya::mysql {

namespace {

/// A table of the server's own, and what of it is kept.
struct SystemTable {
  const char* type;
  const char* table;
  const char* columns;  ///< the name first
  Vendor vendor;        ///< kMysql: MySQL only; kMariadb: both
};

/// Passwords of foreign servers are not among the columns.
constexpr std::array kTables = {
    SystemTable{"plugin", "plugin", "name, dl", Vendor::kMariadb},
    SystemTable{"function", "func", "name, dl, type, ret", Vendor::kMariadb},
    SystemTable{"foreign server", "servers",
                "Server_name, Host, Db, Username, Port, Socket, Wrapper, Owner", Vendor::kMariadb},
    SystemTable{"component", "component", "component_urn", Vendor::kMysql},
};

/// Words in the names of variables that may hold a secret.
constexpr std::array<std::string_view, 6> kSecretWords = {"password", "pwd",    "token",
                                                          "auth",     "secret", "provider_options"};

void read_table(Connection& connection, const SystemTable& table, std::vector<ServerObject>& to,
                std::vector<Gap>& gaps) {
  try {
    connection.each(fmt::format("SELECT {} FROM mysql.{} ORDER BY 1", table.columns, table.table),
                    [&](const RowView& row) {
                      ServerObject object{table.type, row.text(0), {}};
                      std::string_view names = table.columns;
                      for (unsigned i = 0; i < row.size(); ++i) {
                        const std::size_t comma = names.find(", ");
                        if (i > 0)
                          object.properties.emplace_back(names.substr(0, comma), row.text(i));
                        if (comma != std::string_view::npos) names.remove_prefix(comma + 2);
                      }
                      to.push_back(std::move(object));
                    });
  } catch (const SqlError& error) {
    if (!is_privilege_missing(error.number())) throw;
    gaps.push_back({.kind = "server-objects",
                    .what = table.table,
                    .why = fmt::format("the user may not read mysql.{}, so what it names is not in "
                                       "the backup",
                                       table.table),
                    .cure = grant_to_us(connection, "SELECT")});
  }
}

bool may_be_secret(std::string_view name) {
  return std::ranges::any_of(kSecretWords, [&](std::string_view word) {
    return name.find(word) != std::string_view::npos;
  });
}

std::string has_time_zones(Connection& connection) {
  // Without the tables the name of a zone is null.
  const auto converted =
      connection.value("SELECT CONVERT_TZ('2020-01-01 00:00:00', 'UTC', 'Europe/Paris')");
  return converted ? "present" : "absent";
}

}  // namespace

std::vector<ServerObject> read_server_objects(Connection& connection, const Flavor& flavor,
                                              const LogPosition& position, std::vector<Gap>& gaps) {
  std::vector<ServerObject> objects;
  ServerObject server{"server", flavor.product(), {}};
  server.properties = {{"version", flavor.version},
                       {"service", flavor.service.value_or("")},
                       {"lower_case_table_names", flavor.variable("lower_case_table_names")},
                       {"character_set_server", flavor.variable("character_set_server")},
                       {"collation_server", flavor.variable("collation_server")},
                       {"time_zones", has_time_zones(connection)},
                       {"position", position.file_and_offset},
                       {"gtid", position.gtid}};
  objects.push_back(std::move(server));
  for (const SystemTable& table : kTables) {
    if (table.vendor == Vendor::kMariadb || !flavor.mariadb())
      read_table(connection, table, objects, gaps);
  }
  return objects;
}

void write_settings(const Flavor& flavor, Sink& to) {
  for (const auto& [name, value] : flavor.variables) {
    if (!may_be_secret(name)) write_json(ServerObject{"setting", name, {{"value", value}}}, to);
  }
}

}  // namespace vya::mysql
