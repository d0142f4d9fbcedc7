#include "operation/user_checks.h"

#include <fmt/format.h>

#include <charconv>

#include "base/error.h"
#include "base/interrupt.h"

namespace vya {

namespace {

std::string shown(const std::optional<std::string>& value) {
  constexpr std::size_t kShown = 200;
  if (!value) return "nothing";
  return value->size() > kShown ? value->substr(0, kShown) + "..." : *value;
}

std::optional<double> as_number(const std::optional<std::string>& value) {
  double number = 0;
  if (!value) return std::nullopt;
  const char* end = value->data() + value->size();
  const auto [stop, error] = std::from_chars(value->data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

CheckResult judge_refusal(const Answer& answer) {
  if (answer.refused) return {.passed = true, .what = "was refused: " + answer.error};
  if (answer.error.empty()) return {.passed = false, .what = "was run, and should be refused"};
  return {.passed = false, .what = "failed for another reason than a privilege: " + answer.error};
}

std::string expected(const UserCheck& check) {
  if (check.expect) return *check.expect;
  if (!check.at_most) return fmt::format("at least {}", *check.at_least);
  if (!check.at_least) return fmt::format("at most {}", *check.at_most);
  return fmt::format("{} to {}", *check.at_least, *check.at_most);
}

bool fits(const UserCheck& check, const Answer& answer) {
  if (check.expect) return answer.value == check.expect;
  const std::optional<double> number = as_number(answer.value);
  return number && (!check.at_least || *number >= *check.at_least) &&
         (!check.at_most || *number <= *check.at_most);
}

}  // namespace

CheckResult judge(const UserCheck& check, const Answer& answer) {
  if (check.refused) return judge_refusal(answer);
  if (!answer.error.empty()) return {.passed = false, .what = "failed: " + answer.error};
  if (!check.expect && !check.at_least && !check.at_most)
    return {.passed = true, .what = "was run"};
  const std::string gave = "gave " + shown(answer.value);
  if (fits(check, answer)) return {.passed = true, .what = gave};
  return {.passed = false, .what = fmt::format("{}, expected {}", gave, expected(check))};
}

CheckResult run_check(const UserCheck& check, Probe& probe) {
  try {
    return judge(
        check, probe.ask({.database = check.database, .account = check.account, .sql = check.sql}));
  } catch (const Error& error) {
    if (is_interruption(error.fault())) throw;
    return {.passed = false, .what = error.message()};
  }
}

}  // namespace vya
