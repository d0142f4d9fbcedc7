#include "engine/postgresql/acl_json.h"

namespace vya::pg {

static void describe(JsonFields& fields, Grant& grant) {
  fields.text("grantee", grant.grantee);
  fields.text("grantor", grant.grantor);
  fields.text("privilege", grant.privilege);
  fields.flag("grantable", grant.grantable);
}

void describe(JsonFields& fields, Acl& acl) {
  fields.text("on", acl.kind);
  fields.text("object", acl.object);
  fields.text("column", acl.column);
  fields.text("owner", acl.owner);
  fields.list("grants", acl.grants);
}

void describe(JsonFields& fields, DefaultAcl& acl) {
  fields.text("role", acl.role);
  fields.text("schema", acl.schema);
  fields.text("on", acl.kind);
  fields.list("grants", acl.grants);
}

void describe(JsonFields& fields, SecurityLabel& label) {
  fields.text("provider", label.provider);
  fields.text("label", label.label);
}

}  // namespace vya::pg
