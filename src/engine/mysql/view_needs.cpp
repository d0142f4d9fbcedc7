#include "engine/mysql/view_needs.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "engine/mysql/sql_tokens.h"

namespace vya::mysql {

namespace {

/// Between their parentheses FROM names no table.
constexpr std::array<std::string_view, 3> kWithFrom = {"EXTRACT", "TRIM", "SUBSTRING"};
constexpr std::array<std::string_view, 3> kBeforeTables = {"FROM", "JOIN", "STRAIGHT_JOIN"};

template <typename Words>
bool is_one_of(const SqlToken& token, const Words& words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return is_word(token, word); });
}

class Reader {
 public:
  Reader(const SchemaObject& view, const std::string& database)
      : tokens_(sql_tokens(view.definition)), database_(database) {
    std::erase_if(tokens_, is_blank);
  }

  ViewNeeds read() {
    while (at_ < tokens_.size() && !is_word(tokens_[at_], "VIEW")) ++at_;
    while (at_ < tokens_.size() && !is_word(tokens_[at_], "AS")) ++at_;
    for (; at_ < tokens_.size(); ++at_) {
      if (is(at_, '(')) {
        opened_.push_back(at_);
      } else if (is(at_, ')') && !opened_.empty()) {
        opened_.pop_back();
      } else if (tokens_[at_].kind == SqlTokenKind::kName) {
        read_name();
      }
    }
    return std::move(needs_);
  }

 private:
  bool is(std::size_t i, char symbol) const {
    return i < tokens_.size() && is_symbol(tokens_[i], symbol);
  }

  /// Goes to the last of the names that dots join.
  void read_name() {
    const std::size_t first = at_;
    std::vector<std::string> parts = {name_in(tokens_[at_])};
    while (is(at_ + 1, '.') && at_ + 2 < tokens_.size()) {
      at_ += 2;
      parts.push_back(name_in(tokens_[at_]));
    }
    const ObjectName name = {parts.size() > 1 ? parts.front() : database_, parts.back()};
    if (is(at_ + 1, '(')) {
      needs_.functions.emplace(name, arguments());
    } else if (parts.size() < 3 && is_table(first)) {
      needs_.relations.insert(name);
    } else if (parts.size() > 1) {
      needs_.columns.insert(parts.back());
    }
  }

  bool is_table(std::size_t i) const {
    std::size_t before = i - 1;
    while (before > 0 && is(before, '(')) --before;
    if (!is_one_of(tokens_[before], kBeforeTables)) return false;
    return opened_.empty() || opened_.back() == 0 ||
           !is_one_of(tokens_[opened_.back() - 1], kWithFrom);
  }

  /// How many there are in the parentheses behind this place.
  std::size_t arguments() const {
    if (is(at_ + 2, ')')) return 0;
    std::size_t commas = 0;
    int depth = 0;
    for (std::size_t i = at_ + 1; i < tokens_.size(); ++i) {
      if (is(i, '(')) ++depth;
      if (is(i, ')') && --depth == 0) break;
      if (depth == 1 && is(i, ',')) ++commas;
    }
    return commas + 1;
  }

  std::vector<SqlToken> tokens_;
  const std::string& database_;
  std::size_t at_ = 0;
  std::vector<std::size_t> opened_;  ///< places of parentheses
  ViewNeeds needs_;
};

}  // namespace

ViewNeeds needs_of(const SchemaObject& view, const std::string& database) {
  return Reader(view, database).read();
}

}  // namespace vya::mysql
