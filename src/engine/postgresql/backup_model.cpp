#include "engine/postgresql/backup_model.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

std::unique_ptr<Source> required(const BackupContents& contents, const Document& document,
                                 const std::string& name) {
  std::unique_ptr<Source> source = contents.read(document);
  if (!source) throw Error(Fault::kCheckFailed, "cannot read the backup: it has no " + name);
  return source;
}

bool is_loaded(const Table& table) {
  return table.kind == TableKind::kTable || table.kind == TableKind::kConfiguration;
}

/// Databases that the contents leave out go, with their settings; the others get the contents'
/// names. Databases whose content was never backed up have no number and stay.
void take_databases(Globals& globals, const std::vector<Database>& databases) {
  std::map<std::string, std::string> names;
  std::erase_if(globals.databases, [&](DatabaseProperties& one) {
    const auto found = std::ranges::find(databases, one.number, &Database::number);
    if (one.number != 0 && found == databases.end()) return true;
    const std::string& name = one.number == 0 ? one.name : found->name;
    names[one.name] = name;
    one.name = name;
    if (one.acl) one.acl->object = quote_name(name);
    return false;
  });
  std::erase_if(globals.settings, [&](RoleSetting& setting) {
    if (setting.database.empty()) return false;
    const auto found = names.find(setting.database);
    if (found == names.end()) return true;
    setting.database = found->second;
    return false;
  });
}

DatabaseModel read_database(const BackupContents& contents, const Database& database,
                            const RoleNames& role_names) {
  DatabaseModel model{.database = database};
  model.catalog =
      read_catalog_json(*required(contents, {DocumentKind::kCatalog, database.number},
                                  fmt::format("catalog of database '{}'", database.name)));
  const RoleVisitor collect = [&](std::string& role) { model.roles.insert(role); };
  visit_roles(model.catalog, renaming(role_names));
  visit_roles(model.catalog, collect);
  visit_extension_owners(model.catalog, renaming(role_names));
  visit_extension_owners(model.catalog,
                         [&](std::string& role) { model.extension_owners.insert(role); });
  visit_entries(contents, role_names, database.number, [&](Stage stage, Entry entry) {
    ++model.entries[stage];
    if (stage == Stage::kElsewhere) return;
    visit_roles(entry, [&](std::string& role) { model.owners.insert(role); });
    if (!entry.tablespace.empty()) model.tablespaces.insert(entry.tablespace);
  });
  model.roles.insert(model.owners.begin(), model.owners.end());
  visit_large_objects(contents, role_names, database.number, [&](LargeObject object) {
    ++model.large_objects;
    visit_roles(object, collect);
  });
  for (const Table& table : contents.tables()) {
    if (table.database == database.number && is_loaded(table)) ++model.tables;
  }
  return model;
}

void add_roles_of_properties(BackupModel& model) {
  for (DatabaseProperties database : model.globals.databases) {
    const auto found = std::ranges::find_if(model.databases, [&](const DatabaseModel& one) {
      return one.database.number == database.number;
    });
    if (found == model.databases.end()) continue;
    visit_roles(database, [&](std::string& role) { found->roles.insert(role); });
    for (const RoleSetting& setting : model.globals.settings) {
      if (setting.database == database.name && !setting.role.empty())
        found->roles.insert(setting.role);
    }
  }
}

