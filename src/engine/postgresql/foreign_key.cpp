#include "engine/postgresql/foreign_key.h"

#include <algorithm>
#include <vector>

#include "engine/postgresql/sql_tokens.h"

namespace vya::pg {

namespace {

std::vector<Token> without_blanks(std::string_view sql) {
  std::vector<Token> tokens = split_tokens(sql);
  std::erase_if(tokens, [](const Token& token) {
    return token.kind == TokenKind::kSpace || token.kind == TokenKind::kComment;
  });
  return tokens;
}

bool is_symbol(const Token& token, std::string_view symbol) {
  return token.kind == TokenKind::kSymbol && token.text == symbol;
}

}  // namespace

std::optional<UncheckedForeignKey> without_check(const std::string& definition) {
  const std::vector<Token> tokens = without_blanks(definition);
  const auto is_add = [](const Token& token) { return is_keyword(token, "ADD"); };
  const auto add = std::ranges::find_if(tokens, is_add);
  const bool is_whole =
      tokens.end() - add > 3 && tokens.front().text == "ALTER" &&
      is_keyword(add[1], "CONSTRAINT") && is_symbol(tokens.back(), ";") &&
      std::ranges::count_if(tokens, [](const Token& token) { return is_symbol(token, ";"); }) == 1;
  if (!is_whole) return std::nullopt;
  std::string table;
  for (auto token = tokens.begin() + 2; token != add; ++token) {
    if (!is_keyword(*token, "ONLY")) table += token->text;
  }
  const std::string constraint(add[2].text);
  const std::size_t end = static_cast<std::size_t>(tokens.back().text.data() - definition.data());
  return UncheckedForeignKey{
      .name = table + "." + constraint,
      .add = definition.substr(0, end) + " NOT VALID;\n",
      .validate = "ALTER TABLE " + table + " VALIDATE CONSTRAINT " + constraint};
}

}  // namespace vya::pg
