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

/// Under these a server takes definitions and rows as they were on the source, and waits for us.
constexpr std::array<std::pair<const char*, const char*>, 9> kLoadSettings = {{
    // The first two let values of old in: zero is a value of AUTO_INCREMENT, and 2020-02-30 a date.
    {"sql_mode", "'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES,NO_ENGINE_SUBSTITUTION'"},
    {"foreign_key_checks", "0"},
    {"check_constraint_checks", "0"},
    {"sql_notes", "0"},
    {"max_error_count", "65535"},
    {"net_read_timeout", "86400"},
    {"innodb_lock_wait_timeout", "86400"},
    {"system_versioning_insert_history", "1"},
    {"system_versioning_alter_history", "KEEP"},
}};

/// Of these some servers let only those set who have a privilege for it.
constexpr std::array<std::pair<const char*, const char*>, 5> kPrivilegedLoadSettings = {{
    {"explicit_defaults_for_timestamp", "1"},
    {"innodb_strict_mode", "0"},
    {"sql_require_primary_key", "0"},
    {"sql_generate_invisible_primary_key", "0"},
    {"restrict_fk_on_non_standard_key", "0"},
}};

/// From which version of each line on unique_checks=0 is safe: MDEV-34703.
constexpr std::array<std::array<int, 3>, 3> kUniqueChecksMended = {{
    {10, 11, 11},
    {11, 4, 5},
    {11, 7, 2},
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
  if (*rest == '.') flavor.minor = static_cast<int>(std::strtol(rest + 1, &rest, 10));
  if (*rest == '.') flavor.patch = static_cast<int>(std::strtol(rest + 1, nullptr, 10));
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

LoadSettings load_settings(const Flavor& flavor) {
  LoadSettings settings{.needed = dump_settings(flavor), .optional = {}};
  const auto add = [&](const auto& from, std::vector<std::string>& to) {
    for (const auto& [name, value] : from) {
      if (flavor.has(name)) to.push_back(std::string("SET SESSION ") + name + " = " + value);
    }
  };
  add(kLoadSettings, settings.needed);
  add(kPrivilegedLoadSettings, settings.optional);
  return settings;
}

bool may_skip_unique_checks(const Flavor& flavor) {
  if (!flavor.mariadb()) return true;
  const std::array<int, 3> version = {flavor.major, flavor.minor, flavor.patch};
  if (version >= kUniqueChecksMended.back()) return true;
  return std::ranges::any_of(kUniqueChecksMended, [&](const std::array<int, 3>& mended) {
    return mended[0] == version[0] && mended[1] == version[1] && version[2] >= mended[2];
  });
}

std::string end_of_time(const Flavor& flavor) {
  const bool long_times = std::pair(flavor.major, flavor.minor) >= std::pair(11, 5);
  return kEndsOfTime[long_times ? 1 : 0];
}

bool takes_past_rows(const Flavor& flavor) {
  return flavor.has("system_versioning_insert_history");
}

}  // namespace vya::mysql
