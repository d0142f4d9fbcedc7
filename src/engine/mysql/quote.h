// Names and values inside SQL text.
#pragma once

#include <string>
#include <string_view>

namespace vya::mysql {

/// `name` in backticks, backticks doubled: right for every name under every sql_mode.
std::string quote_name(std::string_view name);

/// `schema`.`name`.
std::string quote_name(std::string_view schema, std::string_view name);

/// 'text', for sessions whose sql_mode has no NO_BACKSLASH_ESCAPES, as all of ours.
std::string quote_text(std::string_view text);

/// The beginning of a statement on one line and in quotes, for messages: cut where a password may
/// stand.
std::string abbreviated(const std::string& sql);

}  // namespace vya::mysql
