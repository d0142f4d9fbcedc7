#include "engine/mysql/table_names.h"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

#include "engine/mysql/quote.h"
#include "engine/mysql/sql_tokens.h"

namespace vya::mysql {

namespace {

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 128;
}

bool is_inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// One name before another, cut so that both together are not too long.
std::string joined(std::string begin, const std::string& rest) {
  while (!begin.empty() && characters_in(begin) + characters_in(rest) > kLongestName) {
    while (begin.size() > 1 && is_inside_character(begin.back())) begin.pop_back();
    begin.pop_back();
  }
  return begin + rest;
}

bool is_name(const SqlToken& token) {
  return token.kind == SqlTokenKind::kName || token.kind == SqlTokenKind::kWord;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// A statement's tokens, those that say something by their places among all.
class Statement {
 public:
  explicit Statement(std::string_view sql, std::string_view sql_mode = "")
      : tokens_(sql_tokens(sql, sql_mode)) {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (!is_blank(tokens_[i])) places_.push_back(i);
    }
  }

  std::size_t size() const { return places_.size(); }
  const SqlToken& at(std::size_t i) const { return tokens_[places_[i]]; }
  bool is(std::size_t i, char symbol) const { return i < size() && is_symbol(at(i), symbol); }
  bool is(std::size_t i, std::string_view word) const { return i < size() && is_word(at(i), word); }
  bool follows(std::size_t i, std::string_view word) const { return i > 0 && is(i - 1, word); }
  /// The place of the name itself where a database's stands before it.
  std::size_t behind_database(std::size_t i) const { return is(i + 1, '.') ? i + 2 : i; }

  void replace(std::size_t i, const std::string& name) { changed_[places_[i]] = quote_name(name); }
  void replace_if_known(std::size_t i, const NewNames& names) {
    const auto found = names.find(name_in(at(i)));
    if (found != names.end()) replace(i, found->second);
  }

  std::string text() const {
    std::string text;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const auto changed = changed_.find(i);
      text += changed == changed_.end() ? std::string(tokens_[i].text) : changed->second;
    }
    return text;
  }

 private:
  std::vector<SqlToken> tokens_;
  std::vector<std::size_t> places_;
  std::map<std::size_t, std::string> changed_;
};

/// Where a CREATE TRIGGER names the trigger and its table. MariaDB shows the statement as it was
/// written, databases and IF NOT EXISTS included.
struct TriggerHead {
  std::size_t name = 0;
  std::size_t table = 0;
};

TriggerHead head_of(const Statement& statement) {
  std::size_t at = 0;
  while (at + 1 < statement.size() && !statement.is(at, "TRIGGER")) ++at;
  ++at;
  if (statement.is(at, "IF") && statement.is(at + 1, "NOT")) at += 3;
  TriggerHead head{.name = statement.behind_database(at)};
  for (at = head.name + 1; at + 1 < statement.size() && !statement.is(at, "ON");) ++at;
  head.table = statement.behind_database(at + 1);
  return head;
}

}  // namespace

std::size_t characters_in(const std::string& name) {
  return static_cast<std::size_t>(
      std::ranges::count_if(name, [](char c) { return !is_inside_character(c); }));
}

std::string named_after(const std::string& name, const std::string& from, const std::string& to) {
  if (!name.starts_with(from)) return name;
  const std::string rest = name.substr(from.size());
  if (!rest.empty() && is_letter(rest.front())) return name;
  return joined(to, rest);
}

std::string with_table(const std::string& table, const std::string& name) {
  return joined(table, "_" + name);
}

std::string with_new_names(const std::string& definition, const std::string& database,
                           const NewNames& tables, const NewNames& constraints) {
  Statement statement(definition);
  bool is_own = true;  // the first name of all is that of the table or sequence
  for (std::size_t i = 0; i < statement.size(); ++i) {
    if (statement.at(i).kind != SqlTokenKind::kName) continue;
    const std::size_t name = statement.behind_database(i);
    const bool is_here = name == i || name_in(statement.at(i)) == database;
    if (std::exchange(is_own, false) || statement.follows(i, "REFERENCES") || name != i) {
      if (is_here && name < statement.size()) statement.replace_if_known(name, tables);
    } else if (statement.follows(i, "CONSTRAINT")) {
      statement.replace_if_known(i, constraints);
    }
    i = name;
  }
  return statement.text();
}

void rename_trigger(SchemaObject& trigger, const std::string& name, const std::string& table) {
  Statement statement(trigger.definition, trigger.sql_mode.value_or(""));
  const TriggerHead head = head_of(statement);
  if (head.table >= statement.size()) return;
  statement.replace(head.name, name);
  statement.replace(head.table, table);
  trigger.definition = statement.text();
  trigger.name = name;
  trigger.table = table;
}

std::string named_in_body(const SchemaObject& trigger, const std::string& database,
                          const std::set<std::string>& tables) {
  const Statement statement(trigger.definition, trigger.sql_mode.value_or(""));
  std::map<std::string, std::string> known;
  for (const std::string& table : tables) known.emplace(lower(table), table);
  for (std::size_t i = head_of(statement).table + 1; i < statement.size(); ++i) {
    if (!is_name(statement.at(i))) continue;
    // Behind a dot it is a column, unless a database is before it.
    const bool behind_dot = i > 1 && statement.is(i - 1, '.');
    if (behind_dot && lower(name_in(statement.at(i - 2))) != lower(database)) continue;
    const auto found = known.find(lower(name_in(statement.at(i))));
    if (found != known.end()) return found->second;
  }
  return "";
}

}  // namespace vya::mysql
