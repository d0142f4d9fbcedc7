#include "engine/mysql/sql_tokens.h"

#include <algorithm>
#include <cctype>

#include "engine/mysql/quote.h"

namespace vya::mysql {

namespace {

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_of_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || c == '$' || byte >= 0x80;
}

bool same_letters(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::toupper(x) == std::toupper(y); });
}

class Lexer {
 public:
  Lexer(std::string_view sql, std::string_view sql_mode)
      : sql_(sql),
        ansi_quotes_(sql_mode.find("ANSI_QUOTES") != std::string_view::npos),
        no_escapes_(sql_mode.find("NO_BACKSLASH_ESCAPES") != std::string_view::npos) {}

  std::vector<SqlToken> tokens() {
    std::vector<SqlToken> all;
    while (at_ < sql_.size()) {
      const std::size_t from = at_;
      const SqlTokenKind kind = pass();
      all.push_back({kind, sql_.substr(from, at_ - from)});
    }
    return all;
  }

 private:
  char here(std::size_t ahead = 0) const {
    return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0';
  }
  bool starts(std::string_view text) const { return sql_.substr(at_).starts_with(text); }

  /// Goes behind the next token.
  SqlTokenKind pass() {
    if (is_space(here())) return pass_while(is_space, SqlTokenKind::kSpace);
    if (starts("/*!") || starts("/*M!")) return pass_version();
    if (versions_ > 0 && starts("*/")) {
      --versions_;
      at_ += 2;
      return SqlTokenKind::kVersion;
    }
    if (starts("/*")) return pass_until("*/");
    if (here() == '#' || (starts("--") && (is_space(here(2)) || here(2) == '\0')))
      return pass_until("\n");
    if (here() == '`') return pass_quoted(SqlTokenKind::kName);
    if (here() == '"') return pass_quoted(ansi_quotes_ ? SqlTokenKind::kName : SqlTokenKind::kText);
    if (here() == '\'') return pass_quoted(SqlTokenKind::kText);
    if (is_of_word(here())) return pass_while(is_of_word, SqlTokenKind::kWord);
    ++at_;
    return SqlTokenKind::kSymbol;
  }

  template <typename Of>
  SqlTokenKind pass_while(Of of, SqlTokenKind kind) {
    while (at_ < sql_.size() && of(sql_[at_])) ++at_;
    return kind;
  }

  SqlTokenKind pass_version() {
    ++versions_;
    at_ = sql_.find('!', at_) + 1;
    return pass_while(is_digit, SqlTokenKind::kVersion);
  }

  SqlTokenKind pass_until(std::string_view end) {
    const std::size_t found = sql_.find(end, at_ + 1);
    at_ = found == std::string_view::npos ? sql_.size() : found + end.size();
    return SqlTokenKind::kComment;
  }

  SqlTokenKind pass_quoted(SqlTokenKind kind) {
    const char quote = here();
    const bool escapes = kind == SqlTokenKind::kText && !no_escapes_;
    for (++at_; at_ < sql_.size(); ++at_) {
      if (escapes && here() == '\\') {
        ++at_;
      } else if (here() == quote) {
        if (here(1) != quote) break;
        ++at_;
      }
    }
    at_ = std::min(at_ + 1, sql_.size());
    return kind;
  }

  std::string_view sql_;
  bool ansi_quotes_;
  bool no_escapes_;
  std::size_t at_ = 0;
  int versions_ = 0;  ///< that are open
};

}  // namespace

std::vector<SqlToken> sql_tokens(std::string_view sql, std::string_view sql_mode) {
  return Lexer(sql, sql_mode).tokens();
}

bool is_word(const SqlToken& token, std::string_view word) {
  return token.kind == SqlTokenKind::kWord && same_letters(token.text, word);
}

bool is_symbol(const SqlToken& token, char symbol) {
  return token.kind == SqlTokenKind::kSymbol && token.text.front() == symbol;
}

bool is_blank(const SqlToken& token) {
  return token.kind == SqlTokenKind::kSpace || token.kind == SqlTokenKind::kComment;
}

std::string name_in(const SqlToken& token) {
  if (token.kind == SqlTokenKind::kWord) return std::string(token.text);
  if (token.kind != SqlTokenKind::kName) return "";
  std::string name;
  for (std::size_t i = 1; i + 1 < token.text.size(); ++i) {
    name += token.text[i];
    if (token.text[i] == token.text.front()) ++i;  // a doubled quote
  }
  return name;
}

/// Whether the token at a place is a name with a dot behind it and none before.
static bool is_before_dot(const std::vector<SqlToken>& tokens, std::size_t at) {
  const SqlTokenKind kind = tokens[at].kind;
  if (kind != SqlTokenKind::kName && kind != SqlTokenKind::kWord) return false;
  const bool after_dot = at > 0 && is_symbol(tokens[at - 1], '.');
  std::size_t next = at + 1;
  while (next < tokens.size() && is_blank(tokens[next])) ++next;
  return !after_dot && next < tokens.size() && is_symbol(tokens[next], '.');
}

bool names_database(const std::vector<SqlToken>& tokens, const std::string& database) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (is_before_dot(tokens, i) && same_letters(name_in(tokens[i]), database)) return true;
  }
  return false;
}

std::string with_databases_renamed(std::string_view sql,
                                   const std::map<std::string, std::string>& new_names) {
  const std::vector<SqlToken> tokens = sql_tokens(sql);
  std::string renamed;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto found =
        is_before_dot(tokens, i) ? new_names.find(name_in(tokens[i])) : new_names.end();
    renamed += found == new_names.end() ? std::string(tokens[i].text) : quote_name(found->second);
  }
  return renamed;
}

}  // namespace vya::mysql
