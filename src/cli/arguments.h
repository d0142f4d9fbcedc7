// What the words of the command line mean: numbers, pairs, choices. Each throws Error(kUsage) that
// says what would be right.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "operation/selection.h"

namespace vya {

/// Throws Error(kUsage).
[[noreturn]] void refuse(const std::string& message, const std::string& hint);

/// A number from 1 to `most`.
int read_number(const char* option, const std::string& text, int most);

/// `NAME=VALUE`, neither of them empty. `form` is how the help writes it: `A=DIR`.
std::pair<std::string, std::string> read_pair(const char* option, const char* form,
                                              const std::string& text);

/// `90m`, from a second to a day.
std::chrono::seconds read_duration(const char* option, const std::string& text);

/// The place of a word among those that the option takes.
std::size_t read_choice(const char* option, std::span<const char* const> choices,
                        const std::string& text);

/// Throws where an instance is named twice.
void refuse_repeated(const std::vector<std::string>& instances);

/// `GLOB`, or `NAME=NEW_NAME`.
DatabaseChoice read_database_choice(const std::string& text);

}  // namespace vya
