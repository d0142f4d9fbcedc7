// The names of a store: relative, parts separated by '/', of letters, digits and "._-", no part
// starting with '.'.
//
// Whoever breaks the rule is a mistake in this program: names are made from numbers, times and
// checked words.
#pragma once

#include <string>
#include <string_view>

namespace vya {

/// Whether `part` may stand between two slashes of a name.
bool is_name_part(std::string_view part);

/// Throws Error(kInternal) when `name` is not the name of an object or of a draft's place.
void require_name(const std::string& name);

/// Throws Error(kInternal) when `prefix` is neither empty nor a name and a '/'.
void require_prefix(const std::string& prefix);

}  // namespace vya
