#include "engine/postgresql/source_path.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/postgresql/quote.h"
#include "engine/postgresql/setting_sql.h"

namespace vya::pg {

namespace {

constexpr std::string_view kDefaultPath = "\"$user\", public";

std::optional<std::string> setting(const Globals& globals, const std::string& role,
                                   const std::string& database) {
  const auto found = std::ranges::find_if(globals.settings, [&](const RoleSetting& one) {
    return one.role == role && one.database == database && one.name == "search_path";
  });
  if (found == globals.settings.end()) return std::nullopt;
  return found->value;
}

/// What is more special beats what is less (postinit.c, process_settings).
std::string stored_path(const Globals& globals, const std::string& database,
                        const std::string& role) {
  if (const auto of_role_here = setting(globals, role, database)) return *of_role_here;
  if (const auto of_role = setting(globals, role, "")) return *of_role;
  if (const auto here = setting(globals, "", database)) return *here;
  return setting(globals, "", "").value_or(std::string(kDefaultPath));
}

}  // namespace

std::string source_path(const Globals& globals, const std::string& database,
                        const std::string& role) {
  const std::string stored = stored_path(globals, database, role);
  std::vector<std::string> names = split_names(stored).value_or(std::vector<std::string>{});
  std::ranges::replace(names, std::string("$user"), role);
  return quote_names(names);
}

std::string set_path(const std::string& path) {
  return "SELECT pg_catalog.set_config('search_path', " + quote_text(path) + ", true);\n";
}

bool may_miss_a_name(const std::string& state) {
  // Undefined table, function, object (a type, an operator's class ...) and schema.
  constexpr std::array<std::string_view, 4> kStates = {"42P01", "42883", "42704", "3F000"};
  return std::ranges::find(kStates, state) != kStates.end();
}

}  // namespace vya::pg
