#include "engine/mysql/flavor.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <utility>

namespace vya::mysql {

namespace {

/// Under these the text of definitions and rows is the same on every server.
constexpr std::array<std::pair<const char*, const char*>, 17> kDumpSettings = {{
    {"sql_mode", "''"},  // ANSI_QUOTES would change the quoting of definitions
    {"time_zone", "'+00:00'"},
    {"net_write_timeout", "86400"},
    {"wait_timeout", "31536000"},
    {"max_execution_time", "0"},
    {"max_statement_time", "0"},
    {"sql_select_limit", "18446744073709551615"},
    {"information_schema_stats_expiry", "0"},
    {"print_identified_with_as_hex", "1"},
    {"show_gipk_in_create_table_and_information_schema", "1"},
    {"show_create_table_skip_secondary_engine", "0"},
    {"show_create_table_verbosity", "0"},
    {"sql_quote_show_create", "1"},
    {"sql_auto_is_null", "0"},
    {"optimizer_switch", "DEFAULT"},
    {"explain_format", "'TRADITIONAL'"},
    {"system_versioning_asof", "DEFAULT"},
}};

/// A variable that only servers of that service have, or have set to something.
struct Mark {
  const char* variable;
  const char* value;  ///< that it holds; empty: it is enough that the variable is there
  const char* service;
};

constexpr std::array kMarks = {
    Mark{"aurora_version", "", "Amazon Aurora"},
    Mark{"tidb_version", "", "TiDB"},
    Mark{"wsrep_on", "ON", "Galera"},
    Mark{"basedir", "/rdsdbbin", "Amazon RDS"},
    Mark{"cloudsql_iam_authentication", "", "Google Cloud SQL"},
    Mark{"azure_server_name", "", "Azure Database"},
    Mark{"version_comment", "TiDB", "TiDB"},
};

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

}  // namespace

std::string Flavor::variable(const std::string& name) const {
  const auto found = variables.find(name);
  return found == variables.end() ? "" : found->second;
}

bool Flavor::is_on(const std::string& name) const {
  const std::string value = variable(name);
  return value == "ON" || value == "1";
}

Flavor parse_version(const std::string& text) {
  Flavor flavor;
  // MariaDB puts a version of MySQL in front, for clients of old.
  flavor.version = text.starts_with("5.5.5-") ? text.substr(6) : text;
  if (text.find("MariaDB") != std::string::npos) flavor.vendor = Vendor::kMariadb;
  char* rest = nullptr;
  flavor.major = static_cast<int>(std::strtol(flavor.version.c_str(), &rest, 10));
  if (*rest == '.') flavor.minor = static_cast<int>(std::strtol(rest + 1, nullptr, 10));
  return flavor;
}

Flavor read_flavor(Connection& connection) {
  Flavor flavor = parse_version(connection.server_version());
  connection.each("SHOW GLOBAL VARIABLES",
                  [&](const RowView& row) { flavor.variables[lower(row.text(0))] = row.text(1); });
  const auto mark = std::ranges::find_if(kMarks, [&](const Mark& candidate) {
    return flavor.has(candidate.variable) &&
           flavor.variable(candidate.variable).find(candidate.value) != std::string::npos;
  });
  if (mark != kMarks.end()) flavor.service = mark->service;
  return flavor;
}

std::vector<std::string> dump_settings(const Flavor& flavor) {
  std::vector<std::string> statements;
  for (const auto& [name, value] : kDumpSettings) {
    if (flavor.has(name)) statements.push_back(std::string("SET SESSION ") + name + " = " + value);
  }
  // Roles of MySQL are asleep unless they are default ones.
  if (flavor.has("activate_all_roles_on_login")) statements.emplace_back("SET ROLE ALL");
  return statements;
}

}  // namespace vya::mysql
