#include "engine/postgresql/sql_tokens.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/engine/postgresql/varied_schema.h"

namespace vya::pg {
namespace {

using Texts = std::vector<std::string_view>;

Texts texts(std::string_view sql) {
  Texts list;
  for (const Token& token : split_tokens(sql)) {
    if (token.kind != TokenKind::kSpace) list.push_back(token.text);
  }
  return list;
}

template <typename Pieces>
std::string rejoined(const Pieces& pieces) {
  std::string text;
  for (const std::string_view piece : pieces) text += piece;
  return text;
}

TEST(SqlTokens, KeepQuotesWhole) {
  EXPECT_EQ(texts(R"(a."b ""c;" 'd''e;' 'f\' E'g\'h' e'\\')"),
            (Texts{"a", ".", R"("b ""c;")", "'d''e;'", R"('f\')", R"(E'g\'h')", R"(e'\\')"}));
}

TEST(SqlTokens, KeepDollarQuotesWhole) {
  EXPECT_EQ(texts("$$a;$b$ '$$ $x1$ $$ $x$ $x1$ $1 a$b$c"),
            (Texts{"$$a;$b$ '$$", "$x1$ $$ $x$ $x1$", "$", "1", "a$b$c"}));
}

TEST(SqlTokens, KeepCommentsWhole) {
  EXPECT_EQ(texts("a--b'c\nd/* ; /* ' */ */e - -f"),
            (Texts{"a", "--b'c", "d", "/* ; /* ' */ */", "e", "-", "-", "f"}));
}

TEST(SqlTokens, TakeNamesInEveryEncoding) {
  EXPECT_EQ(texts("gr\xFC\xDF\xE2\x82 1.5e3"), (Texts{"gr\xFC\xDF\xE2\x82", "1", ".", "5e3"}));
}

TEST(SqlTokens, TakeWhatHasNoEndToTheEnd) {
  for (const std::string_view open :
       {"'a; ''", "E'a;\\", "\"a;", "$x$ ;$x", "/* ; /* */", "-- ;"}) {
    EXPECT_EQ(texts(open), Texts{open});
  }
}

TEST(SqlStatements, EndAtTheirSemicolons) {
  EXPECT_EQ(split_statements("a;\n b ';' ;;\n"), (Texts{"a;", "\n b ';' ;", ";", "\n"}));
  EXPECT_EQ(split_statements(""), Texts{});
}

TEST(SqlStatements, KeepRulesAndBodiesWhole) {
  for (const std::string_view one :
       {"CREATE RULE r AS DO (a; b);",
        "create function f() begin atomic select case when a then b end; select 1; end;"}) {
    EXPECT_EQ(split_statements(std::string(one) + "x;").front(), one);
    EXPECT_EQ(split_statements(std::string(one) + "x;").size(), 2U);
  }
}

TEST(SqlStatements, AreNotConfusedByAPlainBegin) {
  EXPECT_EQ(split_statements("BEGIN; a END; CASE; b;"),
            (Texts{"BEGIN;", " a END;", " CASE;", " b;"}));
}

TEST(SqlTokens, RejoinByteForByteWhereverTheTextIsCut) {
  const std::string whole = kVariedSchema;
  for (std::size_t size = 0; size <= whole.size(); size += 7) {
    const std::string text = whole.substr(size);
    std::string tokens;
    for (const Token& token : split_tokens(text)) tokens += token.text;
    EXPECT_EQ(tokens, text);
    EXPECT_EQ(rejoined(split_statements(text)), text);
  }
}

}  // namespace
}  // namespace vya::pg
