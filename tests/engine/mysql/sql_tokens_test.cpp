#include "engine/mysql/sql_tokens.h"

#include <gtest/gtest.h>

#include <random>

namespace vya::mysql {
namespace {

std::string together(const std::vector<SqlToken>& tokens) {
  std::string text;
  for (const SqlToken& token : tokens) text += token.text;
  return text;
}

std::vector<std::string> telling(const std::string& sql, const std::string& mode = "") {
  std::vector<std::string> texts;
  for (const SqlToken& token : sql_tokens(sql, mode)) {
    if (!is_blank(token)) texts.emplace_back(token.text);
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST(SqlTokens, KnowQuotesCommentsAndVersions) {
  EXPECT_EQ(telling("a `b``c` 'd''\\'e' \"f\" -- g\n /* h ' */ 1"),
            (Texts{"a", "`b``c`", "'d''\\'e'", "\"f\"", "1"}));
  EXPECT_EQ(telling("x /*!50100 PARTITION '*/' */ y"),
            (Texts{"x", "/*!50100", "PARTITION", "'*/'", "*/", "y"}));
}

TEST(SqlTokens, ReadAsTheModeSays) {
  EXPECT_EQ(telling("'a\\' b", "NO_BACKSLASH_ESCAPES"), (Texts{"'a\\'", "b"}));
  const std::vector<SqlToken> tokens = sql_tokens("\"a\"\"b\"", "ANSI_QUOTES");
  ASSERT_EQ(tokens.size(), 1);
  EXPECT_EQ(tokens[0].kind, SqlTokenKind::kName);
  EXPECT_EQ(name_in(tokens[0]), "a\"b");
}

TEST(SqlTokens, AreTheStatementAgainWhateverItIs) {
  std::mt19937 random(7);
  const std::string alphabet = "ab1_.,()`'\"\\/*!-# \n;\xc3\xa4M";
  for (int i = 0; i < 20000; ++i) {
    std::string sql;
    for (unsigned length = random() % 40; sql.size() < length;)
      sql += alphabet[random() % alphabet.size()];
    for (const char* mode : {"", "ANSI_QUOTES", "NO_BACKSLASH_ESCAPES"})
      ASSERT_EQ(together(sql_tokens(sql, mode)), sql);
  }
}

TEST(SqlTokens, NameADatabaseOnlyBeforeADot) {
  const auto names_shop = [](const std::string& sql) {
    return names_database(sql_tokens(sql), "shop");
  };
  EXPECT_TRUE(names_shop("SELECT * FROM `shop`.`orders`"));
  EXPECT_TRUE(names_shop("SELECT * FROM SHOP . orders"));
  EXPECT_FALSE(names_shop("SELECT shop FROM orders"));
  EXPECT_FALSE(names_shop("SELECT 'shop.orders' /* shop.orders */"));
  EXPECT_FALSE(names_shop("SELECT crm.shop.id FROM crm.shop"));
}

TEST(SqlTokens, RenameADatabaseOnlyBeforeADot) {
  EXPECT_EQ(with_databases_renamed("`k` int DEFAULT nextval(`shop`.`s`) COMMENT '`shop`.`s`', "
                                   "`shop` int, REFERENCES `shop`.`shop` (`id`)",
                                   {{"shop", "copy `1"}}),
            "`k` int DEFAULT nextval(`copy ``1`.`s`) COMMENT '`shop`.`s`', `shop` int, REFERENCES "
            "`copy ``1`.`shop` (`id`)");
}

}  // namespace
}  // namespace vya::mysql
