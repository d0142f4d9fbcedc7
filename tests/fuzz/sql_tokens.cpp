// The SQL tokeniser: the pieces rejoin byte for byte, and a statement stays one when it stands
// alone.
#include "engine/postgresql/sql_tokens.h"

#include "engine/postgresql/entry.h"
#include "tests/fuzz/target.h"

namespace vya::fuzz {

namespace {

void check_tokens(std::string_view sql) {
  std::string joined;
  for (const pg::Token& token : pg::split_tokens(sql)) {
    require(!token.text.empty(), "a token is not empty");
    joined += token.text;
  }
  require(joined == sql, "the tokens are the text");
}

void check_statements(std::string_view sql) {
  std::string joined;
  for (const std::string_view statement : pg::split_statements(sql)) {
    require(pg::split_statements(statement).size() == 1, "a statement is one when it stands alone");
    joined += statement;
  }
  require(joined == sql, "the statements are the text");
}

void check_internal_options(std::string_view sql) {
  pg::Entry entry{.kind = "TABLE", .definition = std::string(sql)};
  drop_internal_options(entry);
  require(entry.definition.size() <= sql.size(), "nothing is added to a definition");
  pg::Entry again = entry;
  drop_internal_options(again);
  require(again == entry, "nothing is left to be dropped");
}

}  // namespace

void try_input(std::string_view input) {
  check_tokens(input);
  check_statements(input);
  check_internal_options(input);
}

}  // namespace vya::fuzz
