#include "engine/postgresql/row_loader.h"

#include <fmt/format.h>

#include "engine/postgresql/quote.h"
#include "engine/postgresql/restoration.h"

namespace vya::pg {

namespace {

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

std::string quoted(const TableName& name) { return quote_name(name.schema, name.name); }

class RowSink final : public Sink {
 public:
  /// Begins the COPY, after what must come before it in the same transaction, if anything.
  RowSink(TargetSession session, std::string what, const std::string& before,
          const std::string& copy)
      : session_(std::move(session)), what_(std::move(what)) {
    guarded([&] {
      if (!before.empty()) session_->run("BEGIN; " + before);
      session_->copy_begin(copy);
    });
  }

  void write(Bytes bytes) override {
    guarded([&] { session_->copy_write(bytes); });
  }

  void finish() override {
    guarded([&] {
      session_->copy_end();
      if (session_->in_transaction()) session_->run("COMMIT");
    });
  }

 private:
  template <typename Work>
  void guarded(Work work) {
    try {
      work();
    } catch (const SqlError& error) {
      fail_to(what_, error);
    }
  }

  TargetSession session_;  ///< in a COPY until finish(), so closed when abandoned
  std::string what_;
};

}  // namespace

std::unique_ptr<Sink> load_rows(TargetSessions& sessions, const Database& database,
                                const Table& table, Loading loading) {
  TargetSession session = sessions.borrow(database.name);
  const bool through_root =
      table.root && session->query(kMayHashAnew, {quoted(table.name)}).flag(0, 0);
  const std::string name = quoted(through_root ? *table.root : table.name);
  const std::string columns = table.columns.empty() ? "" : " (" + quote_names(table.columns) + ")";
  // FREEZE needs the transaction that emptied the table.
  const bool frozen =
      loading == Loading::kWhole && table.kind == TableKind::kTable && !through_root;
  return std::make_unique<RowSink>(
      std::move(session),
      fmt::format("load the rows of table {} of database \"{}\"", quoted(table.name),
                  database.name),
      frozen ? "TRUNCATE ONLY " + name : "",
      fmt::format("COPY {}{} FROM STDIN WITH ({}ENCODING '{}')", name, columns,
                  frozen ? "FREEZE, " : "", database.encoding));
}

}  // namespace vya::pg
