#include "engine/postgresql/languages.h"

#include <algorithm>

#include "engine/postgresql/connection.h"
#include "engine/postgresql/sql_tokens.h"

namespace vya::pg {

namespace {

/// CREATE LANGUAGE takes functions by name alone.
constexpr const char* kLanguages =
    "SELECT l.lanname, 'CREATE OR REPLACE ' || CASE WHEN l.lanpltrusted THEN 'TRUSTED ' ELSE '' END"
    " || 'PROCEDURAL LANGUAGE ' || quote_ident(l.lanname)"
    " || (SELECT string_agg(f.what || quote_ident(n.nspname) || '.' || quote_ident(p.proname), ''"
    "   ORDER BY f.number) FROM (VALUES (1, ' HANDLER ', l.lanplcallfoid),"
    "   (2, ' INLINE ', l.laninline), (3, ' VALIDATOR ', l.lanvalidator)) f (number, what, oid)"
    "   JOIN pg_proc p ON p.oid = f.oid JOIN pg_namespace n ON n.oid = p.pronamespace) || E';\\n'"
    " FROM pg_language l WHERE l.lanispl AND l.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d"
    "   WHERE d.classid = 'pg_language'::regclass AND d.objid = l.oid AND d.deptype = 'e')";

}  // namespace

std::map<std::string, std::string> read_languages(Connection& connection) {
  std::map<std::string, std::string> languages;
  connection.each(kLanguages,
                  [&](const Result& row) { languages[row.text(0, 0)] = row.text(0, 1); });
  return languages;
}

void name_handlers(Entry& entry, const std::map<std::string, std::string>& languages) {
  const auto found = languages.find(entry.name);
  if (entry.kind != "PROCEDURAL LANGUAGE" || found == languages.end()) return;
  const bool has_handlers =
      std::ranges::any_of(split_tokens(entry.definition),
                          [](const Token& token) { return is_keyword(token, "HANDLER"); });
  if (!has_handlers) entry.definition = found->second;
}

}  // namespace vya::pg
