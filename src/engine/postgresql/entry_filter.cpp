// Drops the server's internal column options from tables' definitions.
//
// By tokens, not by searching the text: a comment, a default or a name may hold the same words.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/postgresql/entry.h"
#include "engine/postgresql/sql_tokens.h"

namespace vya::pg {

namespace {

using Tokens = std::vector<Token>;

constexpr std::string_view kInternalOption = "PG_ATTVER";

bool is_blank(const Token& token) {
  return token.kind == TokenKind::kSpace || token.kind == TokenKind::kComment;
}

bool is_name(const Token& token) {
  return token.kind == TokenKind::kWord || token.kind == TokenKind::kQuotedName;
}

/// Walks over a statement's tokens, blanks left out.
class Walk {
 public:
  explicit Walk(const Tokens& tokens) : tokens_(tokens) { skip_blanks(); }

  std::size_t position() const { return at_; }
  bool ended() const { return at_ == tokens_.size(); }
  const Token& token() const { return tokens_[at_]; }
  void step() {
    ++at_;
    skip_blanks();
  }

  bool take_keyword(std::string_view keyword) {
    return take_if([&](const Token& token) { return is_keyword(token, keyword); });
  }
  bool take_symbol(std::string_view symbol) {
    return take_if([&](const Token& token) {
      return token.kind == TokenKind::kSymbol && token.text == symbol;
    });
  }
  /// `name` or `schema.name`.
  bool take_qualified_name() {
    if (!take_if(is_name)) return false;
    while (take_symbol(".")) {
      if (!take_if(is_name)) return false;
    }
    return true;
  }
  bool take_name() { return take_if(is_name); }

 private:
  template <typename Wanted>
  bool take_if(Wanted wanted) {
    if (ended() || !wanted(token())) return false;
    step();
    return true;
  }
  void skip_blanks() {
    while (!ended() && is_blank(token())) ++at_;
  }

  const Tokens& tokens_;
  std::size_t at_ = 0;
};

/// An item of a statement's list of options: tokens from `begin` up to `end`, without the commas.
struct Option {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool internal = false;
};

/// The options up to the closing parenthesis, which is taken. Nothing when something in them is not
/// as pg_dump writes it (`name=value, name=value`).
std::optional<std::vector<Option>> take_options(Walk& walk) {
  std::vector<Option> options;
  for (;;) {
    Option option{walk.position(), 0, !walk.ended() && is_keyword(walk.token(), kInternalOption)};
    if (!walk.take_name()) return std::nullopt;
    while (!walk.ended() && walk.token().text != "," && walk.token().text != ")") {
      if (walk.token().text == "(") return std::nullopt;
      walk.step();
    }
    option.end = walk.position();
    options.push_back(option);
    if (walk.take_symbol(")")) return options;
    if (!walk.take_symbol(",")) return std::nullopt;
  }
}

/// The options of an `ALTER [FOREIGN] TABLE [ONLY] name ALTER [COLUMN] name SET (options);`,
/// nothing when the statement is another one.
std::optional<std::vector<Option>> column_options(const Tokens& statement) {
  Walk walk(statement);
  if (!walk.take_keyword("ALTER")) return std::nullopt;
  walk.take_keyword("FOREIGN");
  if (!walk.take_keyword("TABLE")) return std::nullopt;
  walk.take_keyword("ONLY");
  if (!walk.take_qualified_name() || !walk.take_keyword("ALTER")) return std::nullopt;
  walk.take_keyword("COLUMN");
  if (!walk.take_name() || !walk.take_keyword("SET") || !walk.take_symbol("(")) return std::nullopt;
  std::optional<std::vector<Option>> options = take_options(walk);
  if (!walk.take_symbol(";") || !walk.ended()) return std::nullopt;
  return options;
}

std::string text_of(const Tokens& tokens, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) text += tokens[i].text;
  return text;
}

/// The statement without its internal options; empty when it sets nothing else.
std::string without_internal_options(std::string_view statement) {
  const Tokens tokens = split_tokens(statement);
  const std::optional<std::vector<Option>> options = column_options(tokens);
  if (!options || std::ranges::none_of(*options, &Option::internal)) return std::string(statement);
  std::string kept;
  for (const Option& option : *options) {
    if (option.internal) continue;
    if (!kept.empty()) kept += ", ";
    kept += text_of(tokens, option.begin, option.end);
  }
  if (kept.empty()) return kept;
  return text_of(tokens, 0, options->front().begin) + kept +
         text_of(tokens, options->back().end, tokens.size());
}

}  // namespace

void drop_internal_options(Entry& entry) {
  if (!entry.kind.ends_with("TABLE") && entry.kind != "MATERIALIZED VIEW") return;
  std::string kept;
  for (const std::string_view statement : split_statements(entry.definition)) {
    kept += without_internal_options(statement);
  }
  entry.definition = std::move(kept);
}

}  // namespace vya::pg
