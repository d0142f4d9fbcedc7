// Reads what pg_dump's entries do not say of one database.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/postgresql/catalog.h"
#include "engine/postgresql/connection.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/read_acl.h"
#include "engine/postgresql/readable.h"

namespace vya::pg {

namespace {

constexpr int kSequencesAtOnce = 200;

/// Not the system's own and not another session's temporary schema.
constexpr std::string_view kUserSchemas =
    " n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'";

/// One catalog whose objects can have access lists: how GRANT names the kind and the object.
struct AclSource {
  std::string catalog;
  std::string acl;     // SQL
  std::string owner;   // SQL
  std::string kind;    // SQL
  std::string object;  // SQL
  std::string join;
  std::string condition = "true";
  std::string usual =
      "NULL";  // SQL: the list an object has by itself where pg_init_privs does not say
  std::string always = "false";  // SQL: whether the list is told although it is the usual one
};

const std::vector<AclSource>& acl_sources() {
  static const std::string kSchema = " JOIN pg_namespace n ON n.oid = ";
  static const std::string kNotTemporary = "n.nspname !~ '^pg_(toast|temp)'";
  // A function is named by its input types alone: that is what makes it unique.
  static const std::string kArguments =
      "(SELECT coalesce(string_agg(format_type(a.type, NULL), ', ' ORDER BY a.position), '')"
      " FROM unnest(o.proargtypes) WITH ORDINALITY AS a(type, position))";
  static const std::vector<AclSource> kSources = {
      {"pg_class", "o.relacl", "o.relowner",
       "CASE o.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END",
       "quote_ident(n.nspname) || '.' || quote_ident(o.relname)", kSchema + "o.relnamespace",
       kNotTemporary,
       // information_schema is made before initdb notes the initial privileges.
       "CASE n.nspname WHEN 'information_schema' THEN acldefault('r', o.relowner)"
       " || makeaclitem(0, o.relowner, 'SELECT', false) END"},
      {"pg_proc", "o.proacl", "o.proowner",
       "CASE o.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END",
       "quote_ident(n.nspname) || '.' || quote_ident(o.proname) || '(' || " + kArguments +
           " || ')'",
       kSchema + "o.pronamespace"},
      {"pg_type", "o.typacl", "o.typowner", "'TYPE'",
       "quote_ident(n.nspname) || '.' || quote_ident(o.typname)", kSchema + "o.typnamespace"},
      {"pg_namespace",
       "coalesce(o.nspacl, CASE o.nspname WHEN 'public' THEN acldefault('n', o.nspowner) END)",
       "o.nspowner", "'SCHEMA'", "quote_ident(o.nspname)", "", "o.nspname !~ '^pg_(toast|temp)'",
       // A new database's schema public is its owner's from 15 on, with a list that may differ.
       "CASE WHEN o.nspname = 'information_schema' THEN acldefault('n', o.nspowner)"
       " || makeaclitem(0, o.nspowner, 'USAGE', false) END",
       "o.nspname = 'public' AND pg_get_userbyid(o.nspowner) <> 'pg_database_owner'"},
      {"pg_language", "o.lanacl", "o.lanowner", "'LANGUAGE'", "quote_ident(o.lanname)", ""},
      {"pg_foreign_data_wrapper", "o.fdwacl", "o.fdwowner", "'FOREIGN DATA WRAPPER'",
       "quote_ident(o.fdwname)", ""},
      {"pg_foreign_server", "o.srvacl", "o.srvowner", "'FOREIGN SERVER'", "quote_ident(o.srvname)",
       ""},
  };
  return kSources;
}

/// Only lists that differ from what initdb or an extension's script gives by itself
/// (pg_init_privs).
std::string acl_query(const AclSource& source) {
  return fmt::format(
      "SELECT {kind}, {object}, '', pg_get_userbyid({owner}), {columns} FROM {catalog} o{join}"
      " LEFT JOIN pg_init_privs i ON i.objoid = o.oid AND i.classoid = '{catalog}'::regclass AND "
      "i.objsubid = 0{explode}"
      " WHERE {acl} IS NOT NULL AND ({acl} IS DISTINCT FROM coalesce(i.initprivs, {usual}) OR "
      "{always})"
      " AND {condition}"
      " ORDER BY 1, 2, x.grantee, x.grantor, x.privilege_type",
      fmt::arg("kind", source.kind), fmt::arg("object", source.object),
      fmt::arg("owner", source.owner), fmt::arg("columns", acl_columns()),
      fmt::arg("catalog", source.catalog), fmt::arg("join", source.join),
      fmt::arg("explode", acl_join(source.acl)), fmt::arg("acl", source.acl),
      fmt::arg("condition", source.condition), fmt::arg("usual", source.usual),
      fmt::arg("always", source.always));
}

std::string column_acl_query() {
  return fmt::format(
      "SELECT 'TABLE', quote_ident(n.nspname) || '.' || quote_ident(o.relname), c.attname,"
      " pg_get_userbyid(o.relowner), {} FROM pg_attribute c JOIN pg_class o ON o.oid = c.attrelid"
      " JOIN pg_namespace n ON n.oid = o.relnamespace LEFT JOIN pg_init_privs i ON i.objoid = o.oid"
      " AND i.classoid = 'pg_class'::regclass AND i.objsubid = c.attnum{}"
      " WHERE c.attacl IS NOT NULL AND NOT c.attisdropped AND c.attacl IS DISTINCT FROM i.initprivs"
      " AND n.nspname !~ '^pg_(toast|temp)' ORDER BY 2, c.attnum, x.grantee, x.grantor, "
      "x.privilege_type",
      acl_columns(), acl_join("c.attacl"));
}

std::vector<Acl> read_object_acls(Connection& connection) {
  std::vector<Acl> acls;
  for (const AclSource& source : acl_sources()) {
    for (Acl& acl : read_acls(connection, acl_query(source))) acls.push_back(std::move(acl));
  }
  for (Acl& acl : read_acls(connection, column_acl_query())) acls.push_back(std::move(acl));
  return acls;
}

std::vector<DefaultAcl> read_default_acls(Connection& connection) {
  // Read as object lists whose "object" is the role and "column" the schema.
  const std::vector<Acl> lists = read_acls(
      connection,
      "SELECT CASE o.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN "
      "'FUNCTIONS'"
      " WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' WHEN 'L' THEN 'LARGE OBJECTS' END,"
      " pg_get_userbyid(o.defaclrole), coalesce(n.nspname, ''), '', " +
          acl_columns() +
          " FROM pg_default_acl o LEFT JOIN pg_namespace n ON n.oid = o.defaclnamespace" +
          acl_join("o.defaclacl") + " ORDER BY 1, 2, 3, x.grantee, x.grantor, x.privilege_type");
  std::vector<DefaultAcl> defaults;
  for (const Acl& list : lists)
    defaults.push_back({list.object, list.column, list.kind, list.grants});
  return defaults;
}

std::vector<Extension> read_extensions(Connection& connection) {
  std::vector<Extension> extensions;
  connection.each(
      "SELECT e.extname, e.extversion, n.nspname, obj_description(e.oid, 'pg_extension'), "
      "pg_get_userbyid(e.extowner) FROM pg_extension e JOIN pg_namespace n ON n.oid "
      "= e.extnamespace"
      " ORDER BY e.extname COLLATE \"C\"",
      [&](const Result& row) {
        extensions.push_back({row.text(0, 0), row.text(0, 1), row.text(0, 2),
                              row.optional_text(0, 3), row.text(0, 4)});
      });
  return extensions;
}

/// Those that are not as a plain script of their extension would have them.
std::vector<ExtensionMember> read_members(Connection& connection,
                                          const std::vector<Extension>& extensions) {
  std::vector<ExtensionMember> members = read_extension_members(connection);
  std::erase_if(members, [&](const ExtensionMember& member) {
    return !is_described(member, extensions) && !member.definition;
  });
  return members;
}

/// Collations that the database defines or whose version has changed under it.
std::vector<CollationVersion> read_collations(Connection& connection) {
  std::vector<CollationVersion> collations;
  connection.each(
      "SELECT n.nspname, c.collname, CASE c.collprovider WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' "
      "WHEN 'b' THEN"
      " 'builtin' ELSE 'default' END, c.collversion, pg_collation_actual_version(c.oid)"
      " FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace WHERE c.collversion IS "
      "NOT NULL"
      " AND (c.oid >= 16384 OR c.collversion IS DISTINCT FROM pg_collation_actual_version(c.oid))"
      " ORDER BY 1, 2",
      [&](const Result& row) {
        collations.push_back(
            {row.text(0, 0), row.text(0, 1), row.text(0, 2), row.text(0, 3), row.text(0, 4)});
      });
  return collations;
}

std::string values_query(const Result& names, int begin, int end) {
  std::string query;
  for (int i = begin; i < end; ++i) {
    const std::string schema = names.text(i, 0);
    const std::string name = names.text(i, 1);
    if (!query.empty()) query += " UNION ALL ";
    query += fmt::format("SELECT {}, {}, last_value, is_called FROM {}", quote_text(schema),
                         quote_text(name), quote_name(schema, name));
  }
  return query;
}

/// Sequences are outside of transactions: their values are of now, ahead of the snapshot's rows and
/// never behind.
std::vector<SequenceValue> read_sequences(Connection& connection) {
  const Result names = connection.query(
      "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
      " WHERE c.relkind = 'S' AND" +
      std::string(kUserSchemas) + " AND" + kMayReadRows +
      " AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid"
      " WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'"
      " AND d.refclassid = 'pg_extension'::regclass AND c.oid <> ALL (coalesce(e.extconfig, '{}')))"
      " ORDER BY 1, 2");
  std::vector<SequenceValue> sequences;
  for (int begin = 0; begin < names.rows(); begin += kSequencesAtOnce) {
    const int end = std::min(begin + kSequencesAtOnce, names.rows());
    connection.each(values_query(names, begin, end), [&](const Result& row) {
      sequences.push_back({row.text(0, 0), row.text(0, 1), row.number(0, 2), row.flag(0, 3)});
    });
  }
  return sequences;
}

/// Orders populated materialized views so that each comes after those it reads, directly or through
/// views.
class ViewOrder {
 public:
  explicit ViewOrder(Connection& connection) {
    connection.each(
        "SELECT r.ev_class, d.refobjid FROM pg_rewrite r JOIN pg_depend d ON d.classid = "
        "'pg_rewrite'::regclass"
        " AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class"
        " WHERE r.oid >= 16384 ORDER BY 1, 2",
        [&](const Result& row) { reads_[row.number(0, 0)].insert(row.number(0, 1)); });
    connection.each(
        "SELECT c.oid, n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = "
        "c.relnamespace"
        " WHERE c.relkind = 'm' AND c.relispopulated ORDER BY 2, 3",
        [&](const Result& row) {
          views_.push_back(row.number(0, 0));
          names_[row.number(0, 0)] = {row.text(0, 1), row.text(0, 2)};
        });
  }

