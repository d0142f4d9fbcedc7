#include "engine/mysql/create_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "engine/mysql/quote.h"
#include "engine/mysql/sql_tokens.h"

namespace vya::mysql {

namespace {

using Tokens = std::vector<SqlToken>;

/// A item's tokens that say something.
Tokens telling(const Tokens& tokens) {
  Tokens all;
  std::ranges::copy_if(tokens, std::back_inserter(all), [](const SqlToken& token) {
    return !is_blank(token) && token.kind != SqlTokenKind::kVersion;
  });
  return all;
}

bool has_word(const Tokens& tokens, std::string_view word) {
  return std::ranges::any_of(tokens, [&](const SqlToken& token) { return is_word(token, word); });
}

bool has_words(const Tokens& tokens, std::string_view first, std::string_view second) {
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (is_word(tokens[i], first) && is_word(tokens[i + 1], second)) return true;
  }
  return false;
}

/// The kind by the words that it begins with.
TableItemKind kind_of(const Tokens& tokens) {
  if (tokens.front().kind == SqlTokenKind::kName) return TableItemKind::kColumn;
  if (is_word(tokens.front(), "PRIMARY")) return TableItemKind::kPrimaryKey;
  if (is_word(tokens.front(), "UNIQUE")) return TableItemKind::kUniqueKey;
  if (is_word(tokens.front(), "FULLTEXT")) return TableItemKind::kWholeTextKey;
  if (is_word(tokens.front(), "KEY")) return TableItemKind::kKey;
  if (is_word(tokens.front(), "PERIOD")) return TableItemKind::kPeriod;
  if (tokens.size() > 1 && is_word(tokens[1], "KEY")) return TableItemKind::kOtherKey;
  const std::size_t after_name = is_word(tokens.front(), "CONSTRAINT") ? 2 : 0;
  const bool foreign = tokens.size() > after_name && is_word(tokens[after_name], "FOREIGN");
  return foreign ? TableItemKind::kForeignKey : TableItemKind::kCheck;
}

/// The names in a key's parentheses: each directly after the opening one or a comma.
std::vector<std::string> columns_of(const Tokens& tokens) {
  std::vector<std::string> columns;
  int depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool begins = is_symbol(tokens[i], '(');
    if (begins) ++depth;
    if (is_symbol(tokens[i], ')') && --depth == 0) break;
    const bool next_begins = depth == 1 && (begins || is_symbol(tokens[i], ','));
    if (next_begins && i + 1 < tokens.size() && tokens[i + 1].kind == SqlTokenKind::kName)
      columns.push_back(name_in(tokens[i + 1]));
  }
  return columns;
}

TableItem item_of(const Tokens& tokens) {
  TableItem item;
  for (const SqlToken& token : tokens) item.text += token.text;
  const Tokens words = telling(tokens);
  if (words.empty())
    throw Error(Fault::kCheckFailed, "a table's definition has nothing between two commas");
  item.kind = kind_of(words);
  const auto name = std::ranges::find(words, SqlTokenKind::kName, &SqlToken::kind);
  if (name != words.end()) item.name = name_in(*name);
  if (item.kind == TableItemKind::kColumn) {
    item.auto_increment = has_word(words, "AUTO_INCREMENT");
    item.not_null = has_words(words, "NOT", "NULL");
  } else {
    item.columns = columns_of(words);
    item.without_overlaps = has_words(words, "WITHOUT", "OVERLAPS");
  }
  return item;
}

std::string engine_in(const Tokens& tail) {
  for (std::size_t i = 0; i + 2 < tail.size(); ++i) {
    if (is_word(tail[i], "ENGINE") && is_symbol(tail[i + 1], '=')) return name_in(tail[i + 2]);
  }
  return "";
}

std::string trimmed(const std::string& text) {
  constexpr const char* kSpace = " \n";
  const std::size_t from = text.find_first_not_of(kSpace);
  return text.substr(from, text.find_last_not_of(kSpace) + 1 - from);
}

/// Where the table does not name it, the server calls it row_end.
std::optional<std::string> row_end_of(const CreateTable& table, const Tokens& tail) {
  if (!has_words(tail, "SYSTEM", "VERSIONING")) return std::nullopt;
  for (const TableItem& item : table.items) {
    if (has_words(telling(sql_tokens(item.text)), "ROW", "END")) return item.name;
  }
  return "row_end";
}

bool is_later_key(TableItemKind kind) {
  return kind == TableItemKind::kUniqueKey || kind == TableItemKind::kKey ||
         kind == TableItemKind::kWholeTextKey || kind == TableItemKind::kOtherKey;
}

/// What decides which keys are there before the rows.
class Choice {
 public:
  explicit Choice(const CreateTable& table) : table_(table) {
    for (const TableItem& item : table.items) {
      if (item.kind == TableItemKind::kPrimaryKey) primary_ = &item;
      if (item.auto_increment) counted_ = item.name;
    }
  }

