#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "engine/postgresql/connection.h"
#include "engine/postgresql/readable.h"
#include "engine/postgresql/server_settings.h"

namespace vya::pg {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kNotKept = "(not kept)";
constexpr int kVersionWithIdentMappings = 150000;

/// Settings whose value may hold a password.
constexpr std::array<std::string_view, 2> kSecretSettings = {"primary_conninfo",
                                                             "ssl_passphrase_command"};
/// pg_hba.conf options that hold one.
constexpr std::array<std::string_view, 2> kSecretOptions = {"ldapbindpasswd=", "radiussecrets="};

std::string without_secret(const std::string& name, const std::string& value) {
  const bool secret =
      std::find(kSecretSettings.begin(), kSecretSettings.end(), name) != kSecretSettings.end() &&
      !value.empty();
  return secret ? kNotKept : value;
}

std::string without_secret(const std::string& option) {
  for (const std::string_view name : kSecretOptions) {
    if (option.starts_with(name)) return std::string(name) + kNotKept;
  }
  return option;
}

/// Text fields may hold what is no UTF-8 (a file name): shown with replacement characters, as it is
/// for reference.
void write_line(const Json& line, Sink& to) {
  to.write(as_bytes(line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"));
}

void write_settings(Connection& connection, Sink& to) {
  connection.each(
      "SELECT name, setting, unit, source, sourcefile FROM pg_settings"
      " WHERE source IN ('environment variable', 'configuration file', 'command line', 'global')"
      " ORDER BY name COLLATE \"C\"",
      [&](const Result& row) {
        Json line{{"kind", "setting"}, {"name", row.text(0, 0)}};
        line["value"] = without_secret(row.text(0, 0), row.text(0, 1));
        if (!row.is_null(0, 2)) line["unit"] = row.text(0, 2);
        line["source"] = row.text(0, 3);
        if (!row.is_null(0, 4)) line["file"] = row.text(0, 4);
        write_line(line, to);
      });
}

/// Names of the rule's fields in the view's order; arrays come as JSON.
void write_rules(Connection& connection, const std::string& kind, const std::string& columns,
                 const std::string& view, Sink& to) {
  if (!may_read(connection, view)) return;
  connection.each("SELECT row_to_json(r) FROM (SELECT " + columns + " FROM " + view +
                      " WHERE error IS NULL ORDER BY line_number) r",
                  [&](const Result& row) {
                    Json line{{"kind", kind}};
                    Json rule = Json::parse(row.text(0, 0));
                    for (auto& [name, value] : rule.items()) {
                      if (value.is_null()) continue;
                      if (name == "options") {
                        for (Json& option : value)
                          option = without_secret(option.get<std::string>());
                      }
                      line[name] = value;
                    }
                    write_line(line, to);
                  });
}

}  // namespace

void write_server_settings(Connection& connection, Sink& to) {
  write_settings(connection, to);
  write_rules(connection, "hba",
              "line_number, type, database, user_name, address, netmask, auth_method, options",
              "pg_hba_file_rules", to);
  if (connection.server_version() >= kVersionWithIdentMappings) {
    write_rules(connection, "ident", "line_number, map_name, sys_name, pg_username",
                "pg_ident_file_mappings", to);
  }
}

}  // namespace vya::pg
