// The statements that bring back roles, memberships, tablespaces and databases. Pure.
//
// What a server's version can say differs; `version` is the target's, as libpq writes it (150018).
// A source is never newer than its target, so what the source had, the target knows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/postgresql/globals.h"
#include "engine/postgresql/statement.h"

namespace vya::pg {

/// The first version whose memberships have options and several grantors (release notes of 16).
inline constexpr int kWithMembershipOptions = 160000;

/// Creates a role and gives it its attributes and its verifier, which the server stores as it is.
std::vector<Statement> create_role(const Role& role);

/// In which of its attributes a role differs from the one that is there, as ALTER ROLE names them.
std::vector<std::string> role_differences(const Role& role, const Role& found);

/// Gives a role that is there the attributes and the verifier of another, from which it differs in
/// these.
Statement alter_role(const Role& role, const Role& found,
                     const std::vector<std::string>& differences);

/// Whom the target can record as having given the membership; nothing where only the server's
/// default is left. From 16 on that is the bootstrap superuser or who holds the role's ADMIN option
/// (manual: GRANT); before, anybody. `bootstrap` is the name of the target's.
std::optional<std::string> grantor_on(int version, const Membership& membership,
                                      const Globals& globals, const std::string& bootstrap);

Statement grant_membership(int version, const Membership& membership,
                           const std::optional<std::string>& grantor);

/// Takes away the option to pass the membership on, on a server before 16, where a grant cannot.
Statement revoke_admin_option(const Membership& membership);
Statement revoke_membership(int version, const Membership& membership);

Statement create_tablespace(const Tablespace& tablespace, const std::string& location);

/// Who may connect to a database until its properties are set at the end.
enum class Entrance {
  kSuperusers,
  kMembersOfOwner,  ///< by keep_others_out: a limit would shut out who is no superuser
};

/// Creates an empty database. `tablespace` is empty for the server's default.
Statement create_database(int version, const DatabaseProperties& database,
                          const std::string& tablespace, Entrance entrance);
Statement keep_others_out(const DatabaseProperties& database);

/// What makes room for create_database where a database of this name exists. To be run one by one,
/// from another database.
std::vector<Statement> drop_database(const std::string& name, bool is_template);

/// The connection limit, the template and the connection flag: all that would be in the way before
/// the end.
Statement finish_database(const DatabaseProperties& database);
std::optional<Statement> close_database(const DatabaseProperties& database);

/// `COMMENT ON kind object IS ...`; the object is quoted as COMMENT wants it.
Statement set_comment(const std::string& kind, const std::string& object,
                      const std::optional<std::string>& comment);
Statement set_label(const std::string& kind, const std::string& object, const SecurityLabel& label);

/// Takes a privilege on a parameter away from who was given it.
Statement revoke_parameter(const std::string& parameter, const Grant& grant);

/// All grants of one object, to be run at once. Nothing when there is nothing to say.
std::optional<Statement> set_grants(const Acl& acl);

/// The same one by one.
std::vector<Statement> grant_statements(const Acl& acl);
std::vector<Statement> grant_statements(const DefaultAcl& acl);

/// The list as it must be on a server whose bootstrap superuser has another name: objects that
/// initdb made are that one's there.
Acl with_bootstrap(Acl acl, const std::string& source, const std::string& target);

/// The list as it must be on a newer server, where a privilege of its own stands for what before
/// came with owning: MAINTAIN (vacuum, analyze, refresh), from 17 on.
Acl with_new_privileges(Acl acl, int source_major, int target_version);
DefaultAcl with_new_privileges(DefaultAcl acl, int source_major, int target_version);

}  // namespace vya::pg
