#include "engine/postgresql/describe.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/postgresql/backup_model.h"
#include "engine/postgresql/catalog_words.h"
#include "engine/postgresql/describe_database.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

constexpr const char* kAllRoles = "all roles";

/// What belongs to the server.
class GlobalsDescription {
 public:
  GlobalsDescription(const BackupModel& backup, CatalogModel& model)
      : globals_(backup.globals), major_(backup.server.major), model_(model) {
    for (const DatabaseModel& one : backup.databases) databases_.insert(one.database.name);
  }

  void describe() {
    for (const Role& role : globals_.roles) describe(role);
    for (const Membership& membership : globals_.memberships) describe(membership);
    for (const RoleSetting& setting : globals_.settings)
      if (setting.database.empty() || databases_.contains(setting.database)) describe(setting);
    for (const Acl& acl : globals_.parameters) describe(acl);
    for (const Tablespace& tablespace : globals_.tablespaces) describe(tablespace);
    // Of the others there is only the name: a backup or a part of it without their content.
    for (const DatabaseProperties& database : globals_.databases)
      if (databases_.contains(database.name)) describe(database);
  }

 private:
  void describe(const Role& role) {
    CatalogObject& object = model_[role_named(role.name)];
    Properties(object)
        .add("SUPERUSER", role.superuser)
        .add("INHERIT", role.inherit)
        .add("CREATEROLE", role.create_role)
        .add("CREATEDB", role.create_database)
        .add("LOGIN", role.login)
        .add("REPLICATION", role.replication)
        .add("BYPASSRLS", role.bypass_rls)
        .add("connection limit", role.connection_limit)
        .add("VALID UNTIL", role.valid_until)
        .add("comment", role.comment);
    if (role.verifier) object.secrets["password"] = role.verifier->reveal();
    add_labels(object, role.labels);
  }

  void describe(const Membership& membership) {
    std::string item = "MEMBER OF " + quote_name(membership.role);
    if (membership.admin) item += " WITH ADMIN OPTION";
    if (membership.inherit) item += *membership.inherit ? " INHERIT TRUE" : " INHERIT FALSE";
    if (membership.set) item += *membership.set ? " SET TRUE" : " SET FALSE";
    if (!membership.grantor.empty() && !membership.grantor_is_bootstrap)
      item += " GRANTED BY " + quote_name(membership.grantor);
    model_[role_named(membership.member)].items.insert(item);
  }

  void describe(const RoleSetting& setting) {
    const std::string where = setting.role.empty() && !setting.database.empty()
                                  ? "database " + shown(setting.database)
                              : setting.role.empty() ? kAllRoles
                                                     : role_named(setting.role);
    const std::string in = setting.role.empty() || setting.database.empty()
                               ? ""
                               : " in database " + shown(setting.database);
    CatalogObject& object = model_[where];
    object.implied = object.implied || where == kAllRoles;
    object.properties["setting " + setting.name + in] =
        setting.value.empty() ? "''" : setting.value;
  }

  /// Parameters have no owner: in a list that was written out stands the superuser of initdb.
  void describe(Acl parameter) {
    const auto bootstrap = std::ranges::find(globals_.roles, true, &Role::bootstrap);
    if (bootstrap != globals_.roles.end()) parameter.owner = bootstrap->name;
    std::erase_if(parameter.grants,
                  [&](const Grant& grant) { return grant.grantee == parameter.owner; });
    CatalogObject& object = model_["parameter " + with_names_shown(parameter.object)];
    object.implied = true;
    add_grants(object, parameter);
  }

  void describe(const Tablespace& tablespace) {
    CatalogObject& object = model_["tablespace " + shown(tablespace.name)];
    Properties(object).add("owner", tablespace.owner).add("comment", tablespace.comment);
    for (const std::string& option : tablespace.options) object.items.insert("WITH " + option);
    add_grants(object, grants_of(tablespace.acl, "TABLESPACE", tablespace.owner, major_));
    add_labels(object, tablespace.labels);
  }

  void describe(const DatabaseProperties& database) {
    CatalogObject& object = model_["database " + shown(database.name)];
    Properties(object)
        .add("owner", database.owner)
        .add("encoding", database.encoding)
        .add("locale provider", database.locale_provider)
        .add("LC_COLLATE", database.collate)
        .add("LC_CTYPE", database.ctype)
        .add("locale", database.locale)
        .add("ICU rules", database.icu_rules)
        .add("tablespace", database.tablespace)
        .add("connection limit", database.connection_limit)
        .add("is template", database.is_template)
        .add("allows connections", database.allow_connections)
        .add("comment", database.comment);
    add_grants(object, grants_of(database.acl, "DATABASE", database.owner, major_));
    add_labels(object, database.labels);
  }

  const Globals& globals_;
  int major_;
  CatalogModel& model_;
  std::set<std::string> databases_;
};

}  // namespace

std::vector<std::string> uncovered_databases(const BackupContents& contents) {
  std::vector<std::string> names;
  for (const DatabaseProperties& database : read_backup(contents).globals.databases) {
    if (database.number == 0) names.push_back(database.name);
  }
  return names;
}

CatalogModel describe(const BackupContents& contents) {
  CatalogModel model;
  const BackupModel backup = read_backup(contents);
  GlobalsDescription(backup, model).describe();
  for (const DatabaseModel& one : backup.databases) {
    DatabaseDescription database(one.database.name, backup.server.major, model);
    visit_entries(contents, {}, one.database.number,
                  [&](Stage, const Entry& entry) { database.describe(entry); });
    database.describe(one.catalog);
    visit_large_objects(contents, {}, one.database.number,
                        [&](const LargeObject& object) { database.describe(object); });
  }
  return model;
}

}  // namespace vya::pg
