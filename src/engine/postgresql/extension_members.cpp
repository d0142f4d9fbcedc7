#include "engine/postgresql/extension_members.h"

#include <string_view>

#include "engine/postgresql/connection.h"

namespace vya::pg {

namespace {

/// Owners are taken from pg_shdepend, which has them for objects of all kinds; only what the
/// bootstrap superuser owns (its oid is 10 everywhere: pg_authid.dat) is not noted there. ROUTINE
/// is any function, procedure or aggregate. Types of arrays, rows and multiranges and the sequences
/// of columns go with what they belong to. The row that makes a function a member is of the
/// transaction that made the function, and stays when the function is written again
/// (ProcedureCreate in pg_proc.c).
constexpr const char* kMembers =
    "SELECT e.extname,"
    " CASE WHEN i.type LIKE '%column' THEN 'COLUMN'"
    " WHEN m.classid = 'pg_catalog.pg_proc'::regclass THEN 'ROUTINE'"
    " WHEN i.type = 'foreign-data wrapper' THEN 'FOREIGN DATA WRAPPER'"
    " WHEN i.type = 'statistics object' THEN 'STATISTICS' ELSE upper(i.type) END"
    " || ' ' || i.identity,"
    " CASE WHEN p.number = 0 AND m.classid = ANY ('{pg_catalog.pg_class,pg_catalog.pg_proc,"
    "pg_catalog.pg_type,pg_catalog.pg_operator,pg_catalog.pg_opclass,pg_catalog.pg_opfamily,"
    "pg_catalog.pg_namespace,pg_catalog.pg_language,pg_catalog.pg_foreign_data_wrapper,"
    "pg_catalog.pg_foreign_server,pg_catalog.pg_collation,pg_catalog.pg_conversion,"
    "pg_catalog.pg_ts_dict,pg_catalog.pg_ts_config,pg_catalog.pg_event_trigger,"
    "pg_catalog.pg_statistic_ext}'::regclass[])"
    " THEN pg_catalog.pg_get_userbyid(coalesce(o.refobjid, 10)) END,"
    " d.description, l.provider, l.label,"
    " CASE WHEN p.number = 0 AND f.prokind IN ('f', 'p', 'w') AND f.xmin <> m.xmin"
    "   THEN pg_catalog.pg_get_functiondef(f.oid) END"
    " FROM pg_catalog.pg_depend m JOIN pg_catalog.pg_extension e ON e.oid = m.refobjid"
    " CROSS JOIN LATERAL (SELECT 0 UNION SELECT objsubid FROM pg_catalog.pg_description"
    "   WHERE classoid = m.classid AND objoid = m.objid"
    "   UNION SELECT objsubid FROM pg_catalog.pg_seclabel"
    "   WHERE classoid = m.classid AND objoid = m.objid) AS p(number)"
    " CROSS JOIN LATERAL pg_catalog.pg_identify_object(m.classid, m.objid, p.number) i"
    " LEFT JOIN pg_catalog.pg_proc f ON m.classid = 'pg_catalog.pg_proc'::regclass"
    "   AND f.oid = m.objid"
    " LEFT JOIN pg_catalog.pg_description d ON d.classoid = m.classid AND d.objoid = m.objid"
    "   AND d.objsubid = p.number"
    " LEFT JOIN pg_catalog.pg_seclabel l ON l.classoid = m.classid AND l.objoid = m.objid"
    "   AND l.objsubid = p.number"
    " LEFT JOIN pg_catalog.pg_shdepend o ON o.classid = m.classid AND o.objid = m.objid"
    "   AND o.deptype = 'o' AND o.dbid = (SELECT oid FROM pg_catalog.pg_database"
    "   WHERE datname = pg_catalog.current_database())"
    " WHERE m.refclassid = 'pg_catalog.pg_extension'::regclass AND m.deptype = 'e'"
    " AND NOT EXISTS (SELECT FROM pg_catalog.pg_type t WHERE m.classid ="
    "   'pg_catalog.pg_type'::regclass AND t.oid = m.objid AND (t.typtype = 'm'"
    "   OR EXISTS (SELECT FROM pg_catalog.pg_class r WHERE r.oid = t.typrelid AND r.relkind <> 'c')"
    "   OR EXISTS (SELECT FROM pg_catalog.pg_type a WHERE a.typarray = t.oid)))"
    " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend s WHERE m.classid ="
    "   'pg_catalog.pg_class'::regclass AND s.classid = m.classid AND s.objid = m.objid"
    "   AND s.deptype IN ('a', 'i') AND s.refclassid = m.classid)"
    " ORDER BY 1, 2, l.provider";

}  // namespace

std::vector<ExtensionMember> read_extension_members(Connection& connection) {
  const Result rows = connection.query(kMembers);
  std::vector<ExtensionMember> members;
  for (int row = 0; row < rows.rows(); ++row) {
    ExtensionMember member{.extension = rows.text(row, 0),
                           .object = rows.text(row, 1),
                           .owner = rows.optional_text(row, 2),
                           .comment = rows.optional_text(row, 3),
                           .labels = {},
                           .definition = rows.optional_text(row, 6)};
    const bool is_next = members.empty() || members.back().extension != member.extension ||
                         members.back().object != member.object;
    if (is_next) members.push_back(std::move(member));
    if (!rows.is_null(row, 4))
      members.back().labels.push_back({rows.text(row, 4), rows.text(row, 5)});
  }
  return members;
}

std::optional<std::string> definition_of_member(Connection& connection, const std::string& object) {
  constexpr std::string_view kKind = "ROUTINE ";
  if (!object.starts_with(kKind)) return std::nullopt;
  const Result found = connection.query(
      "SELECT pg_catalog.pg_get_functiondef(oid) FROM pg_catalog.pg_proc"
      " WHERE oid = to_regprocedure($1) AND prokind IN ('f', 'p', 'w')",
      {object.substr(kKind.size())});
  return found.rows() == 0 ? std::nullopt : found.optional_text(0, 0);
}

std::string name_for_owner(const ExtensionMember& member) {
  for (const std::string_view kind : {"VIEW ", "MATERIALIZED VIEW ", "SEQUENCE "}) {
    if (member.object.starts_with(kind)) return "TABLE " + member.object.substr(kind.size());
  }
  return member.object;
}

}  // namespace vya::pg
