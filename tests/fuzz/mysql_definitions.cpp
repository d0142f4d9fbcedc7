// Definitions of MySQL and MariaDB, taken apart: the pieces rejoin byte for byte, and nothing of
// a table is lost between what is made before its rows and what comes after them.
#include "engine/mysql/create_table.h"
#include "engine/mysql/sql_tokens.h"
#include "tests/fuzz/target.h"

namespace vya::fuzz {

namespace {

void check_tokens(std::string_view sql, std::string_view mode) {
  std::string joined;
  for (const mysql::SqlToken& token : mysql::sql_tokens(sql, mode)) {
    require(!token.text.empty(), "a token is not empty");
    joined += token.text;
  }
  require(joined == sql, "the tokens are the text");
}

void check_rename(std::string_view sql) {
  require(mysql::with_databases_renamed(sql, {{"a", "a"}, {"b`", "b`"}}) == sql ||
              sql.find('.') != std::string_view::npos,
          "without a dot nothing is renamed");
}

std::size_t size_of(const std::vector<std::string>& texts) {
  std::size_t size = 0;
  for (const std::string& text : texts) size += text.size();
  return size;
}

void check_table(std::string_view sql) {
  const auto table = unless_error([&] { return mysql::parse_create_table(sql); });
  if (!table) return;
  require(table->text() == sql, "the parts of a table are the text");
  const auto parts = unless_error([&] { return mysql::in_parts(*table); });
  if (!parts) return;
  std::size_t wanted = 0;
  for (const mysql::TableItem& item : table->items) wanted += item.text.find_last_not_of(" \n") + 1;
  const std::size_t separators = 2 * table->items.size();
  const std::size_t keys = size_of(parts->foreign_keys);
  require(parts->create.size() + size_of(parts->indexes) + keys + separators >= wanted,
          "nothing of a table is lost");
  require(
      parts->create_indexed.size() + size_of(parts->later_indexes) + keys + separators >= wanted,
      "nothing of a small table is lost");
}

}  // namespace

void try_input(std::string_view input) {
  const char* const modes[] = {"", "ANSI_QUOTES", "NO_BACKSLASH_ESCAPES"};
  const char* mode = modes[take_choice(input) % 3];
  check_tokens(input, mode);
  check_rename(input);
  check_table(input);
}

}  // namespace vya::fuzz
