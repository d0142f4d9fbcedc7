#include "cli/arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/error.h"
#include "config/config.h"

namespace vya {

void refuse(const std::string& message, const std::string& hint) {
  throw Error(Fault::kUsage, message, hint);
}

int read_number(const char* option, const std::string& text, int most) {
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number < 1 || number > most) {
    refuse(fmt::format("{} '{}' is no number from 1 to {}", option, text, most),
           fmt::format("Write a number, as in '{} {}'.", option, std::min(4, most)));
  }
  return number;
}

std::pair<std::string, std::string> read_pair(const char* option, const char* form,
                                              const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
    refuse(fmt::format("{} '{}' is not of the form {}", option, text, form),
           fmt::format("Write '{} {}', without spaces around '='.", option, form));
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

std::chrono::seconds read_duration(const char* option, const std::string& text) {
  if (const auto duration = parse_duration(text)) return *duration;
  refuse(fmt::format("{} '{}' is no duration from 1s to 24h", option, text),
         fmt::format("Write a number with s, m or h, as in '{} 90m'.", option));
}

std::size_t read_choice(const char* option, std::span<const char* const> choices,
                        const std::string& text) {
  const auto found = std::ranges::find(choices, text);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  const std::vector<std::string> words(choices.begin(), choices.end());
  const std::optional<std::string> meant = nearest(text, words);
  refuse(fmt::format("{} '{}' is none of {}", option, text, fmt::join(words, ", ")),
         meant ? fmt::format("Did you mean '{}'?", *meant)
               : fmt::format("Write one of them, as in '{} {}'.", option, words.front()));
}

void refuse_repeated(const std::vector<std::string>& instances) {
  std::vector<std::string> sorted = instances;
  std::ranges::sort(sorted);
  const auto repeated = std::ranges::adjacent_find(sorted);
  if (repeated != sorted.end()) {
    refuse(fmt::format("the instance '{}' is named twice", *repeated), "Name it once.");
  }
}

DatabaseChoice read_database_choice(const std::string& text) {
  if (text.find('=') == std::string::npos) return {.glob = text};
  auto [name, new_name] = read_pair("--database", "NAME=NEW_NAME", text);
  return {.glob = std::move(name), .name_on_target = std::move(new_name)};
}

}  // namespace vya
