#include "engine/postgresql/describe.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "engine/postgresql/backup_model.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

std::string yes_or_no(bool flag) { return flag ? "yes" : "no"; }

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// A name as people write it: quotes only where they are needed.
std::string shown(const std::string& name) {
  const bool plain = !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
    return std::islower(c) || std::isdigit(c) || c == '_' || c >= 0x80;
  });
  return plain ? name : quote_name(name);
}

std::string role_named(const std::string& name) { return "role " + quote_name(name); }

std::string to_whom(const std::string& role) { return role.empty() ? "PUBLIC" : quote_name(role); }

void add_labels(CatalogObject& object, const std::vector<SecurityLabel>& labels) {
  for (const SecurityLabel& label : labels)
    object.items.insert(
        fmt::format("SECURITY LABEL {} FOR {}", quote_text(label.label), label.provider));
}

void add_grants(CatalogObject& object, const std::vector<Grant>& grants) {
  for (const Grant& grant : grants) {
    object.items.insert(
        fmt::format("{} TO {}{} GRANTED BY {}", grant.privilege, to_whom(grant.grantee),
                    grant.grantable ? " WITH GRANT OPTION" : "", to_whom(grant.grantor)));
  }
}

/// Properties with a value that says nothing are left out.
class Properties {
 public:
  explicit Properties(CatalogObject& object) : object_(object) {}
  Properties& add(const char* name, const std::string& value) {
    if (!value.empty()) object_.properties[name] = value;
    return *this;
  }
  Properties& add(const char* name, const std::optional<std::string>& value) {
    return add(name, value.value_or(""));
  }
  Properties& add(const char* name, bool flag) { return add(name, yes_or_no(flag)); }
  Properties& add(const char* name, std::int64_t number) {
    return add(name, std::to_string(number));
  }

 private:
  CatalogObject& object_;
};

/// What belongs to the server.
class GlobalsDescription {
 public:
  GlobalsDescription(const BackupModel& backup, CatalogModel& model)
      : globals_(backup.globals), model_(model) {
    for (const DatabaseModel& one : backup.databases) databases_.insert(one.database.name);
  }

  void describe() {
    for (const Role& role : globals_.roles) describe(role);
    for (const Membership& membership : globals_.memberships) describe(membership);
    for (const RoleSetting& setting : globals_.settings)
      if (setting.database.empty() || databases_.contains(setting.database)) describe(setting);
    for (const Acl& acl : globals_.parameters)
      add_grants(model_["parameter " + acl.object], acl.grants);
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
                              : setting.role.empty() ? "all roles"
                                                     : role_named(setting.role);
    const std::string in = setting.role.empty() || setting.database.empty()
                               ? ""
                               : " IN DATABASE " + quote_name(setting.database);
    model_[where].items.insert(
        fmt::format("SET {} = {}{}", setting.name, quote_text(setting.value), in));
  }

  void describe(const Tablespace& tablespace) {
    CatalogObject& object = model_["tablespace " + shown(tablespace.name)];
    Properties(object).add("owner", tablespace.owner).add("comment", tablespace.comment);
    for (const std::string& option : tablespace.options) object.items.insert("WITH " + option);
    if (tablespace.acl) add_grants(object, tablespace.acl->grants);
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
    if (database.acl) add_grants(object, database.acl->grants);
    add_labels(object, database.labels);
  }

  const Globals& globals_;
  CatalogModel& model_;
  std::set<std::string> databases_;
};

/// What is in one database.
class DatabaseDescription {
 public:
  DatabaseDescription(std::string name, CatalogModel& model)
      : database_(shown(std::move(name))), model_(model) {}

  void describe(const Catalog& catalog) {
    Properties(model_["schema " + in_database("public")])
        .add("is there", catalog.has_public_schema)
        .add("comment", catalog.public_comment);
    for (const Extension& one : catalog.extensions) {
      Properties(model_["extension " + in_database(shown(one.name))])
          .add("version", one.version)
          .add("schema", one.schema)
          .add("comment", one.comment)
          .add("owner", one.owner);
    }
    for (const ExtensionMember& one : catalog.members) {
      CatalogObject& object =
          model_[one.object + " of extension " + in_database(shown(one.extension))];
      Properties(object).add("owner", one.owner).add("comment", one.comment);
      add_labels(object, one.labels);
    }
    for (const SequenceValue& one : catalog.sequences) {
      Properties(model_["sequence value " + in_schema(one.schema, one.name)])
          .add("last value", one.last_value)
          .add("is called", one.is_called);
    }
    for (const PopulatedView& one : catalog.populated_views)
      Properties(model_["rows of materialized view " + in_schema(one.schema, one.name)])
          .add("are there", true);
    for (const ColumnOrder& one : catalog.column_orders) {
      Properties(model_["columns of table " + in_schema(one.schema, one.name)])
          .add("order", quote_names(one.columns));
    }
    for (const Acl& acl : catalog.acls) describe(acl);
    for (const DefaultAcl& acl : catalog.default_acls) {
      const std::string where =
          acl.schema.empty() ? "everywhere" : "in schema " + quote_name(acl.schema);
      add_grants(model_[fmt::format("default privileges of {} for {} {} of database {}",
                                    quote_name(acl.role), acl.kind, where, database_)],
                 acl.grants);
    }
  }

  void describe(const Entry& entry) {
    const std::string name =
        entry.schema.empty() ? in_database(entry.name) : in_schema(entry.schema, entry.name);
    std::string words = lower(entry.kind) + " " + name;
    // Two objects can have one tag: statistics of several indexes, casts of types of two schemas.
    for (int number = 2; !taken_.insert(words).second; ++number)
      words = fmt::format("{} {} ({})", lower(entry.kind), name, number);
    Properties(model_[words])
        .add("owner", entry.owner)
        .add("tablespace", entry.tablespace)
        .add("access method", entry.access_method)
        .add("definition", entry.definition);
  }

  void describe(const LargeObject& large) {
    CatalogObject& object =
        model_[fmt::format("large object {} of database {}", large.oid, database_)];
    Properties(object).add("owner", large.owner).add("comment", large.comment);
    if (large.acl) add_grants(object, large.acl->grants);
    add_labels(object, large.labels);
  }

 private:
  void describe(const Acl& acl) {
    const std::string column = acl.column.empty() ? "" : " column " + quote_name(acl.column);
    add_grants(model_[fmt::format("grants on {} {}{} of database {}", lower(acl.kind), acl.object,
                                  column, database_)],
               acl.grants);
  }

  std::string in_database(const std::string& name) const { return database_ + "." + name; }
  std::string in_schema(const std::string& schema, const std::string& name) const {
    return fmt::format("{}.{}.{}", database_, shown(schema), name);
  }

  std::string database_;
  CatalogModel& model_;
  std::set<std::string> taken_;
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
    DatabaseDescription database(one.database.name, model);
    database.describe(one.catalog);
    visit_entries(contents, {}, one.database.number,
                  [&](Stage, const Entry& entry) { database.describe(entry); });
    visit_large_objects(contents, {}, one.database.number,
                        [&](const LargeObject& object) { database.describe(object); });
  }
  return model;
}

}  // namespace vya::pg
