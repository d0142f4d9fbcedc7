#include "engine/postgresql/acl_json.h"
#include "engine/postgresql/globals.h"
#include "engine/text_json.h"

namespace vya::pg {

static void describe(JsonFields& line, Role& role) {
  line.text("name", role.name);
  line.flag("bootstrap", role.bootstrap);
  line.flag("superuser", role.superuser);
  line.flag("inherit", role.inherit);
  line.flag("create_role", role.create_role);
  line.flag("create_database", role.create_database);
  line.flag("login", role.login);
  line.flag("replication", role.replication);
  line.flag("bypass_rls", role.bypass_rls);
  line.number("connection_limit", role.connection_limit);
  line.text("valid_until", role.valid_until);
  line.secret("verifier", role.verifier);
  line.flag("verifier_read", role.verifier_read);
  line.text("comment", role.comment);
  line.list("labels", role.labels);
}

static void describe(JsonFields& line, Membership& membership) {
  line.text("role", membership.role);
  line.text("member", membership.member);
  line.text("grantor", membership.grantor);
  line.flag("grantor_is_bootstrap", membership.grantor_is_bootstrap);
  line.flag("admin", membership.admin);
  line.flag("inherit", membership.inherit);
  line.flag("set", membership.set);
}

static void describe(JsonFields& line, RoleSetting& setting) {
  line.text("role", setting.role);
  line.text("database", setting.database);
  line.text("name", setting.name);
  line.text("value", setting.value);
}

static void describe(JsonFields& line, Tablespace& tablespace) {
  line.text("name", tablespace.name);
  line.text("owner", tablespace.owner);
  line.text("location", tablespace.location);
  line.texts("options", tablespace.options);
  line.object("acl", tablespace.acl);
  line.text("comment", tablespace.comment);
  line.list("labels", tablespace.labels);
}

static void describe(JsonFields& line, DatabaseProperties& database) {
  line.number("number", database.number);
  line.text("name", database.name);
  line.text("owner", database.owner);
  line.text("encoding", database.encoding);
  line.text("locale_provider", database.locale_provider);
  line.text("collate", database.collate);
  line.text("ctype", database.ctype);
  line.text("locale", database.locale);
  line.text("icu_rules", database.icu_rules);
  line.text("collation_version", database.collation_version);
  line.text("tablespace", database.tablespace);
  line.number("connection_limit", database.connection_limit);
  line.flag("is_template", database.is_template);
  line.flag("allow_connections", database.allow_connections);
  line.object("acl", database.acl);
  line.text("comment", database.comment);
  line.list("labels", database.labels);
}

namespace {

constexpr std::string_view kRole = "role";
constexpr std::string_view kMembership = "membership";
constexpr std::string_view kRoleSetting = "role-setting";
constexpr std::string_view kParameter = "parameter-acl";
constexpr std::string_view kTablespace = "tablespace";
constexpr std::string_view kDatabase = "database";

}  // namespace

void write_json(const Globals& globals, Sink& to) {
  write_lines(kRole, globals.roles, to);
  write_lines(kMembership, globals.memberships, to);
  write_lines(kRoleSetting, globals.settings, to);
  write_lines(kParameter, globals.parameters, to);
  write_lines(kTablespace, globals.tablespaces, to);
  write_lines(kDatabase, globals.databases, to);
}

Globals read_globals_json(Source& from) {
  Globals globals;
  JsonLines lines(from, "globals");
  while (std::optional<JsonFields> line = lines.next()) {
    const std::string kind = line->kind();
    if (kind == kRole) globals.roles.push_back(read_line<Role>(*line));
    if (kind == kMembership) globals.memberships.push_back(read_line<Membership>(*line));
    if (kind == kRoleSetting) globals.settings.push_back(read_line<RoleSetting>(*line));
    if (kind == kParameter) globals.parameters.push_back(read_line<Acl>(*line));
    if (kind == kTablespace) globals.tablespaces.push_back(read_line<Tablespace>(*line));
    if (kind == kDatabase) globals.databases.push_back(read_line<DatabaseProperties>(*line));
  }
  return globals;
}

}  // namespace vya::pg
