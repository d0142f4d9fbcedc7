#include "engine/postgresql/user_objects.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "engine/postgresql/connection.h"

namespace vya::pg {

namespace {

/// A catalog of objects, and a condition on what of it counts; members and parts of other objects
/// are left out.
struct Objects {
  std::string_view catalog;
  std::string_view condition = "true";
};

constexpr std::array kObjects = {
    // Schemas of temporary tables come and go with sessions and stay as empty shells.
    Objects{"pg_namespace", "nspname !~ '^pg_(toast_)?temp_'"},
    Objects{"pg_extension"},
    Objects{"pg_class", "relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND relpersistence <> 't'"},
    Objects{"pg_proc"},
    Objects{"pg_type", "typrelid = 0 AND typelem = 0"},
    Objects{"pg_operator"},
    Objects{"pg_collation"},
    Objects{"pg_conversion"},
    Objects{"pg_cast"},
    Objects{"pg_language"},
    Objects{"pg_am"},
    Objects{"pg_ts_config"},
    Objects{"pg_ts_dict"},
    Objects{"pg_foreign_data_wrapper"},
    Objects{"pg_foreign_server"},
    Objects{"pg_event_trigger"},
    Objects{"pg_publication"},
    Objects{"pg_default_acl"},
};

constexpr int kMost = 5;
constexpr int kFirstUserOid = 16384;  // access/transam.h, FirstNormalObjectId

std::string query() {
  std::string sql;
  for (const Objects& objects : kObjects) {
    if (!sql.empty()) sql += " UNION ALL ";
    sql += fmt::format(
        "(SELECT pg_describe_object('{0}'::regclass, oid, 0) FROM {0} WHERE oid >= {1} AND {2} "
        "LIMIT {3})",
        objects.catalog, kFirstUserOid, objects.condition, kMost);
  }
  sql += fmt::format(
      " UNION ALL (SELECT 'large object ' || oid FROM pg_largeobject_metadata LIMIT {})", kMost);
  return sql + fmt::format(" LIMIT {}", kMost);
}

}  // namespace

std::vector<std::string> find_user_objects(Connection& connection) {
  std::vector<std::string> found;
  connection.each(query(), [&](const Result& row) { found.push_back(row.text(0, 0)); });
  return found;
}

}  // namespace vya::pg
