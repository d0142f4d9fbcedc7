#include "engine/postgresql/target_facts.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "engine/postgresql/connection.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/user_objects.h"

namespace vya::pg {

namespace {

/// SQL over pg_stat_activity. What others' sessions are is shown to few roles; only those of
/// clients, and of workers who are rare, have a user.
constexpr std::string_view kIsClient =
    "coalesce(backend_type = 'client backend', usesysid IS NOT NULL)";

std::set<std::string> names(Connection& connection, const std::string& query) {
  std::set<std::string> set;
  connection.each(query, [&](const Result& row) { set.insert(row.text(0, 0)); });
  return set;
}

std::map<std::string, std::set<std::string>> read_extensions(Connection& connection) {
  std::map<std::string, std::set<std::string>> extensions;
  connection.each("SELECT name, version FROM pg_available_extension_versions",
                  [&](const Result& row) { extensions[row.text(0, 0)].insert(row.text(0, 1)); });
  return extensions;
}

Folder look_at(Connection& connection, const std::string& path) {
  const Result found = connection.query("SELECT isdir FROM pg_stat_file($1, true)", {path});
  if (found.is_null(0, 0) || !found.flag(0, 0)) return Folder::kMissing;
  const Result entries =
      connection.query("SELECT count(*) FROM pg_ls_dir($1, true, false)", {path});
  return entries.number(0, 0) == 0 ? Folder::kUsable : Folder::kUsed;
}

std::map<std::string, Folder> look_at_folders(Connection& connection,
                                              const std::set<std::string>& paths) {
  std::map<std::string, Folder> folders;
  for (const std::string& path : paths) folders[path] = look_at(connection, path);
  return folders;
}

/// Asks the server whether its C library has a locale. There is no function for it: a collation of
/// the session's own is begun and rolled back.
bool has_locale(Connection& connection, const std::string& locale) {
  const Result listed = connection.query(
      "SELECT EXISTS (SELECT FROM pg_collation WHERE collprovider = 'c' AND collcollate = $1) OR "
      "EXISTS"
      " (SELECT FROM pg_database WHERE datcollate = $1)",
      {locale});
  if (listed.flag(0, 0)) return true;
  connection.run("BEGIN; SET LOCAL lc_messages = 'C'");
  bool missing = false;
  try {
    connection.run(
        "CREATE COLLATION pg_temp.\"vya\" (PROVIDER = libc, LOCALE = " + quote_text(locale) + ")");
  } catch (const SqlError& error) {
    if (!connection.good()) throw;
    // Another refusal is about this database's encoding, and then there is such a locale.
    missing = error.said().find("could not create locale") != std::string::npos;
  }
  connection.run("ROLLBACK");
  return !missing;
}

bool is_local(const Address& address) {
  const std::string& host = address.host;
  return address.service.empty() && (host.empty() || host.starts_with('/') || host == "localhost" ||
                                     host.starts_with("127.") || host == "::1");
}

/// Free bytes for ordinary users where the data folder is; nothing when it cannot be seen from
/// here.
std::optional<std::uint64_t> free_bytes(const Server& server, Connection& connection) {
  if (!is_local(server.address())) return std::nullopt;
  // Few roles see the setting.
  const Result shown =
      connection.query("SELECT setting FROM pg_settings WHERE name = 'data_directory'");
  if (shown.rows() == 0 || shown.is_null(0, 0)) return std::nullopt;
  const std::string folder = shown.text(0, 0);
  std::error_code ignored;
  struct statvfs disk{};
  if (!std::filesystem::exists(folder + "/PG_VERSION", ignored) ||
      ::statvfs(folder.c_str(), &disk) != 0) {
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
}

std::vector<FoundDatabase> read_databases(const Server& server, Connection& connection,
                                          const Globals& globals) {
  std::map<std::string, std::int64_t> sessions;
  std::map<std::string, std::set<std::string>> roles;
  connection.each(
      "SELECT datname, coalesce(usename, ''), count(*) FROM pg_stat_activity WHERE " +
          std::string(kIsClient) +
          " AND datname IS NOT NULL AND pid <> pg_backend_pid() GROUP BY datname, usename",
      [&](const Result& row) {
        roles[row.text(0, 0)].insert(row.text(0, 1));
        sessions[row.text(0, 0)] += row.number(0, 2);
      });
  std::vector<FoundDatabase> databases;
  for (const DatabaseProperties& properties : globals.databases) {
    FoundDatabase found{.properties = properties,
                        .sessions = sessions[properties.name],
                        .session_roles = roles[properties.name]};
    if (is_initdbs(properties.name) && properties.allow_connections) {
      Connection inside = server.connect(properties.name);
      found.objects = find_user_objects(inside);
    }
    databases.push_back(std::move(found));
  }
  return databases;
}

}  // namespace

std::string bootstrap_of(const Globals& globals) {
  const auto found = std::ranges::find(globals.roles, true, &Role::bootstrap);
  return found == globals.roles.end() ? "" : found->name;
}

bool is_initdbs(const std::string& database) {
  return database == "postgres" || database == "template1";
}

bool is_providers(const std::string& role) {
  constexpr std::array kPrefixes = {"rds", "cloudsql", "azure"};
  return std::ranges::any_of(kPrefixes,
                             [&](const char* prefix) { return role.starts_with(prefix); });
}

const Role* TargetFacts::role(const std::string& name) const {
  const auto found = std::ranges::find(globals.roles, name, &Role::name);
  return found == globals.roles.end() ? nullptr : &*found;
}

const FoundDatabase* TargetFacts::database(const std::string& name) const {
  const auto found = std::ranges::find_if(
      databases, [&](const FoundDatabase& one) { return one.properties.name == name; });
  return found == databases.end() ? nullptr : &*found;
}

const Tablespace* TargetFacts::tablespace(const std::string& name) const {
  const auto found = std::ranges::find(globals.tablespaces, name, &Tablespace::name);
  return found == globals.tablespaces.end() ? nullptr : &*found;
}

bool TargetFacts::in_use() const {
  const bool has_roles = std::ranges::any_of(globals.roles, [&](const Role& role) {
    return !role.bootstrap && role.name != powers.role && !is_providers(role.name);
  });
  return has_roles || std::ranges::any_of(databases, [](const FoundDatabase& found) {
           return !is_initdbs(found.properties.name) || !found.objects.empty();
         });
}

TargetFacts read_target_facts(const Server& server, const Questions& questions) {
  Connection connection = server.connect(server.maintenance_database());
  // Names that all databases share are bytes without an encoding.
  connection.use_encoding(connection.server_encoding());
  TargetFacts facts;
  facts.server = server.facts();
  facts.version = server.version();
  if (facts.server.standby) return facts;  // the plan refuses it
  facts.powers = read_powers(connection);
  facts.globals = read_globals(connection);
  facts.databases = read_databases(server, connection, facts.globals);
  // Only a superuser makes tablespaces, and others may not look.
  if (facts.powers.superuser) facts.folders = look_at_folders(connection, questions.folders);
  facts.extensions = read_extensions(connection);
  facts.encodings =
      names(connection, "SELECT pg_encoding_to_char(i) FROM generate_series(0, 60) AS i");
  for (const std::string& locale : questions.locales) {
    if (!has_locale(connection, locale)) facts.missing_locales.insert(locale);
  }
  facts.has_icu =
      connection.query("SELECT EXISTS (SELECT FROM pg_collation WHERE collprovider = 'i')")
          .flag(0, 0);
  facts.free_connections =
      connection
          .query(
              "SELECT current_setting('max_connections')::bigint - count(*) FROM pg_stat_activity"
              " WHERE " +
              std::string(kIsClient) + " AND pid <> pg_backend_pid()")
          .number(0, 0);
  facts.free_bytes = free_bytes(server, connection);
  return facts;
}

}  // namespace vya::pg
