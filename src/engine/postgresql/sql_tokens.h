// Splits SQL text into tokens and statements without changing a byte: the pieces, one after
// another, are the text again.
//
// Only as much of PostgreSQL's lexer as is needed to know what is inside quotes and comments
// (src/backend/parser/scan.l), with standard_conforming_strings on, as our sessions have it. What
// statements mean is left to the server.
#pragma once

#include <string_view>
#include <vector>

namespace vya::pg {

enum class TokenKind {
  kSpace,
  kComment,     ///< `-- ...` without its line end, or `/* ... */`
  kWord,        ///< a keyword, an unquoted name, a number
  kQuotedName,  ///< `"..."`
  kText,        ///< `'...'`, `E'...'`, `$tag$...$tag$`
  kSymbol,      ///< any other single character
};

struct Token {
  TokenKind kind = TokenKind::kSymbol;
  std::string_view text;  ///< part of the SQL text, which must outlive it
};

/// All tokens of the text. What has no end (a quote, a comment) goes to the text's end.
std::vector<Token> split_tokens(std::string_view sql);

/// The statements of the text, each with what stands before it and with its semicolon; what stands
/// after the last semicolon is the last one. Semicolons in parentheses and in the body of a
/// function (BEGIN ATOMIC ... END) end no statement. The parts point into the text, which must
/// outlive them.
std::vector<std::string_view> split_statements(std::string_view sql);

/// Whether the token is this keyword, which is given in upper case.
bool is_keyword(const Token& token, std::string_view keyword);

}  // namespace vya::pg
