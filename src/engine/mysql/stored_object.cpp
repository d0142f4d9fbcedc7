#include "engine/mysql/stored_object.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "base/bytes.h"
#include "engine/mysql/quote.h"
#include "engine/mysql/sql_tokens.h"

namespace vya::mysql {

namespace {

using View = std::pair<const DatabaseModel*, const SchemaObject*>;

bool is_ascii(const std::string& text) {
  return std::ranges::all_of(text, [](unsigned char c) { return c < 0x80; });
}

/// Of utf8mb4 and utf8mb3, whose texts are those that we have.
bool is_utf8(const std::string& charset) { return charset.starts_with("utf8"); }

using Tokens = std::vector<SqlToken>;

Tokens tokens_of(const SchemaObject& object) {
  return sql_tokens(object.definition, object.sql_mode.value_or(""));
}

std::string text_of(const Tokens& tokens, std::size_t from, std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < to; ++i) text += tokens[i].text;
  return text;
}

/// The place of the account after DEFINER=, from the first token to the one behind the last; the
/// servers put nothing between these. Equal where there is none.
std::pair<std::size_t, std::size_t> definer_in(const Tokens& tokens) {
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (!is_word(tokens[i], "DEFINER") || !is_symbol(tokens[i + 1], '=')) continue;
    const bool has_host = i + 4 < tokens.size() && is_symbol(tokens[i + 3], '@');
    return {i + 2, i + (has_host ? 5 : 3)};
  }
  return {0, 0};
}

/// All views, and which of them each may be made of.
class ViewOrder {
 public:
  explicit ViewOrder(const BackupModel& backup) {
    for (const DatabaseModel& database : backup.databases) {
      for (const SchemaObject* view : database.of_type("view")) {
        by_name_[view->name].push_back(all_.size());
        all_.emplace_back(&database, view);
      }
    }
  }

  std::vector<View> ordered() {
    for (std::size_t i = 0; i < all_.size(); ++i) visit(i);
    return std::move(order_);
  }

 private:
  /// A chain of views can be long, so this does not call itself.
  void visit(std::size_t first) {
    std::vector<std::pair<std::size_t, bool>> waiting = {{first, false}};
    while (!waiting.empty()) {
      const auto [view, visited] = waiting.back();
      waiting.pop_back();
      if (visited) {
        order_.push_back(all_[view]);
        continue;
      }
      if (!seen_.insert(view).second) continue;
      waiting.emplace_back(view, true);
      for (const std::size_t other : named_in(*all_[view].second))
        waiting.emplace_back(other, false);
    }
  }

  std::vector<std::size_t> named_in(const SchemaObject& view) const {
    std::set<std::size_t> named;
    for (const SqlToken& token : sql_tokens(view.definition)) {
      const auto found = by_name_.find(name_in(token));
      if (found != by_name_.end()) named.insert(found->second.begin(), found->second.end());
    }
    return {named.begin(), named.end()};
  }

  std::vector<View> all_;
  std::map<std::string, std::vector<std::size_t>> by_name_;
  std::set<std::size_t> seen_;
  std::vector<View> order_;
};

}  // namespace

std::vector<std::string> surroundings_of(const SchemaObject& object) {
  std::vector<std::string> statements;
  if (object.charset) {
    statements.push_back(fmt::format("SET character_set_client = {}", quote_text(*object.charset)));
  }
  if (object.connection_collation) {
    statements.push_back(
        fmt::format("SET collation_connection = {}", quote_text(*object.connection_collation)));
  }
  if (object.time_zone)
    statements.push_back(fmt::format("SET time_zone = {}", quote_text(*object.time_zone)));
  // Last: it can change how texts are quoted.
  if (object.sql_mode)
    statements.push_back(fmt::format("SET sql_mode = {}", quote_text(*object.sql_mode)));
  return statements;
}

std::string in_its_charset(Connection& connection, const SchemaObject& object,
                           const std::string& statement) {
  if (!object.charset || is_utf8(*object.charset) || is_ascii(statement)) return statement;
  const auto hex =
      connection.value(fmt::format("SELECT HEX(CONVERT(_utf8mb4 x'{}' USING {}))",
                                   to_hex(std::as_bytes(std::span(statement))), *object.charset));
  std::string bytes;
  const std::string digits = hex.value_or("");
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  return bytes;
}

std::optional<std::string> named_database(const BackupModel& backup, const SchemaObject& object) {
  const auto new_names = backup.new_names();
  if (new_names.empty()) return std::nullopt;
  const Tokens tokens = tokens_of(object);
  for (const auto& [name, new_name] : new_names) {
    if (names_database(tokens, name)) return name;
  }
  return std::nullopt;
}

std::optional<std::string> disabled(const SchemaObject& event) {
  const Tokens tokens = tokens_of(event);
  // ON COMPLETION [NOT] PRESERVE stands in every definition, and the state behind it.
  std::size_t at = 0;
  while (at < tokens.size() && !is_word(tokens[at], "PRESERVE")) ++at;
  for (++at; at < tokens.size() && is_blank(tokens[at]);) ++at;
  if (at >= tokens.size() || !is_word(tokens[at], "ENABLE")) return std::nullopt;
  const std::string before = text_of(tokens, 0, at);
  return before + "DISABLE" + text_of(tokens, at + 1, tokens.size());
}

std::string definer_clause(const SchemaObject& object) {
  const Tokens tokens = tokens_of(object);
  const auto [from, to] = definer_in(tokens);
  return text_of(tokens, from, to);
}

void map_definer(SchemaObject& object, const std::map<std::string, std::string>& account_names) {
  const auto found = account_names.find(object.definer.value_or(""));
  if (found == account_names.end()) return;
  const Tokens tokens = tokens_of(object);
  const auto [from, to] = definer_in(tokens);
  if (from == to) return;
  const std::string& account = found->second;
  const std::size_t at = account.rfind('@');  // a role has no host
  std::string clause = quote_name(account.substr(0, at));
  if (at != std::string::npos) clause += "@" + quote_name(account.substr(at + 1));
  const std::string mapped = text_of(tokens, 0, from) + clause + text_of(tokens, to, tokens.size());
  object.definition = mapped;
  object.definer = account;
}

std::vector<View> views_in_order(const BackupModel& backup) { return ViewOrder(backup).ordered(); }

}  // namespace vya::mysql
