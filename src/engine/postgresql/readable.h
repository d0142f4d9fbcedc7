// What the role that is connected may read of a server, and a gap for each thing that it may not.
//
// A backup needs no superuser. But what a role may not read, PostgreSQL refuses with an error or,
// worse, leaves out in silence: row security filters rows, views show nulls. So it is looked at
// beforehand, left out by the same conditions wherever it is read, and named with what an
// administrator can run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stream/contents.h"

namespace vya::pg {

class Connection;

/// SQL over pg_class `c` and pg_namespace `n`: whether the table can be locked, and so its
/// definition be read by pg_dump.
inline constexpr const char* kMayLock =
    " (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'))";

/// The same: whether all rows of the table, or the value of the sequence, can be read. Row security
/// would leave rows out, and a standby has no content of what is unlogged.
inline constexpr const char* kMayReadRows =
    " (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')"
    " AND NOT row_security_active(c.oid)"
    " AND NOT (pg_is_in_recovery() AND c.relpersistence = 'u'))";

/// SQL over pg_largeobject_metadata `m`: whether the object's content can be read.
inline constexpr const char* kMayReadObject =
    " (current_setting('is_superuser') = 'on' OR current_setting('lo_compat_privileges') = 'on'"
    " OR pg_has_role(m.lomowner, 'USAGE') OR EXISTS (SELECT FROM aclexplode(m.lomacl) x"
    " WHERE x.privilege_type = 'SELECT' AND (x.grantee = 0 OR pg_has_role(x.grantee, 'USAGE'))))";

/// Whether the role may read a table or view of the system's: `pg_authid`.
bool may_read(Connection& connection, const std::string& relation);

/// What of the server itself cannot be read; the connection is to the maintenance database.
std::vector<Gap> server_gaps(Connection& connection);

/// What of the connection's database cannot be read.
std::vector<Gap> database_gaps(Connection& connection);

/// A table, or a view that reads one, whose definition cannot be read either.
struct Undumpable {
  TableName name;
  std::string identifier;              ///< as access lists name it: `public."Orders"`
  std::optional<TableName> root = {};  ///< of a partition: the table at the top
};

/// Those of the connection's database: pg_dump would fail at each table. By oid.
std::vector<Undumpable> undumpable_relations(Connection& connection);

/// A cure that is SQL: `In database 'shop', as an administrator: GRANT ...;`.
std::string cure_in(const std::string& database, const std::string& sql);

}  // namespace vya::pg
