// Reads access lists out of the catalogs, one row a grant.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/postgresql/acl.h"

namespace vya::pg {

class Connection;

/// The columns that read_acls expects of its query, for an object whose access list is the
/// expression `acl`: grantee, grantor, privilege and grantable, null where the list is empty. To be
/// followed by FROM with acl_join(acl).
std::string acl_columns();
std::string acl_join(const std::string& acl);

/// Runs a query that gives kind, object, column, owner and then acl_columns(), ordered so that an
/// object's rows stand together, and groups the rows by object.
std::vector<Acl> read_acls(Connection& connection, const std::string& query);

}  // namespace vya::pg
