#include "operation/anomalies.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"

namespace vya {

namespace {

using Kind = CatalogDifference::Kind;

// A table of ten rows that has thirty is nothing to wake anybody for.
constexpr std::uint64_t kFewRows = 1000;
constexpr std::uint64_t kLittleText = 1024 * 1024;

std::uint64_t middle_of(std::vector<std::uint64_t> numbers) {
  const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
  std::ranges::nth_element(numbers, middle);
  return *middle;
}

struct Measure {
  const char* what;
  std::uint64_t Manifest::Sums::* sum;
  std::uint64_t little;
  std::string (*in_words)(std::uint64_t);
};

std::string number_in_words(std::uint64_t number) { return std::to_string(number); }

constexpr std::array kMeasures = {
    Measure{"rows", &Manifest::Sums::rows, kFewRows, number_in_words},
    Measure{"text of rows", &Manifest::Sums::row_bytes, kLittleText, human_bytes}};

bool starts_with_any(const std::string& text, const std::vector<std::string>& beginnings) {
  return std::ranges::any_of(beginnings,
                             [&](const std::string& one) { return text.starts_with(one); });
}

/// What lets an account do more, as the engines write their attributes: `SUPERUSER` is `yes`.
bool gives_more(const CatalogDifference& difference) {
  static const std::vector<std::string> kAttributes = {
      "SUPERUSER", "CREATEROLE", "CREATEDB", "LOGIN", "REPLICATION", "BYPASSRLS", "INHERIT"};
  if (difference.kind == Kind::kExtraItem)
    return !starts_with_any(difference.about, {"SET ", "REVOKE ", "SECURITY LABEL ", "unknown: "});
  if (difference.kind == Kind::kLacksItem) return difference.about.starts_with("REVOKE ");
  if (difference.kind != Kind::kProperty) return false;
  const bool unlocked = difference.about == "account lock" && difference.found == "no";
  return unlocked || (std::ranges::find(kAttributes, difference.about) != kAttributes.end() &&
                      difference.found == "yes");
}

/// A grant on an object names the account in the item: `SELECT TO "app"`.
bool is_grant_to_somebody(const CatalogDifference& difference) {
  return difference.kind == Kind::kExtraItem &&
         difference.about.find(" TO ") != std::string::npos && !is_account(difference.object);
}

std::optional<std::string> what_is_odd(const CatalogDifference& difference) {
  if (difference.kind == Kind::kMissing &&
      starts_with_any(difference.object, {"table ", "database "}))
    return "is gone since the backup before";
  if (difference.kind == Kind::kExtra && is_account(difference.object))
    return "is new since the backup before";
  if (is_account(difference.object) && gives_more(difference)) {
    return difference.kind == Kind::kProperty ? fmt::format("may do more than before: {} is \"{}\"",
                                                            difference.about, difference.found)
           : difference.kind == Kind::kLacksItem
               ? fmt::format("may do more than before: no longer {}", difference.about)
               : "may do more than before: " + difference.about;
  }
  if (is_grant_to_somebody(difference)) return "is more open than before: " + difference.about;
  return std::nullopt;
}

}  // namespace

std::vector<Finding> size_anomalies(const Manifest& newest, const std::vector<Manifest>& before,
                                    double factor) {
  std::vector<Finding> findings;
  if (before.empty()) return findings;
  for (const Measure& measure : kMeasures) {
    std::vector<std::uint64_t> numbers;
    for (const Manifest& one : before) numbers.push_back(one.sums.*measure.sum);
    const std::uint64_t usual = middle_of(std::move(numbers));
    const std::uint64_t now = newest.sums.*measure.sum;
    if (std::max(usual, now) < measure.little) continue;
    const bool fell = static_cast<double>(now) * factor < static_cast<double>(usual);
    const bool grew = static_cast<double>(usual) * factor < static_cast<double>(now);
    if (!fell && !grew) continue;
    findings.push_back(
        {.where = fmt::format("backup {}", newest.id.text()),
         .what = fmt::format("has {} {}, {} than {} as usual", measure.in_words(now), measure.what,
                             fell ? "fewer" : "more", measure.in_words(usual)),
         .cure = "Look whether that is meant; 'vya diff' names the tables. A factor "
                 "that fits is set with 'anomaly_factor'."});
  }
  return findings;
}

std::vector<Finding> catalog_anomalies(const CatalogModel& before, const CatalogModel& newest) {
  std::vector<Finding> findings;
  for (const CatalogDifference& difference : differences(before, newest)) {
    if (const std::optional<std::string> odd = what_is_odd(difference))
      findings.push_back({.severity = Severity::kNotice, .where = difference.object, .what = *odd});
  }
  return findings;
}

}  // namespace vya
