// Reads the properties of a database's large objects as a stream: there may be millions.
#include <map>

#include "engine/postgresql/catalog.h"
#include "engine/postgresql/connection.h"
#include "engine/postgresql/read_acl.h"
#include "engine/postgresql/readable.h"

namespace vya::pg {

void read_large_objects(Connection& connection,
                        const std::function<void(const LargeObject&)>& visit) {
  // Labels are rare and few; they are read first.
  std::map<std::uint32_t, std::vector<SecurityLabel>> labels;
  connection.each(
      "SELECT objoid, provider, label FROM pg_seclabel WHERE classoid = 'pg_largeobject'::regclass "
      "ORDER BY 1, 2",
      [&](const Result& row) {
        labels[static_cast<std::uint32_t>(row.number(0, 0))].push_back(
            {row.text(0, 1), row.text(0, 2)});
      });
  std::optional<LargeObject> current;
  connection.each(
      "SELECT m.oid, pg_get_userbyid(m.lomowner), obj_description(m.oid, 'pg_largeobject'), "
      "m.lomacl IS NOT NULL, " +
          acl_columns() + " FROM pg_largeobject_metadata m" + acl_join("m.lomacl") + " WHERE" +
          kMayReadObject + " ORDER BY m.oid, x.grantee, x.grantor, x.privilege_type",
      [&](const Result& row) {
        const auto oid = static_cast<std::uint32_t>(row.number(0, 0));
        if (!current || current->oid != oid) {
          if (current) visit(*current);
          current =
              LargeObject{.oid = oid, .owner = row.text(0, 1), .comment = row.optional_text(0, 2)};
          if (const auto found = labels.find(oid); found != labels.end())
            current->labels = found->second;
          if (row.flag(0, 3)) {
            current->acl =
                Acl{.kind = "LARGE OBJECT", .object = std::to_string(oid), .owner = current->owner};
          }
        }
        if (row.is_null(0, 6)) return;
        current->acl->grants.push_back({.grantee = row.text(0, 4),
                                        .grantor = row.text(0, 5),
                                        .privilege = row.text(0, 6),
                                        .grantable = row.flag(0, 7)});
      });
  if (current) visit(*current);
}

}  // namespace vya::pg