  /// Of the items from this number on, keys are added after the rows.
  std::size_t first_later() const {
    if (table_.engine != "InnoDB") return table_.items.size();
    std::size_t first = 0;
    for (std::size_t i = 0; i < table_.items.size(); ++i) {
      if (is_needed(table_.items[i])) first = i + 1;
    }
    return first;
  }

 private:
  bool is_needed(const TableItem& key) const {
    if (!is_later_key(key.kind)) return false;
    return key.without_overlaps || &key == clustered() || &key == counted_key();
  }

  /// The key that InnoDB orders the rows by where there is no primary one.
  const TableItem* clustered() const {
    if (primary_ != nullptr) return nullptr;
    for (const TableItem& key : table_.items) {
      const bool whole = key.kind == TableItemKind::kUniqueKey && !key.columns.empty() &&
                         std::ranges::all_of(key.columns, [&](const std::string& column) {
                           return is_never_null(column);
                         });
      if (whole) return &key;
    }
    return nullptr;
  }

  /// The key whose first column counts up, where the primary one's does not.
  const TableItem* counted_key() const {
    if (!counted_ || (primary_ != nullptr && begins_with_counted(*primary_))) return nullptr;
    for (const TableItem& key : table_.items) {
      if (is_later_key(key.kind) && begins_with_counted(key)) return &key;
    }
    return nullptr;
  }

  bool begins_with_counted(const TableItem& key) const {
    return !key.columns.empty() && key.columns.front() == *counted_;
  }

  bool is_never_null(const std::string& column) const {
    return std::ranges::any_of(table_.items, [&](const TableItem& item) {
      return item.kind == TableItemKind::kColumn && item.name == column && item.not_null;
    });
  }

  const CreateTable& table_;
  const TableItem* primary_ = nullptr;
  std::optional<std::string> counted_;  ///< the AUTO_INCREMENT column
};

/// The statement; the last of all items had the line end before the parenthesis, and may be one of
/// those that are left out.
std::string with_end(CreateTable table) {
  if (!table.items.back().text.ends_with('\n')) table.tail.insert(0, "\n");
  return table.text();
}

}  // namespace

std::string CreateTable::text() const {
  std::string list;
  for (const TableItem& item : items) {
    if (!list.empty()) list += ',';
    list += item.text;
  }
  return head + list + tail;
}

CreateTable parse_create_table(std::string_view definition) {
  CreateTable table;
  int depth = 0;
  Tokens item;
  Tokens tail;
  for (const SqlToken& token : sql_tokens(definition)) {
    const bool ends = depth == 1 && is_symbol(token, ')');
    if (ends || (depth == 1 && is_symbol(token, ','))) {
      table.items.push_back(item_of(item));
      item.clear();
      if (ends) depth = -1;  // what follows is the tail
      if (!ends) continue;
    }
    if (depth < 0) {
      tail.push_back(token);
      table.tail += token.text;
    } else if (depth == 0) {
      table.head += token.text;
    } else {
      item.push_back(token);
    }
    if (depth >= 0 && is_symbol(token, '(')) ++depth;
    if (depth > 1 && is_symbol(token, ')')) --depth;
  }
  if (table.tail.empty() || !table.head.starts_with("CREATE TABLE"))
    throw Error(Fault::kCheckFailed,
                "this is no definition of a table: " + std::string(definition.substr(0, 60)));
  table.engine = engine_in(telling(tail));
  table.row_end = row_end_of(table, telling(tail));
  return table;
}

TableInParts in_parts(const CreateTable& table) {
  const std::size_t first_later = Choice(table).first_later();
  CreateTable before = table;
  before.items.clear();
  TableInParts parts;
  CreateTable indexed = before;
  std::vector<std::string> plain;
  std::vector<std::string> drops;
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    const TableItem& item = table.items[i];
    const std::string add = " ADD " + trimmed(item.text);
    if (item.kind == TableItemKind::kForeignKey) {
      parts.foreign_keys.push_back(add);
    } else if (i < first_later || !is_later_key(item.kind)) {
      before.items.push_back(item);
      indexed.items.push_back(item);
    } else if (item.kind == TableItemKind::kWholeTextKey) {
      // InnoDB builds one of these in a statement; with several the table would be copied.
      parts.later_indexes.push_back(add);
    } else {
      indexed.items.push_back(item);
      plain.push_back(add);
      drops.push_back(" DROP KEY " + quote_name(item.name));
    }
  }
  if (before.items.empty())
    throw Error(Fault::kCheckFailed, "a table's definition has keys and no column");
  parts.create = with_end(std::move(before));
  parts.create_indexed = with_end(std::move(indexed));
  if (!plain.empty()) parts.indexes.push_back(fmt::format("{}", fmt::join(plain, ",")));
  std::ranges::copy(parts.later_indexes, std::back_inserter(parts.indexes));
  parts.drop_indexes = fmt::format("{}", fmt::join(drops, ","));
  return parts;
}

}  // namespace vya::mysql
