#include "engine/postgresql/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/postgresql/phases.h"
#include "engine/postgresql/preflight.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/reference.h"
#include "engine/postgresql/row_loader.h"
#include "engine/postgresql/row_query.h"
#include "engine/postgresql/server_settings.h"
#include "stream/lines.h"

namespace vya::pg {

namespace {

class PostgresTarget final : public Target {
 public:
  PostgresTarget(const Server& server, const BackupContents& contents,
                 const RestoreOptions& options, Watcher& watcher)
      : contents_(contents),
        options_(options),
        restoration_{.server = server,
                     .contents = contents,
                     .watcher = watcher,
                     .jobs = std::max(options.jobs, 1U),
                     .sessions = TargetSessions(server, contents.databases(), options.jobs + 1)} {}

  const Plan& plan() override;
  std::vector<Phase> before_rows() override;
  std::unique_ptr<Sink> load(const Table& table, Loading loading) override;
  std::vector<Phase> after_rows() override;
  void reread(const Table& table, Sink& sink) override;
  Totals totals() const override { return restoration_.outcome.totals(); }
  std::vector<Gap> gaps() const override;

 private:
  using Work = std::string (*)(Restoration&);

  void require_plan();
  std::vector<std::string> reference() const;
  Phase phase_of(const char* name, Work work) {
    return {name, [this, work] {
              require_plan();
              return work(restoration_);
            }};
  }
  const Database& database_of(const Table& table) const;

  const BackupContents& contents_;
  RestoreOptions options_;
  Restoration restoration_;
  bool planned_ = false;
};

const Plan& PostgresTarget::plan() {
  if (planned_) return restoration_.plan.shown;
  restoration_.backup = read_backup(contents_);
  const TargetFacts facts =
      read_target_facts(restoration_.server, questions_about(restoration_.backup, options_));
  restoration_.plan = make_plan(restoration_.backup, facts, options_);
  restoration_.plan.shown.reference = reference();
  planned_ = true;
  if (const auto warning = disk_warning(restoration_.backup, facts))
    restoration_.watcher.notice(*warning);
  return restoration_.plan.shown;
}

std::vector<std::string> PostgresTarget::reference() const {
  const std::unique_ptr<Source> backup = contents_.read({DocumentKind::kSettings, 0});
  if (!backup) return {};
  // Without session settings of ours, which would hide the server's; but as who logged in.
  Connection plain(restoration_.server.address(), restoration_.server.maintenance_database(),
                   {{"role", "none"}});
  TextSink here;
  write_server_settings(plain, here);
  TextSource target(here.text());
  return reference_lines(*backup, target);
}

void PostgresTarget::require_plan() {
  const std::vector<std::string>& refusals = plan().refusals;
  if (!refusals.empty()) {
    throw Error(Fault::kRefused, "cannot restore to " + restoration_.server.address().text() +
                                     ": " + refusals.front());
  }
}

std::vector<Phase> PostgresTarget::before_rows() {
  return {phase_of(phase::kAccounts, restore_accounts),
          phase_of(phase::kDatabases, restore_databases), phase_of(phase::kSchema, restore_schema)};
}

std::vector<Phase> PostgresTarget::after_rows() {
  return {phase_of(phase::kValues, restore_values),    phase_of(phase::kIndexes, restore_indexes),
          phase_of(phase::kGrants, restore_grants),    phase_of(phase::kViews, refresh_views),
          phase_of(phase::kStatistics, analyze),       phase_of(phase::kLast, restore_last),
          phase_of(phase::kSettings, restore_settings)};
}

const Database& PostgresTarget::database_of(const Table& table) const {
  const std::vector<Database>& databases = contents_.databases();
  const auto found = std::ranges::find(databases, table.database, &Database::number);
  if (found == databases.end()) {
    throw Error(Fault::kInternal,
                fmt::format("there is no database {} in the backup", table.database));
  }
  return *found;
}

std::unique_ptr<Sink> PostgresTarget::load(const Table& table, Loading loading) {
  switch (table.kind) {
    case TableKind::kTable:
    case TableKind::kConfiguration:
      return load_rows(restoration_.sessions, database_of(table), table, loading);
    case TableKind::kLargeObjects:
      return load_large_objects(restoration_.sessions, database_of(table));
    case TableKind::kMaterializedView:
      break;
  }
  throw Error(Fault::kInternal, "a materialized view is refreshed, not loaded");
}

void PostgresTarget::reread(const Table& table, Sink& sink) {
  const Database& database = database_of(table);
  TargetSession session = restoration_.sessions.borrow(database.name);
  try {
    session->copy_out(row_query(table, {}, database.encoding), sink);
  } catch (const SqlError& error) {
    fail_to(fmt::format("read table {} of database \"{}\"",
                        quote_name(table.name.schema, table.name.name), database.name),
            error);
  }
}

std::vector<Gap> PostgresTarget::gaps() const {
  std::vector<Gap> gaps = restoration_.plan.shown.gaps;
  for (Gap& gap : restoration_.outcome.gaps()) gaps.push_back(std::move(gap));
  return gaps;
}

}  // namespace

std::unique_ptr<Target> prepare_target(const Server& server, const BackupContents& contents,
                                       const RestoreOptions& options, Watcher& watcher) {
  return std::make_unique<PostgresTarget>(server, contents, options, watcher);
}

}  // namespace vya::pg