  std::vector<PopulatedView> ordered() {
    for (const std::int64_t view : views_) visit(view);
    return std::move(ordered_);
  }

 private:
  void visit(std::int64_t relation) {
    if (!visited_.insert(relation).second) return;
    for (const std::int64_t read : reads_[relation]) visit(read);
    if (const auto name = names_.find(relation); name != names_.end())
      ordered_.push_back(name->second);
  }

  std::map<std::int64_t, std::set<std::int64_t>> reads_;
  std::vector<std::int64_t> views_;
  std::map<std::int64_t, PopulatedView> names_;
  std::set<std::int64_t> visited_;
  std::vector<PopulatedView> ordered_;
};

}  // namespace

bool is_described(const ExtensionMember& member, const std::vector<Extension>& extensions) {
  const auto of = std::ranges::find(extensions, member.extension, &Extension::name);
  const bool is_owners = !member.owner || (of != extensions.end() && member.owner == of->owner);
  return !is_owners || member.comment || !member.labels.empty();
}

Catalog read_catalog(Connection& connection) {
  Catalog catalog;
  const Result schema = connection.query(
      "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = 'public'");
  catalog.has_public_schema = schema.rows() > 0;
  if (catalog.has_public_schema) catalog.public_comment = schema.optional_text(0, 0);
  catalog.extensions = read_extensions(connection);
  catalog.members = read_members(connection, catalog.extensions);
  catalog.collations = read_collations(connection);
  catalog.sequences = read_sequences(connection);
  catalog.populated_views = ViewOrder(connection).ordered();
  catalog.column_orders = read_column_orders(connection);
  catalog.acls = read_object_acls(connection);
  catalog.default_acls = read_default_acls(connection);
  return catalog;
}

}  // namespace vya::pg
