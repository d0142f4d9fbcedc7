#include "engine/mysql/table_place.h"

#include <vector>

#include "engine/mysql/create_table.h"
#include "engine/mysql/sql_tokens.h"

namespace vya::mysql {

namespace {

using Tokens = std::vector<SqlToken>;

/// The next place of a token that says something.
std::size_t behind(const Tokens& tokens, std::size_t i) {
  for (++i; i < tokens.size() && is_blank(tokens[i]); ++i) {
  }
  return i;
}

bool is(const Tokens& tokens, std::size_t i, const char* word) {
  return i < tokens.size() && is_word(tokens[i], word);
}

/// The place of a clause's value, or that of the clause itself where it is none of these.
std::size_t end_of_clause(const Tokens& tokens, std::size_t i) {
  std::size_t last = i;
  if (is(tokens, i, "DATA") || is(tokens, i, "INDEX")) {
    last = behind(tokens, i);
    if (!is(tokens, last, "DIRECTORY")) return i;
  } else if (!is(tokens, i, "TABLESPACE")) {
    return i;
  }
  last = behind(tokens, last);
  if (last < tokens.size() && is_symbol(tokens[last], '=')) last = behind(tokens, last);
  return last;
}

}  // namespace

std::string without_place(const std::string& definition) {
  CreateTable table = parse_create_table(definition);
  const std::string tail = table.tail;
  const Tokens tokens = sql_tokens(tail);
  table.tail.clear();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::size_t end = end_of_clause(tokens, i);
    if (end == i) {
      table.tail += tokens[i].text;
    } else {
      if (table.tail.ends_with(' ')) table.tail.pop_back();
      i = end;
    }
  }
  return table.text();
}

}  // namespace vya::mysql
