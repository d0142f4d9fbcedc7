// Names and values inside SQL: whatever they hold, what is quoted is one token, and a statement is
// one statement.
#include "engine/postgresql/quote.h"
#include "engine/postgresql/setting_sql.h"
#include "engine/postgresql/sql_tokens.h"
#include "tests/fuzz/target.h"

namespace vya::fuzz {

namespace {

void check_token(const std::string& sql, pg::TokenKind kind) {
  const std::vector<pg::Token> tokens = pg::split_tokens(sql);
  require(tokens.size() == 1 && tokens[0].kind == kind, "what is quoted is one token");
}

void check_setting(const std::string& name, const std::string& value) {
  const pg::Statement statement =
      pg::alter_setting({.role = value, .database = name, .name = name, .value = value});
  require(pg::split_statements(statement.sql + ";").size() == 1, "a setting is one statement");
}

void check_names(const std::string& list) {
  const std::optional<std::vector<std::string>> names = pg::split_names(list);
  if (!names) return;
  require(pg::split_names(pg::quote_names(*names)) == names, "quoted names are the same names");
}

}  // namespace

void try_input(std::string_view input) {
  const std::string text(input);
  check_token(pg::quote_name(text), pg::TokenKind::kQuotedName);
  check_token(pg::quote_text(text), pg::TokenKind::kText);
  check_setting(text, text);
  check_setting("search_path", text);
  check_names(text);
  require(pg::abbreviated(text, 20).size() <= 23, "what is abbreviated is short");
}

}  // namespace vya::fuzz
