// What belongs to the server: it comes back from its lines, and a name in it is never more than a
// name.
#include "engine/postgresql/globals.h"

#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/setting_sql.h"
#include "engine/postgresql/sql_tokens.h"
#include "tests/fuzz/documents.h"

namespace vya::fuzz {

namespace {

void check(const pg::Statement& statement) {
  require(pg::split_statements(statement.sql + ";").size() == 1, "a statement is one");
}

void check_accounts(const pg::Globals& globals) {
  for (const pg::Role& role : globals.roles) {
    for (const pg::Statement& statement : create_role(role)) check(statement);
    check(pg::set_comment("ROLE", role.name, role.comment));
    for (const pg::SecurityLabel& label : role.labels) check(set_label("ROLE", "r", label));
  }
  for (const pg::Membership& membership : globals.memberships) {
    for (const int version : {150000, 180000}) {
      check(grant_membership(version, membership,
                             grantor_on(version, membership, globals, "postgres")));
    }
  }
  for (const pg::RoleSetting& setting : globals.settings) check(alter_setting(setting));
}

void check_databases(const pg::Globals& globals) {
  for (const pg::Tablespace& tablespace : globals.tablespaces) {
    create_tablespace(tablespace, tablespace.location);
  }
  for (const pg::DatabaseProperties& database : globals.databases) {
    check(create_database(150000, database, database.tablespace, pg::Entrance::kSuperusers));
    check(create_database(180000, database, "", pg::Entrance::kMembersOfOwner));
    check(keep_others_out(database));
    check(finish_database(database));
    close_database(database);
  }
}

}  // namespace

void try_input(std::string_view input) {
  const auto globals =
      read_write_read(input, pg::read_globals_json,
                      [](const pg::Globals& value, Sink& to) { write_json(value, to); });
  if (!globals) return;
  check_accounts(*globals);
  check_databases(*globals);
}

}  // namespace vya::fuzz
