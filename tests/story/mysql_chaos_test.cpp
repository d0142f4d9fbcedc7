// A database of MySQL or MariaDB in which nothing stands still: money moves between tables that are
// renamed, rebuilt and get other columns, partitions are exchanged, tables are dropped and made
// anew, while backup after backup is taken and restored. What was changed together must be there
// together.
#include <memory>
#include <random>
#include <thread>

#include "tests/story/expectations.h"
#include "tests/story/vya.h"
#include "tests/story/writer.h"
#include "tests/world/full_run.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::story {
namespace {

constexpr const char* kTables = R"(
CREATE DATABASE chaos; USE chaos;
CREATE TABLE numbers (n INT PRIMARY KEY);
INSERT INTO numbers VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);

CREATE TABLE left_side (id INT PRIMARY KEY, amount BIGINT NOT NULL);
INSERT INTO left_side SELECT a.n * 10 + b.n, 1000 FROM numbers a, numbers b;
CREATE TABLE right_side LIKE left_side;
INSERT INTO right_side SELECT * FROM left_side;

CREATE TABLE inbox (id BIGINT AUTO_INCREMENT PRIMARY KEY, v INT);
CREATE TABLE archive (id BIGINT PRIMARY KEY, v INT);
INSERT INTO inbox (v) SELECT a.n FROM numbers a, numbers b, numbers c;

CREATE TABLE wide (id INT PRIMARY KEY, extra INT NOT NULL DEFAULT 0, filler VARCHAR(200));
INSERT INTO wide SELECT a.n * 1000 + b.n * 100 + c.n * 10 + d.n, 0, REPEAT('x', 100)
FROM numbers a, numbers b, numbers c, numbers d WHERE a.n < 2;

CREATE TABLE parted (day INT NOT NULL, v INT) PARTITION BY RANGE (day)
(PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20));
CREATE TABLE beside (day INT NOT NULL, v INT);
INSERT INTO parted SELECT a.n + 10 * (b.n % 2), b.n FROM numbers a, numbers b;

CREATE TABLE never_empty (k INT PRIMARY KEY);
INSERT INTO never_empty SELECT n FROM numbers;
)";

/// Names what is not as all statements left it.
constexpr const char* kWrong = R"(
SELECT CONCAT_WS(', ',
  IF((SELECT SUM(amount) FROM left_side) + (SELECT SUM(amount) FROM right_side) = 200000, NULL, 'amounts'),
  IF((SELECT COUNT(*) FROM inbox) + (SELECT COUNT(*) FROM archive) = 1000, NULL, 'moved rows'),
  IF((SELECT COUNT(*) FROM wide) = 2000 AND (SELECT COUNT(DISTINCT extra) FROM wide) = 1, NULL, 'rebuilt rows'),
  IF((SELECT COUNT(*) FROM parted) + (SELECT COUNT(*) FROM beside) = 100, NULL, 'partitions'),
  IF((SELECT COUNT(*) FROM never_empty) = 10, NULL, 'rows of a table that is made anew')))";

void rest(int most_milliseconds) {
  thread_local std::mt19937 random(std::random_device{}());
  std::this_thread::sleep_for(
      std::chrono::milliseconds(std::uniform_int_distribution<>(0, most_milliseconds)(random)));
}

std::string pay(int n) {
  rest(5);
  const std::string where = " WHERE id = " + std::to_string(n % 100);
  return "BEGIN; UPDATE left_side SET amount = amount - 1" + where +
         "; UPDATE right_side SET amount = amount + 1" + where + "; COMMIT";
}

std::string move_rows(int n) {
  rest(20);
  const std::string where = " WHERE id % 37 = " + std::to_string(n % 37);
  const bool back = n / 37 % 2 == 1;
  const std::string from = back ? "archive" : "inbox";
  return "BEGIN; INSERT INTO " + std::string(back ? "inbox" : "archive") + " SELECT * FROM " +
         from + where + "; DELETE FROM " + from + where + "; COMMIT";
}

std::string swap_names(int) {
  rest(400);
  return "RENAME TABLE left_side TO other_side, right_side TO left_side, other_side TO right_side";
}

std::string rebuild(int n) {
  rest(400);
  const std::string value = std::to_string(n);
  switch (n % 4) {
    case 0:
      return "ALTER TABLE wide ENGINE = InnoDB";
    case 1:
      return "ALTER TABLE wide ADD KEY by_filler (filler), DROP COLUMN extra, ADD COLUMN extra INT "
             "NOT NULL "
             "DEFAULT " +
             value;
    case 2:
      return "ALTER TABLE wide DROP KEY by_filler, MODIFY COLUMN extra BIGINT NOT NULL DEFAULT " +
             value;
    default:
      return "OPTIMIZE TABLE wide";
  }
}

std::string exchange_partition(int) {
  rest(400);
  return "ALTER TABLE parted EXCHANGE PARTITION p1 WITH TABLE beside";
}

/// An old one may be left of an attempt that failed.
std::string make_anew(int n) {
  rest(400);
  const std::string name = "made_" + std::to_string(n);
  return "CREATE TABLE " + name + " LIKE never_empty; INSERT INTO " + name +
         " SELECT n FROM numbers; RENAME TABLE never_empty TO gone_" + name + ", " + name +
         " TO never_empty; DROP TABLE gone_" + name;
}

class MysqlChaos : public world::OnMysql {};
VYA_ON_EVERY_MYSQL(MysqlChaos);

TEST_P(MysqlChaos, EveryBackupOfARestlessDatabaseIsOfOneMoment) {
  const int wanted = world::is_full_run() ? 50 : 4;
  const auto source = make_server();
  const auto target = make_server();
  source->query(kTables);
  Vya vya;
  vya.add("chaos", "{engine: mysql, socket: " + source->socket() + ", user: root}");
  vya.add("fresh", "{engine: mysql, socket: " + target->socket() + ", user: root}");
  ASSERT_TRUE(ended_with(vya.run({"init"}), 0));
  std::vector<std::unique_ptr<Writer>> writers;
  for (const auto& statements :
       {pay, move_rows, swap_names, rebuild, exchange_partition, make_anew})
    writers.push_back(std::make_unique<Writer>(*source, "chaos", statements));

  int good = 0;
  int refused = 0;
  std::string why;
  while (good < wanted && refused <= wanted) {
    const world::Ended backup = vya.run({"backup", "chaos"});
    if (backup.status == 12) {  // no moment was to be had: said, and nothing stored
      ++refused;
      why = backup.errors;
      continue;
    }
    ASSERT_TRUE(ended_with(backup, 0));
    const std::string name = "chaos_" + std::to_string(++good);
    ASSERT_TRUE(ended_with(
        vya.run({"restore", "chaos", "--to", "fresh", "--database", "chaos=" + name, "--check"}),
        0));
    EXPECT_EQ(target->value("USE " + name + ";" + kWrong), "") << backup.errors;
    target->query("DROP DATABASE " + name);
  }

  EXPECT_EQ(good, wanted);
  EXPECT_LE(10 * refused, wanted) << "the last one: " << why;
  for (const auto& writer : writers) EXPECT_GT(writer->done(), 0);
  RecordProperty("refused", refused);
}

}  // namespace
}  // namespace vya::story
