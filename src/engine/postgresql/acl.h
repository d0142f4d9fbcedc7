// Grants as values, and the statements that bring them back.
//
// Our own model and not pg_dump's text: a policy can look at it, and the grantors are kept where
// several grant.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace vya::pg {

/// One privilege that one role has from another.
struct Grant {
  std::string grantee;     ///< role name; empty: PUBLIC
  std::string grantor;     ///< role name
  std::string privilege;   ///< `SELECT`
  bool grantable = false;  ///< WITH GRANT OPTION
  auto operator<=>(const Grant&) const = default;
};

/// Who may do what with one object. Only objects whose privileges were ever changed have one; the
/// others have the server's defaults.
struct Acl {
  std::string kind;  ///< as GRANT writes it: `TABLE`, `SEQUENCE`, `FUNCTION`, `SCHEMA`, `DATABASE`,
                     ///< `PARAMETER` ...
  std::string object;  ///< quoted, as GRANT writes it: `"public"."orders"`, `"f"(integer)`
  std::string column;  ///< name, for a column's own grants, or empty
  std::string owner;   ///< role name; empty for objects without one (PARAMETER)
  std::vector<Grant> grants;
  bool operator==(const Acl&) const = default;
};

/// Default privileges: what objects made later will get.
struct DefaultAcl {
  std::string role;    ///< whose objects
  std::string schema;  ///< in which schema; empty: everywhere
  std::string kind;    ///< `TABLES`, `SEQUENCES`, `FUNCTIONS`, `TYPES`, `SCHEMAS`, `LARGE OBJECTS`
  std::vector<Grant> grants;
  bool operator==(const DefaultAcl&) const = default;
};

/// A statement and as whom it must be run: grants are recorded with the role that gives them.
struct GrantStatement {
  std::string as_role;  ///< empty: as ourselves, which the server records as the owner
  std::string sql;
  bool operator==(const GrantStatement&) const = default;
};

/// The statements that turn the server's defaults for a new object into this list: everything
/// revoked from the owner and PUBLIC, then each grant, those that others build on first.
std::vector<GrantStatement> statements(const Acl& acl);
std::vector<GrantStatement> statements(const DefaultAcl& acl);

}  // namespace vya::pg
