#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "repository/repository_file.h"
#include "repository/strict_json.h"

namespace vya {

namespace {

constexpr int kFormat = 1;

Error too_old(const std::string& where, const std::string& what) {
  return Error(
      Fault::kUsage,
      fmt::format("cannot use the repository of '{}': {}, and this program is too old for that",
                  where, what),
      "Use a newer vya.");
}

}  // namespace

std::string to_json_text(const RepositoryFile& file) {
  const nlohmann::ordered_json json = {{"format", kFormat},
                                       {"id", file.id},
                                       {"created", to_text(file.created)},
                                       {"encrypted", false},
                                       {"signed", false}};
  return json.dump(2) + "\n";
}

RepositoryFile parse_repository_file(std::string_view text, const std::string& where) {
  const JsonObject from(text, fmt::format("'{}'", where));
  const int format = from.small_number("format", 1);
  if (format > kFormat) throw too_old(where, fmt::format("it has format {}", format));
  if (from.flag("encrypted")) throw too_old(where, "it is encrypted");
  if (from.flag("signed")) throw too_old(where, "its manifests are signed");
  return {.id = from.hex("id", 32), .created = from.time("created")};
}

}  // namespace vya
