#include "store/name.h"

#include <fmt/format.h>

#include "base/error.h"

namespace vya {

namespace {

constexpr std::string_view kAllowed =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

bool is_name(std::string_view name) {
  for (;;) {
    const std::size_t slash = name.find('/');
    if (!is_name_part(name.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    name.remove_prefix(slash + 1);
  }
}

}  // namespace

bool is_name_part(std::string_view part) {
  return !part.empty() && part[0] != '.' &&
         part.find_first_not_of(kAllowed) == std::string_view::npos;
}

void require_name(const std::string& name) {
  if (!is_name(name)) {
    throw Error(Fault::kInternal, fmt::format("cannot use '{}' as a name in a store", name));
  }
}

void require_prefix(const std::string& prefix) {
  if (prefix.empty()) return;
  if (prefix.back() != '/' || !is_name(std::string_view(prefix).substr(0, prefix.size() - 1))) {
    throw Error(Fault::kInternal, fmt::format("cannot use '{}' as a prefix in a store", prefix));
  }
}

}  // namespace vya
