#include "engine/mysql/outcome.h"

#include <fmt/format.h>

#include <array>

namespace vya::mysql {

namespace {

constexpr std::array kOrder = {"databases",      "sequences", "tables",     "indexes",
                               "foreign keys",   "functions", "procedures", "packages",
                               "package bodies", "views",     "triggers",   "events"};

std::string singular(const std::string& plural) {
  if (plural == "indexes") return "index";
  if (plural == "package bodies") return "package body";
  if (plural == "proxies") return "proxy";
  return plural.substr(0, plural.size() - 1);
}

}  // namespace

void Outcome::add(const std::string& what, std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  counts_[what] += number;
}

void Outcome::add(Gap gap) {
  const std::lock_guard lock(mutex_);
  gaps_.push_back(std::move(gap));
}

void Outcome::add_database(const std::string& name) {
  const std::lock_guard lock(mutex_);
  databases_.push_back(name);
}

void Outcome::add_table(const std::string& table) {
  const std::lock_guard lock(mutex_);
  tables_.push_back(table);
}

std::uint64_t Outcome::number(const std::string& what) const {
  const std::lock_guard lock(mutex_);
  const auto found = counts_.find(what);
  return found == counts_.end() ? 0 : found->second;
}

Totals Outcome::totals() const {
  Totals totals;
  for (const char* what : kOrder) {
    if (const std::uint64_t count = number(what); count != 0) totals.emplace_back(what, count);
  }
  return totals;
}

std::vector<Gap> Outcome::gaps() const {
  const std::lock_guard lock(mutex_);
  return gaps_;
}

std::vector<std::string> Outcome::databases() const {
  const std::lock_guard lock(mutex_);
  return databases_;
}

std::vector<std::string> Outcome::tables() const {
  const std::lock_guard lock(mutex_);
  return tables_;
}

std::string in_words(const Totals& counts) {
  std::string text;
  for (const auto& [what, number] : counts) {
    if (number == 0) continue;
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", number, number == 1 ? singular(what) : what);
  }
  return text.empty() ? "nothing to do" : text;
}

}  // namespace vya::mysql
