#include "engine/postgresql/read_acl.h"

#include "engine/postgresql/connection.h"

namespace vya::pg {

std::string acl_columns() {
  return "CASE WHEN x.grantee = 0 THEN '' ELSE pg_get_userbyid(x.grantee) END, "
         "pg_get_userbyid(x.grantor),"
         " x.privilege_type, x.is_grantable";
}

std::string acl_join(const std::string& acl) {
  return " LEFT JOIN LATERAL aclexplode(" + acl + ") x ON true";
}

std::vector<Acl> read_acls(Connection& connection, const std::string& query) {
  std::vector<Acl> acls;
  connection.each(query, [&](const Result& row) {
    Acl acl{.kind = row.text(0, 0),
            .object = row.text(0, 1),
            .column = row.text(0, 2),
            .owner = row.text(0, 3)};
    const bool same = !acls.empty() && acls.back().kind == acl.kind &&
                      acls.back().object == acl.object && acls.back().column == acl.column;
    if (!same) acls.push_back(std::move(acl));
    if (row.is_null(0, 6)) return;  // an empty list: everything was revoked
    acls.back().grants.push_back({.grantee = row.text(0, 4),
                                  .grantor = row.text(0, 5),
                                  .privilege = row.text(0, 6),
                                  .grantable = row.flag(0, 7)});
  });
  return acls;
}

}  // namespace vya::pg
