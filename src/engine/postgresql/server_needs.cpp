#include "engine/postgresql/server_needs.h"

#include <algorithm>

#include "base/error.h"
#include "engine/postgresql/globals.h"

namespace vya::pg {

namespace {

std::vector<std::string> options_for(const DatabaseProperties& database) {
  std::vector<std::string> options = {"--encoding=" + database.encoding,
                                      "--lc-collate=" + database.collate,
                                      "--lc-ctype=" + database.ctype};
  if (database.locale_provider == "libc" || database.locale_provider.empty()) return options;
  options.push_back("--locale-provider=" + database.locale_provider);
  options.push_back((database.locale_provider == "icu" ? "--icu-locale=" : "--builtin-locale=") +
                    database.locale);
  if (!database.icu_rules.empty()) options.push_back("--icu-rules=" + database.icu_rules);
  return options;
}

}  // namespace

ServerNeeds server_needs(const BackupContents& contents) {
  const std::unique_ptr<Source> document = contents.read({DocumentKind::kGlobals, 0});
  if (!document) throw Error(Fault::kCheckFailed, "the backup has no globals");
  const Globals globals = read_globals_json(*document);
  ServerNeeds needs{.superuser = "postgres"};
  const auto first = std::ranges::find(globals.roles, true, &Role::bootstrap);
  if (first != globals.roles.end()) needs.superuser = first->name;
  const auto database = std::ranges::find(globals.databases, "postgres", &DatabaseProperties::name);
  if (database != globals.databases.end()) needs.init_options = options_for(*database);
  for (const Tablespace& one : globals.tablespaces) needs.tablespaces.push_back(one.name);
  return needs;
}

}  // namespace vya::pg
