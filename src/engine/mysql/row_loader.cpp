#include "engine/mysql/row_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/mysql/create_table.h"
#include "engine/mysql/infile.h"
#include "engine/mysql/quote.h"
#include "engine/mysql/row_form.h"
#include "engine/mysql/row_stream.h"

namespace vya::mysql {

namespace {

constexpr std::size_t kBlock = std::size_t{256} * 1024;
/// No file has this name, so no server gets one by asking for what the statement names.
constexpr const char* kRowsOfVya = "rows-of-vya";

/// That something in our own statement is deprecated: it says nothing of the rows.
constexpr std::array kAboutTheStatement = {1287U, 1681U, 3719U, 3778U};
constexpr unsigned kDataTruncated = 1265;
constexpr unsigned kCheckViolated = 3819;
constexpr unsigned kDuplicate = 1062;
/// LOAD DATA LOCAL is not allowed: by MySQL, by MariaDB, by older servers, by the library.
constexpr std::array kNoLocalRows = {3948U, 4166U, 1148U, 2068U};

/// A transaction in which a table gets rows.
class TableLoad {
 public:
  TableLoad(Restoration& restoration, const Table& table, Loading loading)
      : restoration_(restoration),
        database_(restoration.backup.database(table.database)),
        definition_(parse_create_table(database_.table(table.name.name).definition)),
        name_(quote_name(database_.name(), table.name.name)),
        session_(restoration.sessions.borrow(database_.name())) {
    std::optional<RowEnd> row_end;
    if (definition_.row_end) row_end = RowEnd{*definition_.row_end, restoration.end_of_time};
    columns_ = loaded_columns(table, database_.table(table.name.name).columns, row_end);
    guarded([&] {
      if (loading != Loading::kSmall) restoration.indexed_tables.drop(*session_, name_);
      // Into an empty table MariaDB loads faster without these, but keeps all others out of it.
      const bool alone = loading != Loading::kShared || !restoration.server.flavor().mariadb();
      const bool skips = alone && may_skip_unique_checks(restoration.server.flavor()) &&
                         !restoration.indexed_tables.has(name_);
      session_->run(fmt::format("SET SESSION unique_checks = {}", skips ? 0 : 1));
      session_->run("START TRANSACTION");
    });
  }
  TableLoad(const TableLoad&) = delete;
  TableLoad& operator=(const TableLoad&) = delete;
  ~TableLoad() {
    if (!committed_) session_->close();
  }

  const std::string& name() const { return name_; }
  const std::vector<LoadedColumn>& columns() const { return columns_; }
  Connection& session() { return *session_; }
  Restoration& restoration() { return restoration_; }
  std::string what() const { return "load the rows of table " + name_; }

  template <typename Work>
  void guarded(Work work) {
    try {
      work();
    } catch (const SqlError& error) {
      if (std::ranges::find(kNoLocalRows, error.number()) != kNoLocalRows.end())
        insert_instead(error);
      if (error.number() == kCheckViolated) go_without_check(error.said());
      if (error.number() == kDuplicate) go_without_indexes(error.said());
      fail_to(what(), error);
    }
  }

  /// Throws unless the server took `given` rows as they are.
  void judge(const Loaded& loaded, std::uint64_t given);

  void commit() {
    guarded([&] { session_->run("COMMIT"); });
    committed_ = true;
  }

 private:
  [[noreturn]] void insert_instead(const SqlError& error);
  [[noreturn]] void go_without_check(const std::string& said);
  void go_without_indexes(const std::string& said);
  bool is_harmless(unsigned number, const std::string& said) const;

