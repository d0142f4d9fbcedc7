#include "engine/mysql/describe.h"

#include <gtest/gtest.h>

#include <map>

#include "engine/mysql/objects.h"
#include "stream/lines.h"

namespace vya::mysql {
namespace {

/// A backup of one database, out of the definitions of its tables.
class Definitions final : public BackupContents {
 public:
  explicit Definitions(const std::map<std::string, std::string>& tables) {
    TextSink lines;
    write_json(SchemaObject{.type = "database", .name = "shop", .definition = "CREATE DATABASE"},
               lines);
    for (const auto& [name, definition] : tables)
      write_json(SchemaObject{.type = "table", .name = name, .definition = definition}, lines);
    schema_ = lines.text();
  }

  const ServerFacts& server() const override { return server_; }
  const std::vector<Database>& databases() const override { return databases_; }
  const std::vector<Table>& tables() const override { return tables_; }
  std::unique_ptr<Source> read(const Document& document) const override {
    if (document.kind != DocumentKind::kSchema) return nullptr;
    return std::make_unique<TextSource>(schema_);
  }
  void write_rows(const Table&, Sink&) const override {}
  std::uint64_t row_bytes() const override { return 0; }

 private:
  ServerFacts server_{.product = "MariaDB", .version = "10.11.6-MariaDB"};
  std::vector<Database> databases_ = {{1, "shop", "utf8mb4"}};
  std::vector<Table> tables_;
  std::string schema_;
};

std::string words_of_difference(const std::string& wanted, const std::string& found) {
  std::string words;
  for (const CatalogDifference& one :
       differences(describe(Definitions({{"t", wanted}})), describe(Definitions({{"t", found}}))))
    words += where(one) + " " + what(one) + "\n";
  return words;
}

TEST(DescribeMysql, NeverShowsHowATableLogsInToAnotherServer) {
  const std::string before = "CREATE TABLE `t` (\n  `a` int(11)\n) ENGINE=FEDERATED CONNECTION='";

  EXPECT_EQ(words_of_difference(before + "mysql://app:fake-one@192.0.2.1/shop/t'",
                                before + "mysql://app:fake-two@192.0.2.1/shop/t'"),
            "definition of table `shop`.`t` is another one\n");
  for (const std::string options :
       {"ENGINE=CONNECT `TABLE_TYPE`=MYSQL `OPTION_LIST`='user=app,password=fake-",
        "ENGINE=CONNECT TABLE_TYPE=MYSQL OPTION_LIST='user=app,password=fake-",
        "ENGINE=SPIDER COMMENT='wrapper \"mysql\", password \"fake-"}) {
    const std::string table = "CREATE TABLE `t` (\n  `a` int(11)\n) " + options;
    EXPECT_EQ(words_of_difference(table + "one'", table + "two'"),
              "definition of table `shop`.`t` is another one\n")
        << options;
  }
}

TEST(DescribeMysql, KnowsTwoWaysToWriteTheSame) {
  const std::string table = "CREATE TABLE `t` (\n  `a` varchar(9)";

  EXPECT_EQ(words_of_difference(table + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin\n)",
                                table + " COLLATE utf8mb4_bin\n)"),
            "");
  EXPECT_NE(words_of_difference(table + " COLLATE utf8mb4_bin\n)",
                                table + " COLLATE utf8mb4_bin COMMENT 'x'\n)"),
            "");
}

}  // namespace
}  // namespace vya::mysql
