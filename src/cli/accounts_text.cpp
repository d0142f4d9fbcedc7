// Accounts, for people.
#include <fmt/format.h>

#include "base/printable.h"
#include "cli/results.h"

namespace vya {

namespace {

/// What is not said needs no line.
bool says_something(const std::string& value) { return value != "no" && value != "-1"; }

}  // namespace

std::string accounts_to_text(const std::vector<ListedAccount>& accounts) {
  std::string text;
  for (const ListedAccount& one : accounts) {
    text += fmt::format("{}{}\n", printable_line(one.name),
                        one.has_password ? "" : ", without a password");
    for (const auto& [name, value] : one.properties) {
      if (says_something(value))
        text += value == "yes" ? fmt::format("  {}\n", name)
                               : fmt::format("  {}: {}\n", name, printable_line(value));
    }
    for (const std::string& item : one.items) text += fmt::format("  {}\n", printable_line(item));
  }
  return text;
}

std::string script_to_text(const std::string& from, const std::vector<std::string>& statements,
                           Verifiers verifiers) {
  std::string text = fmt::format("-- accounts of {}, {} hashes of passwords\n", from,
                                 verifiers == Verifiers::kShown ? "with the" : "without the");
  for (const std::string& statement : statements) text += statement + "\n";
  return text;
}

}  // namespace vya