bool is_ascii(const std::string& name) {
  return std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The names of roles are bytes without an encoding: through a database that is not in UTF8 those
/// beyond ASCII read as other names than the globals have.
bool reads_names_differently(const DatabaseModel& database, const Globals& globals) {
  return std::ranges::any_of(database.roles, [&](const std::string& role) {
    const bool is_known = std::ranges::count(globals.roles, role, &Role::name) > 0;
    return database.database.encoding != "UTF8" && !is_known && !is_ascii(role);
  });
}

/// Any of them may be the one that is meant.
void add_roles_beyond_ascii(const Globals& globals, std::set<std::string>& roles) {
  for (const Role& role : globals.roles) {
    if (!is_ascii(role.name)) roles.insert(role.name);
  }
}

Gap lost_password(const std::string& role) {
  return {.kind = "password",
          .what = role,
          .why =
              "the role has another name than in the backup, and an md5 password is bound to the "
              "old one, so the role has none",
          .cure = "\\password " + quote_name(role) + " in psql"};
}

/// A name that is mistyped would leave the role as it is.
void require_roles(const Globals& globals, const RoleNames& names) {
  for (const auto& [from, to] : names) {
    const bool is_servers = from.starts_with("pg_");
    if (is_servers || std::ranges::count(globals.roles, from, &Role::name) > 0) continue;
    std::vector<std::string> known;
    for (const Role& role : globals.roles) known.push_back("'" + role.name + "'");
    throw Error(Fault::kNotFound, fmt::format("the backup has no role '{}'", from),
                fmt::format("It has {}.", fmt::join(known, ", ")));
  }
}

}  // namespace

BackupModel read_backup(const BackupContents& contents, const RoleNames& role_names) {
  BackupModel model;
  model.server = contents.server();
  model.row_bytes = contents.row_bytes();
  model.role_names = role_names;
  model.globals = read_globals_json(
      *required(contents, {DocumentKind::kGlobals, 0}, "document of the globals"));
  require_roles(model.globals, role_names);
  take_databases(model.globals, contents.databases());
  for (const std::string& role : rename_roles(model.globals, role_names))
    model.gaps.push_back(lost_password(role));
  for (const Database& database : contents.databases())
    model.databases.push_back(read_database(contents, database, role_names));
  add_roles_of_properties(model);
  return model;
}

void count_entries(BackupModel& backup, const BackupContents& contents, int database) {
  const auto model = std::ranges::find_if(
      backup.databases, [&](const DatabaseModel& one) { return one.database.number == database; });
  model->entries.clear();
  visit_entries(contents, {}, database,
                [&](Stage stage, const Entry&) { ++model->entries[stage]; });
}

void keep_accounts_of(BackupModel& backup, const std::set<std::string>& databases) {
  std::set<std::string> roles;
  for (const DatabaseModel& one : backup.databases) {
    if (!databases.contains(one.database.name)) continue;
    roles.insert(one.roles.begin(), one.roles.end());
    roles.insert(one.extension_owners.begin(), one.extension_owners.end());
    if (reads_names_differently(one, backup.globals)) add_roles_beyond_ascii(backup.globals, roles);
  }
  keep_roles(backup.globals, membership_closure(backup.globals, roles));
}

void visit_entries(const BackupContents& contents, const RoleNames& role_names, int database,
                   const std::function<void(Stage, Entry)>& visit) {
  const std::unique_ptr<Source> source = required(contents, {DocumentKind::kSchema, database},
                                                  fmt::format("schema of database {}", database));
  const RoleVisitor rename = renaming(role_names);
  Stages stages;
  read_entries_json(*source, [&](Entry entry) {
    const Stage stage = stages.stage_of(entry);
    if (!role_names.empty()) visit_roles(entry, rename);
    visit(stage, std::move(entry));
  });
}

void visit_entries(const BackupContents& contents, const RoleNames& role_names, int database,
                   Stage stage, const std::function<void(Entry)>& visit) {
  visit_entries(contents, role_names, database, [&](Stage found, Entry entry) {
    if (found == stage) visit(std::move(entry));
  });
}

void visit_large_objects(const BackupContents& contents, const RoleNames& role_names, int database,
                         const std::function<void(const LargeObject&)>& visit) {
  const std::unique_ptr<Source> source = contents.read({DocumentKind::kLargeObjects, database});
  if (!source) return;
  const RoleVisitor rename = renaming(role_names);
  read_large_objects_json(*source, [&](LargeObject object) {
    visit_roles(object, rename);
    visit(object);
  });
}

}  // namespace vya::pg
