#include "engine/postgresql/table_names.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/postgresql/quote.h"
#include "engine/postgresql/sql_tokens.h"

namespace vya::pg {

namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 128;
}

bool is_inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

bool is_blank(const Token& token) {
  return token.kind == TokenKind::kSpace || token.kind == TokenKind::kComment;
}

bool is_quoted(const Token& token) { return token.kind == TokenKind::kQuotedName; }

/// What a literal says that the server wrote: `'it''s'`, or `E'a\\b'` where there is a backslash.
std::string unquoted_text(std::string_view literal) {
  const bool escapes = literal.front() == 'E';
  std::string text;
  for (std::size_t i = escapes ? 2 : 1; i + 1 < literal.size(); ++i) {
    if (literal[i] == '\'' || (escapes && literal[i] == '\\')) ++i;
    text += literal[i];
  }
  return text;
}

/// A definition's tokens, those that mean something by their places among all.
class Definition {
 public:
  explicit Definition(std::string_view sql) : tokens_(split_tokens(sql)) {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (!is_blank(tokens_[i])) places_.push_back(i);
    }
  }

  std::size_t size() const { return places_.size(); }
  const Token& at(std::size_t i) const { return tokens_[places_[i]]; }
  bool is(std::size_t i, std::string_view text) const { return i < size() && at(i).text == text; }
  /// Whether the token `back` places before this one is the keyword.
  bool follows(std::size_t i, std::string_view keyword, std::size_t back = 1) const {
    return i >= back && is_keyword(at(i - back), keyword);
  }
  bool is_pair(std::size_t i) const {
    return i + 2 < size() && is_quoted(at(i)) && is(i + 1, ".") && is_quoted(at(i + 2));
  }
  /// Whether a parenthesis follows without a blank, as after a function's name.
  bool is_called(std::size_t i) const { return is(i + 1, "(") && places_[i] + 1 == places_[i + 1]; }

  void replace(std::size_t i, std::string text) { changed_[places_[i]] = std::move(text); }

  std::string text() const {
    std::string text;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const auto changed = changed_.find(i);
      text += changed == changed_.end() ? std::string(tokens_[i].text) : changed->second;
    }
    return text;
  }

 private:
  std::vector<Token> tokens_;
  std::vector<std::size_t> places_;
  std::map<std::size_t, std::string> changed_;
};

/// Whether the name stands alone where definitions name an index or a constraint.
bool names_part(const Definition& statement, std::size_t i) {
  if (statement.is(i + 1, ".")) return false;
  return statement.follows(i, "CONSTRAINT") || statement.follows(i, "INDEX") ||
         (statement.follows(i, "ON") && statement.follows(i, "CLUSTER", 2));
}

/// `'...'::"regclass"`, with or without the type's schema.
bool is_regclass(const Definition& statement, std::size_t i) {
  if (!statement.is(i + 1, ":") || !statement.is(i + 2, ":")) return false;
  const auto is_type = [&](std::size_t at) {
    return statement.is(at, "\"regclass\"") || statement.is(at, "regclass");
  };
  return is_type(i + 3) || (statement.is(i + 4, ".") && is_type(i + 5));
}

}  // namespace

std::string NewNames::name(const std::string& old) const {
  if (!old.starts_with(from_.name)) return old;
  std::string rest = old.substr(from_.name.size());
  if (!rest.empty() && is_letter(rest.front())) return old;
  std::string begin = to_.name;
  while (!begin.empty() && begin.size() + rest.size() > kLongestName) {
    while (begin.size() > 1 && is_inside_character(begin.back())) begin.pop_back();
    begin.pop_back();
  }
  return begin + rest;
}

TableName NewNames::relation(const TableName& old) const {
  return {schema(old.schema), name(old.name)};
}

void TableNames::add_table(const TableName& from, const TableName& to) {
  add_relation(from, to);
  if (from.name != to.name) tables_[from.name] = to.name;
}

void TableNames::add_relation(const TableName& from, const TableName& to) {
  if (from != to) relations_[from] = to;
}

TableName TableNames::of(const TableName& name) const {
  const auto found = relations_.find(name);
  return found == relations_.end() ? name : found->second;
}

std::string TableNames::in(const std::string& sql, const NewNames& names) const {
  Definition statement(sql);
  for (std::size_t i = 0; i < statement.size(); ++i) {
    const Token& token = statement.at(i);
    if (token.kind == TokenKind::kText && is_regclass(statement, i)) {
      statement.replace(i, in_literal(token.text));
    } else if (!is_quoted(token) || (i > 0 && statement.is(i - 1, "."))) {
      continue;
    } else if (names_part(statement, i)) {
      statement.replace(i, quote_name(names.name(unquote_name(token.text))));
    } else if (statement.is_pair(i)) {
      const TableName pair = {unquote_name(token.text), unquote_name(statement.at(i + 2).text)};
      const bool is_function = statement.is_called(i + 2) && !statement.follows(i, "REFERENCES");
      if (is_function) continue;
      if (const auto found = relations_.find(pair); found != relations_.end()) {
        statement.replace(i, quote_name(found->second.schema));
        statement.replace(i + 2, quote_name(found->second.name));
      } else if (const auto table = tables_.find(pair.schema);
                 table != tables_.end() && !is_object_(pair.schema, pair.name)) {
        statement.replace(i, quote_name(table->second));
      }
    } else if (statement.is(i + 1, ".") && statement.is(i + 2, "*")) {
      const auto table = tables_.find(unquote_name(token.text));
      if (table != tables_.end()) statement.replace(i, quote_name(table->second));
    }
  }
  return statement.text();
}

std::string TableNames::in_literal(std::string_view literal) const {
  const std::string name = unquoted_text(literal);
  const Definition parts(name);
  if (parts.size() != 3 || !parts.is_pair(0)) return std::string(literal);
  const TableName found = of({unquote_name(parts.at(0).text), unquote_name(parts.at(2).text)});
  return quote_text(quote_name(found.schema, found.name));
}

void TableNames::rename(Entry& entry, const NewNames& names) const {
  entry.definition = in(entry.definition, names);
  entry.drop = in(entry.drop, names);
  const TableName old = {entry.schema, entry.name};
  entry.schema = names.schema(entry.schema);
  const auto found = relations_.find(old);
  entry.name = found == relations_.end() ? names.name(old.name) : found->second.name;
  if (found != relations_.end()) entry.schema = found->second.schema;
}

void TableNames::rename(Catalog& catalog) const {
  const auto change = [&](auto& named) {
    const TableName name = of({named.schema, named.name});
    named.schema = name.schema;
    named.name = name.name;
  };
  std::ranges::for_each(catalog.sequences, change);
  std::ranges::for_each(catalog.column_orders, change);
  const NewNames nothing({}, {});
  for (Acl& acl : catalog.acls) acl.object = in(acl.object, nothing);
}

}  // namespace vya::pg