  Restoration& restoration_;
  const DatabaseModel& database_;
  CreateTable definition_;
  std::string name_;  ///< quoted, with the database's
  RestoreSession session_;
  std::vector<LoadedColumn> columns_;
  bool committed_ = false;
};

void TableLoad::judge(const Loaded& loaded, std::uint64_t given) {
  if (loaded.records == given && loaded.skipped == 0 && loaded.warnings == 0) return;
  std::string first;
  session_->each("SHOW WARNINGS", [&](const RowView& row) {
    const auto number = static_cast<unsigned>(row.number(1));
    if (first.empty() && !is_harmless(number, row.text(2)))
      first = fmt::format("{} (warning {})", row.bytes(2), number);
    if (number == kCheckViolated) first = fmt::format("{} (error {})", row.bytes(2), number);
  });
  if (first.find(fmt::format("(error {})", kCheckViolated)) != std::string::npos)
    go_without_check(first);
  if (loaded.records == given && loaded.skipped == 0 && first.empty()) return;
  if (loaded.skipped != 0) go_without_indexes(first);
  throw Error(Fault::kSql,
              fmt::format("cannot {}: the server took {} of {} rows as they are{}{}", what(),
                          loaded.records - std::min(loaded.records, loaded.skipped), given,
                          first.empty() ? "" : ": ", first));
}

/// A value of an ENUM that is none of its members is stored as '', and comes back so; the server
/// warns each time. The column's members are those of the backup.
bool TableLoad::is_harmless(unsigned number, const std::string& said) const {
  if (std::ranges::find(kAboutTheStatement, number) != kAboutTheStatement.end()) return true;
  if (number != kDataTruncated || !makes_definitions(restoration_.scope)) return false;
  return std::ranges::any_of(columns_, [&](const LoadedColumn& column) {
    return column.enumeration && said.find("'" + column.name + "'") != std::string::npos;
  });
}

void TableLoad::insert_instead(const SqlError& error) {
  if (restoration_.row_way.exchange(RowWay::kInsert) != RowWay::kInsert) {
    restoration_.watcher.notice(
        "the server forbids LOAD DATA LOCAL (local_infile), so rows are inserted, which takes two "
        "to three times as long");
  }
  throw LoadAgain("cannot " + what() + ": " + error.said());
}

/// CHECKs of tables that were there before the restore are not ours to change.
void TableLoad::go_without_check(const std::string& said) {
  session_->close();  // its locks would be in the way
  if (!makes_definitions(restoration_.scope))
    throw Error(Fault::kSql, "cannot " + what() + ": " + said);
  RestoreSession other = restoration_.sessions.borrow(database_.name());
  restoration_.broken_checks.stop(*other, restoration_.outcome, name_, said);
  if (definition_.engine != "InnoDB") other->run("TRUNCATE TABLE " + name_);
  throw LoadAgain("cannot " + what() + ": " + said);
}

/// A unique index that the rows break is a gap later, when they are there. Comes back where the
/// table has no such indexes yet.
void TableLoad::go_without_indexes(const std::string& said) {
  if (!restoration_.indexed_tables.has(name_)) return;
  session_->close();  // its locks would be in the way
  RestoreSession other = restoration_.sessions.borrow(database_.name());
  restoration_.indexed_tables.drop(*other, name_);
  if (!restoration_.indexed_tables.has(name_)) throw LoadAgain("cannot " + what() + ": " + said);
}

/// Rows as one LOAD DATA; a thread sends them once they are more than a block.
class StreamSink final : public Sink {
 public:
  StreamSink(Restoration& restoration, const Table& table, Loading loading)
      : load_(restoration, table, loading),
        sql_(load_statement(kRowsOfVya, load_.name(), load_.columns())) {}

  void write(Bytes bytes) override {
    const std::string_view text = as_text(bytes);
    rows_ += static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
    block_ += text;
    if (block_.size() >= kBlock) hand_on();
  }

  void finish() override {
    if (stream_) {
      hand_on();
      load_.guarded([&] { stream_->finish(); });
    } else {
      std::string_view rest = block_;
      send([&](std::span<char> buffer) {
        const std::size_t length = rest.copy(buffer.data(), buffer.size());
        rest.remove_prefix(length);
        return length;
      });
    }
    load_.judge(loaded_, rows_);
    load_.commit();
  }

 private:
  void hand_on() {
    if (!stream_) stream_.emplace([this](const InfileReader& rows) { send(rows); });
    load_.guarded([&] { stream_->give(std::move(block_)); });
    block_.clear();
  }

  void send(const InfileReader& rows) {
    Infile infile(kRowsOfVya, rows);
    load_.guarded([&] { loaded_ = load_.session().load(sql_, infile); });
  }

  TableLoad load_;
  std::string sql_;
  std::string block_;
  std::uint64_t rows_ = 0;
  Loaded loaded_;
  std::optional<RowStream> stream_;  ///< its thread uses all of the above
};

/// Rows as INSERTs of many each.
class InsertSink final : public Sink {
 public:
  InsertSink(Restoration& restoration, const Table& table, Loading loading)
      : load_(restoration, table, loading),
        insert_(insert_statement(load_.name(), load_.columns())) {}

  void write(Bytes bytes) override {
    rest_ += as_text(bytes);
    std::size_t from = 0;
    for (std::size_t end = 0; (end = rest_.find('\n', from)) != std::string::npos; from = end + 1)
      add(std::string_view(rest_).substr(from, end - from));
    rest_.erase(0, from);
  }

  void finish() override {
    run();
    load_.commit();
  }

 private:
  void add(std::string_view row) {
    std::string values = row_values(row, load_.columns());
    if (rows_ > 0 && sql_.size() + values.size() > kMostBytes) run();
    sql_ += (rows_ == 0 ? insert_ : ",") + values;
    ++rows_;
  }

  void run() {
    if (rows_ == 0) return;
    load_.guarded([&] { load_.session().run(sql_); });
    load_.judge({.records = rows_, .skipped = 0, .warnings = load_.session().warnings()}, rows_);
    sql_.clear();
    rows_ = 0;
  }

  static constexpr std::size_t kMostBytes = std::size_t{1} << 20;  // below any max_allowed_packet

  TableLoad load_;
  std::string insert_;
  std::string rest_;  ///< of a row whose end has not come yet
  std::string sql_;
  std::uint64_t rows_ = 0;
};

}  // namespace

std::unique_ptr<Sink> load_rows(Restoration& restoration, const Table& table, Loading loading) {
  if (restoration.row_way == RowWay::kInsert)
    return std::make_unique<InsertSink>(restoration, table, loading);
  return std::make_unique<StreamSink>(restoration, table, loading);
}

}  // namespace vya::mysql
