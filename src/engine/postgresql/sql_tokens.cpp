#include "engine/postgresql/sql_tokens.h"

#include <algorithm>

namespace vya::pg {

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Bytes from 128 on are part of names whatever the encoding.
bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 128;
}

/// Of a dollar quote's tag, which has no dollar sign inside.
bool continues_tag(char c) { return starts_name(c) || is_digit(c); }

bool continues_name(char c) { return continues_tag(c) || c == '$'; }

std::size_t count_while(std::string_view text, bool (*holds)(char)) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, holds) - text.begin());
}

/// The length up to and including `end`, searched from `from` on; the whole text when there is
/// none.
std::size_t through(std::string_view text, std::string_view end, std::size_t from) {
  const std::size_t found = text.find(end, from);
  return found == std::string_view::npos ? text.size() : found + end.size();
}

enum class Backslash { kPlain, kEscapes };

/// Of a quoted text or name at the start of the text; a doubled quote is part of it.
std::size_t quoted_length(std::string_view text, Backslash backslash) {
  const char quote = text.front();
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\' && backslash == Backslash::kEscapes) {
      ++i;
    } else if (text[i] == quote) {
      if (i + 1 == text.size() || text[i + 1] != quote) return i + 1;
      ++i;
    }
  }
  return text.size();
}

std::size_t block_comment_length(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const std::string_view two = text.substr(i, 2);
    if (two == "/*") {
      ++depth;
      ++i;
    } else if (two == "*/") {
      ++i;
      if (--depth == 0) return i + 1;
    }
  }
  return text.size();
}

/// 0 when the text starts with no dollar quote: `$1` is a parameter.
std::size_t dollar_quote_length(std::string_view text) {
  std::size_t tag = 1;
  if (tag < text.size() && starts_name(text[tag]))
    tag += count_while(text.substr(1), continues_tag);
  if (tag >= text.size() || text[tag] != '$') return 0;
  const std::string_view delimiter = text.substr(0, tag + 1);
  return through(text, delimiter, delimiter.size());
}

/// The token at the start of a text that is not empty.
Token first_token(std::string_view text) {
  const char c = text.front();
  const auto token = [&](TokenKind kind, std::size_t length) {
    return Token{kind, text.substr(0, length)};
  };
  if (is_space(c)) return token(TokenKind::kSpace, count_while(text, is_space));
  if (text.starts_with("--")) {
    return token(TokenKind::kComment, std::min(text.find('\n'), text.size()));
  }
  if (text.starts_with("/*")) return token(TokenKind::kComment, block_comment_length(text));
  if (c == '"') return token(TokenKind::kQuotedName, quoted_length(text, Backslash::kPlain));
  if (c == '\'') return token(TokenKind::kText, quoted_length(text, Backslash::kPlain));
  if (text.starts_with("E'") || text.starts_with("e'")) {
    return token(TokenKind::kText, 1 + quoted_length(text.substr(1), Backslash::kEscapes));
  }
  if (starts_name(c)) return token(TokenKind::kWord, count_while(text, continues_name));
  if (is_digit(c)) return token(TokenKind::kWord, count_while(text, continues_tag));
  if (c == '$') {
    if (const std::size_t length = dollar_quote_length(text))
      return token(TokenKind::kText, length);
  }
  return token(TokenKind::kSymbol, 1);
}

/// Knows, token by token, whether a semicolon would end the statement.
class StatementEnd {
 public:
  /// Whether the statement ends with this token.
  bool is_at(const Token& token) {
    if (token.kind == TokenKind::kSymbol) return is_at_symbol(token.text.front());
    if (token.kind != TokenKind::kWord) return false;
    // The words of a body count as psql counts them (psqlscan.l).
    if (is_keyword(token, "ATOMIC") && after_begin_) ++bodies_;
    if (is_keyword(token, "CASE") && bodies_ > 0) ++bodies_;
    if (is_keyword(token, "END") && bodies_ > 0) --bodies_;
    after_begin_ = is_keyword(token, "BEGIN");
    return false;
  }

 private:
  bool is_at_symbol(char c) {
    after_begin_ = false;
    if (c == '(') ++parentheses_;
    if (c == ')') parentheses_ = std::max(0, parentheses_ - 1);
    if (c != ';' || parentheses_ > 0 || bodies_ > 0) return false;
    *this = {};
    return true;
  }

  int parentheses_ = 0;
  int bodies_ = 0;  ///< BEGIN ATOMIC, and CASE inside it
  bool after_begin_ = false;
};

}  // namespace

std::vector<Token> split_tokens(std::string_view sql) {
  std::vector<Token> tokens;
  while (!sql.empty()) {
    tokens.push_back(first_token(sql));
    sql.remove_prefix(tokens.back().text.size());
  }
  return tokens;
}

std::vector<std::string_view> split_statements(std::string_view sql) {
  std::vector<std::string_view> statements;
  std::size_t begin = 0;
  std::size_t end = 0;
  StatementEnd statement_end;
  for (const Token& token : split_tokens(sql)) {
    end += token.text.size();
    if (!statement_end.is_at(token)) continue;
    statements.push_back(sql.substr(begin, end - begin));
    begin = end;
  }
  if (begin < sql.size()) statements.push_back(sql.substr(begin));
  return statements;
}

bool is_keyword(const Token& token, std::string_view keyword) {
  return token.kind == TokenKind::kWord && std::ranges::equal(token.text, keyword, {}, [](char c) {
           return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
         });
}

}  // namespace vya::pg
