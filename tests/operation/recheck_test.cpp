#include "operation/recheck.h"

#include <gtest/gtest.h>

#include "repository/layout.h"
#include "store/memory.h"
#include "stream/lines.h"

namespace vya {
namespace {

class NoProgress final : public Progress {
 public:
  void notice(const std::string&) override {}
  void phases(int) override {}
  void more_phases(int) override {}
  void begin(const std::string&) override {}
  void end(const std::string&) override {}
  void advance(const Amount&, const Amount&) override {}
  void snapshot(std::optional<Moment>) override {}
};

/// A server whose every table holds these rows.
class TargetWithRows final : public Target {
 public:
  explicit TargetWithRows(std::string rows) : rows_(std::move(rows)) {}
  const Plan& plan() override { return plan_; }
  std::vector<Phase> before_rows() override { return {}; }
  std::unique_ptr<Sink> load(const Table&, Loading) override { return nullptr; }
  std::vector<Phase> after_rows() override { return {}; }
  std::vector<Phase> after_check() override { return {}; }
  void reread(const Table&, Sink& sink) override { sink.write(as_bytes(rows_)); }
  bool is_missing(const Table&) const override { return false; }
  void finish() override {}
  Totals totals() const override { return {}; }
  std::vector<Gap> gaps() const override { return {}; }

 private:
  Plan plan_;
  std::string rows_;
};

/// Compares a backup of one table with the rows "1\n2\n" with a server that holds others.
RecheckResult recheck_against(const std::string& rows, TableKind kind = TableKind::kTable) {
  MemoryStore store;
  Repository::create(store, now());
  Repository repository(store);
  const auto draft = repository.draft(new_backup_id("shop", now()));
  const auto file = draft->create(layout::kInventoryFile, 1);
  InventoryWriter inventory(*file);
  TextSink nowhere;
  FingerprintSink stored(nowhere);
  stored.write(as_bytes("1\n2\n"));
  inventory.add(Database{1, "shop", "UTF8"});
  inventory.add(Table{.database = 1, .number = 1, .name = {"public", "orders"}, .kind = kind});
  inventory.add(StoredSegment{.segment = {.database = 1, .table = 1},
                              .fingerprint = stored.fingerprint(),
                              .extents = {{"db/1/bundles/000000.zst", 0, 4}}});
  file->finish();
  Manifest manifest;
  manifest.sums = {.databases = 1, .tables = 1, .segments = 1, .rows = 2, .row_bytes = 4};
  draft->publish(manifest, {file->record()});

  const Backup backup = repository.open({.instance = "shop"});
  const RepositoryContents contents(backup);
  TargetWithRows target(rows);
  NoProgress progress;
  return recheck_rows(contents, target, 1, progress);
}

TEST(Recheck, FindsNothingWhereAllRowsAreThereInAnyOrder) {
  EXPECT_TRUE(recheck_against("2\n1\n").findings.empty());
}

TEST(Recheck, FindsAChangedRow) {
  const RecheckResult result = recheck_against("1\n3\n");

  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.differ, 1u);
  EXPECT_EQ(result.findings[0].where, "table shop.public.orders");
  EXPECT_EQ(result.findings[0].severity, Severity::kFault);
}

TEST(Recheck, FindsAMissingAndADoubledRow) {
  EXPECT_EQ(recheck_against("1\n").findings.at(0).what, "has 1 rows, 2 in the backup");
  EXPECT_EQ(recheck_against("1\n1\n").differ, 1u);
}

TEST(Recheck, OnlyNoticesARefreshedMaterializedView) {
  const RecheckResult result = recheck_against("9\n", TableKind::kMaterializedView);

  EXPECT_EQ(result.differ, 0u);
  EXPECT_EQ(result.findings.at(0).severity, Severity::kNotice);
}

}  // namespace
}  // namespace vya
