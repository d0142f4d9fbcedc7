#include "engine/postgresql/row_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "engine/postgresql/long_rows.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/read_rows.h"
#include "engine/postgresql/source_path.h"

namespace vya::pg {

namespace {

constexpr std::string_view kCheckViolation = "23514";
constexpr std::string_view kAmbiguousFunction = "42725";  // of a regproc among namesakes

/// The server takes lines of COPY of less than 1 GiB.
constexpr std::uint64_t kLongestCopied = (1ULL << 30) - (1ULL << 20);
/// Where some rows are longer than that, those from here on are inserted: shorter ones are held in
/// memory until they are known to be so.
constexpr std::size_t kLongestHeld = std::size_t{16} << 20;

/// Whether rows of a partition may belong to another one here. Hashes of an enum's values are of
/// their oids, which a restore gives anew, so rows are not sure to hash as before; of plain types
/// they are.
constexpr const char* kMayHashAnew =
    "WITH RECURSIVE above AS (SELECT inhparent AS oid FROM pg_catalog.pg_inherits WHERE inhrelid = "
    "$1::regclass"
    " UNION SELECT i.inhparent FROM pg_catalog.pg_inherits i JOIN above a ON i.inhrelid = a.oid)"
    " SELECT EXISTS (SELECT FROM above JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = "
    "above.oid"
    " CROSS JOIN LATERAL unnest(p.partattrs::int2[]) AS k(number)"
    " LEFT JOIN pg_catalog.pg_attribute c ON c.attrelid = p.partrelid AND c.attnum = k.number AND "
    "k.number <> 0"
    " LEFT JOIN pg_catalog.pg_type t ON t.oid = c.atttypid"
    " WHERE p.partstrat = 'h' AND (t.oid IS NULL OR t.typtype <> 'b' OR t.typelem <> 0))";

constexpr const char* kOwner =
    "SELECT pg_catalog.pg_get_userbyid(relowner) FROM pg_catalog.pg_class WHERE oid = $1::regclass";

std::string quoted(const TableName& name) { return quote_name(name.schema, name.name); }

/// How rows are loaded in this way and not in that.
std::string in_words(const RowWay& way, const RowWay& than, const Table& table) {
  if (way.through_root != than.through_root) return "through " + quoted(table.root.value());
  if (way.with_path != than.with_path) return "with the source's search_path";
  return "by INSERT where they are long";
}

/// Rows on their way into the COPY that a session is in.
class CopySink final : public Sink {
 public:
  explicit CopySink(Connection& session) : session_(session) {}
  void write(Bytes bytes) override { session_.copy_write(bytes); }
  void finish() override { session_.copy_end(); }

 private:
  Connection& session_;
};

/// Whether rows may be refused for what they name: by a function, or as a value of regclass and the
/// like.
bool names_nothing(const std::string& state) {
  return may_miss_a_name(state) || state == kAmbiguousFunction;
}

/// Before the indexes or, for rows that name some, after them.
enum class Turn { kFirst, kLate };

/// One COPY into a table, in the way that the table needs as far as is known.
class RowSink final : public Sink {
 public:
  RowSink(Restoration& restoration, const Database& database, const Table& table, Loading loading,
          Turn turn)
      : restoration_(restoration),
        database_(database),
        table_(table),
        session_(restoration.sessions.borrow(database.name)),
        way_(restoration.row_ways.of(table)),
        copy_(*session_) {
    if (way_.later && turn == Turn::kFirst) throw LoadLater(what());
    guarded([&] { begin(loading); });
  }

  void write(Bytes bytes) override {
    if (!parted_) look_for_long_row(as_text(bytes));
    guarded([&] { to().write(bytes); });
  }

  void finish() override {
    guarded([&] {
      to().finish();
      if (session_->in_transaction()) session_->run("COMMIT");
    });
  }

 private:
  void begin(Loading loading);
  void part_long_rows(const std::string& name);
  void look_for_long_row(std::string_view text);
  bool empty_for_freezing();
  Sink& to() { return parted_ ? static_cast<Sink&>(*parted_) : copy_; }
  bool takes_away_check(const SqlError& error);
  std::optional<RowWay> other_way(const std::string& state) const;
  [[noreturn]] void leave_for_later(const std::string& said);
  [[noreturn]] void begin_again(const RowWay& way, const std::string& said);

  std::string what() const {
    return fmt::format("load the rows of table {} of database \"{}\"", quoted(table_.name),
                       database_.name);
  }

  template <typename Work>
  void guarded(Work work) {
    try {
      work();
    } catch (const SqlError& error) {
      if (takes_away_check(error)) throw LoadAgain(what() + ": " + error.said());
      if (const std::optional<RowWay> way = other_way(error.state()))
        begin_again(*way, error.said());
      if (names_nothing(error.state()) && makes_definitions(restoration_.scope))
        leave_for_later(error.said());
      fail_to(what(), error);
    }
  }

