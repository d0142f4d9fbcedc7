// The words of a statement as MySQL and MariaDB read them. Pure.
//
// The tokens put together are the statement again, byte for byte, so a statement can be taken apart
// and put together without being edited.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace vya::mysql {

enum class SqlTokenKind {
  kSpace,
  kComment,
  kVersion,  ///< the marks around text that only some servers read: `/*!50100`, `*/`
  kWord,     ///< a key word, a bare name, a number
  kName,     ///< `name` (with ANSI_QUOTES also "name")
  kText,     ///< 'text' or "text"
  kSymbol,   ///< one character
};

struct SqlToken {
  SqlTokenKind kind = SqlTokenKind::kSpace;
  std::string_view text;
};

/// `sql_mode` is the one under which the statement is read. The statement must outlive the tokens.
std::vector<SqlToken> sql_tokens(std::string_view sql, std::string_view sql_mode = "");

/// Whether a token is this key word (given in upper case).
bool is_word(const SqlToken& token, std::string_view word);

/// Whether it is this character.
bool is_symbol(const SqlToken& token, char symbol);

/// Whether it says nothing: space or a comment.
bool is_blank(const SqlToken& token);

/// What a token names: a quoted name without its quotes, a word as it is; empty for others.
std::string name_in(const SqlToken& token);

/// Whether the statement names something in a database by the database's name: `shop`.`orders`.
bool names_database(const std::vector<SqlToken>& tokens, const std::string& database);

/// The statement with databases under other names, in the places where a name stands before a dot.
/// For definitions in which nothing else stands there: those of tables, but not of views, whose
/// aliases do.
std::string with_databases_renamed(std::string_view sql,
                                   const std::map<std::string, std::string>& new_names);

}  // namespace vya::mysql