  Restoration& restoration_;
  const Database& database_;
  Table table_;
  TargetSession session_;  ///< in a COPY until finish(), so closed when abandoned
  RowWay way_;
  CopySink copy_;
  std::string copy_sql_;
  std::uint64_t row_bytes_ = 0;  ///< so far, of the row whose end has not come yet
  std::optional<LongRowSplitter> parted_;
};

void RowSink::begin(Loading loading) {
  const bool through_root =
      table_.root &&
      (way_.through_root || session_->query(kMayHashAnew, {quoted(table_.name)}).flag(0, 0));
  const std::string name = quoted(through_root ? *table_.root : table_.name);
  const std::string columns =
      table_.columns.empty() ? "" : " (" + quote_names(table_.columns) + ")";
  const bool frozen = loading == Loading::kWhole && table_.kind == TableKind::kTable &&
                      !through_root && empty_for_freezing();
  if (way_.with_path) {
    const std::string owner = session_->value(kOwner, {quoted(table_.name)});
    session_->run((session_->in_transaction() ? "" : "BEGIN; ") +
                  set_path(source_path(restoration_.backup.globals, database_.name, owner)));
  }
  copy_sql_ = fmt::format("COPY {}{} FROM STDIN WITH ({}ENCODING '{}')", name, columns,
                          frozen ? "FREEZE, " : "", database_.encoding);
  if (way_.parts_long) part_long_rows(name);
  session_->copy_begin(copy_sql_);
}

/// An INSERT takes fields by the same input functions as COPY, bytea as it is, and everything
/// together may be as long as a line of COPY.
void RowSink::part_long_rows(const std::string& name) {
  if (!session_->in_transaction()) session_->run("BEGIN");
  std::vector<std::string> parameters;
  std::vector<ParameterFormat> formats;
  const std::vector<FieldForm> forms = field_forms(*session_, table_);
  for (const FieldForm form : forms) {
    parameters.push_back(fmt::format("${}", parameters.size() + 1));
    formats.push_back(form == FieldForm::kBytes ? ParameterFormat::kBinary
                                                : ParameterFormat::kText);
  }
  const std::string insert =
      fmt::format("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({})", name,
                  quote_names(table_.columns), fmt::join(parameters, ", "));
  const auto insert_row = [this, insert, formats](const FieldValues& values) {
    session_->copy_end();
    session_->run_formatted(insert, values, formats);
    session_->copy_begin(copy_sql_);
  };
  parted_.emplace(copy_, insert_row, forms, kLongestHeld);
}

void RowSink::look_for_long_row(std::string_view text) {
  const std::size_t end = text.rfind('\n');
  if (end != std::string_view::npos) row_bytes_ = 0;
  row_bytes_ += text.size() - (end + 1);  // npos + 1 is 0
  if (row_bytes_ <= kLongestCopied) return;
  RowWay way = way_;
  way.parts_long = true;
  begin_again(way, "a row's text is longer than the server's COPY takes");
}

/// FREEZE needs the transaction that emptied the table. A partition may have rows already: those
/// that another one refused, and that came through the root.
bool RowSink::empty_for_freezing() {
  const std::string name = quoted(table_.name);
  if (!table_.root) {
    session_->run("BEGIN; TRUNCATE ONLY " + name);
    return true;
  }
  session_->run("BEGIN; LOCK TABLE ONLY " + name + " IN ACCESS EXCLUSIVE MODE");
  if (session_->query("SELECT EXISTS (SELECT FROM ONLY " + name + ")").flag(0, 0)) return false;
  session_->run("TRUNCATE ONLY " + name);
  return true;
}

/// Constraints of tables that were there before the restore are not ours to change.
bool RowSink::takes_away_check(const SqlError& error) {
  if (!makes_definitions(restoration_.scope) || !is_of_check(error)) return false;
  session_->close();  // its locks would be in the way
  TargetSession session = restoration_.sessions.borrow(database_.name);
  return restoration_.broken_checks.take_away(*session, error);
}

std::optional<RowWay> RowSink::other_way(const std::string& state) const {
  RowWay way = way_;
  if (may_miss_a_name(state)) way.with_path = true;
  if (state == kCheckViolation && table_.root) way.through_root = true;
  if (way == way_) return std::nullopt;
  return way;
}

void RowSink::leave_for_later(const std::string& said) {
  RowWay way = way_;
  way.later = true;
  way.with_path = false;  // it did not help
  if (restoration_.row_ways.set(table_, way) && !way_.later) {
    restoration_.watcher.notice(
        fmt::format("the rows of table {} of database \"{}\" are loaded after the indexes, because "
                    "they name what is not there: {}",
                    quoted(table_.name), database_.name, said));
  }
  throw LoadLater(said);
}

void RowSink::begin_again(const RowWay& way, const std::string& said) {
  if (restoration_.row_ways.set(table_, way)) {
    restoration_.watcher.notice(
        fmt::format("the rows of table {} of database \"{}\" are loaded {}, because the plain "
                    "way failed: {}",
                    quoted(table_.name), database_.name, in_words(way, way_, table_), said));
  }
  throw LoadAgain(what() + ": " + said);
}

void load_late(Restoration& restoration, const Database& database, const Table& table) {
  for (;;) {
    try {
      RowSink sink(restoration, database, table, Loading::kWhole, Turn::kLate);
      restoration.contents.write_rows(table, sink);
      return sink.finish();
    } catch (const LoadAgain&) {  // in another way
    } catch (const LoadLater& e) {
      restoration.outcome.add(
          {.kind = "rows",
           .what = quoted(table.name),
           .why = std::string("it is empty, because its rows name what is not there: ") + e.what(),
           .cure = "Create what is missing, and load what 'vya cat' writes of the table."});
      return;
    }
  }
}

}  // namespace

std::unique_ptr<Sink> load_rows(Restoration& restoration, const Database& database,
                                const Table& table, Loading loading) {
  return std::make_unique<RowSink>(restoration, database, table, loading, Turn::kFirst);
}

void load_late_rows(Restoration& restoration, const Database& database) {
  for (const int number : restoration.row_ways.later_of(database.number)) {
    const Table& table = *std::ranges::find_if(
        restoration.contents.tables(),
        [&](const Table& one) { return one.database == database.number && one.number == number; });
    load_late(restoration, database, table);
  }
}

}  // namespace vya::pg
