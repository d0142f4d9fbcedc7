#include "engine/postgresql/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/clock.h"
#include "base/random.h"
#include "engine/postgresql/chosen_tables.h"
#include "engine/postgresql/data_preflight.h"
#include "engine/postgresql/phases.h"
#include "engine/postgresql/plan_steps.h"
#include "engine/postgresql/plan_tables.h"
#include "engine/postgresql/preflight.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/read_rows.h"
#include "engine/postgresql/reference.h"
#include "engine/postgresql/row_loader.h"
#include "engine/postgresql/server_settings.h"
#include "engine/postgresql/table_preflight.h"
#include "stream/lines.h"

namespace vya::pg {

namespace {

/// What makes names unlike any other: `20261122t030000z_7f3a`.
std::string new_stamp() {
  std::string time = to_compact(now());
  std::ranges::transform(time, time.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return time + "_" + random_hex(4);
}

bool restores_accounts(const RestoreOptions& options) {
  const bool is_in_scope =
      options.scope == RestoreScope::kAll || options.scope == RestoreScope::kAccounts;
  return is_in_scope && options.accounts != AccountsPolicy::kSkip;
}

/// Row security that is forced upon the owner would hide rows: it is off in a transaction, which is
/// to be rolled back. Returns whether one was begun.
bool stop_forcing_row_security(Connection& connection, const Table& table) {
  const std::string name = quote_name(table.name.schema, table.name.name);
  const bool is_forced =
      table.kind == TableKind::kTable &&
      connection
          .query("SELECT row_security_active(oid) FROM pg_class WHERE oid = $1::regclass", {name})
          .flag(0, 0);
  if (is_forced) connection.run("BEGIN; ALTER TABLE ONLY " + name + " NO FORCE ROW LEVEL SECURITY");
  return is_forced;
}

class PostgresTarget final : public Target {
 public:
  PostgresTarget(const Server& server, const BackupContents& contents,
                 const RestoreOptions& options, Watcher& watcher)
      : chosen_(options.tables.empty() ? nullptr
                                       : std::make_unique<ChosenTables>(contents, options.tables)),
        contents_(chosen_ ? *chosen_ : contents),
        options_(options),
        restoration_{.server = server,
                     .contents = contents_,
                     .watcher = watcher,
                     .jobs = std::max(options.jobs, 1U),
                     .scope = options.scope,
                     .open_sessions = options.open_sessions,
                     .sessions = {server, options.jobs + 1}} {}

  const Plan& plan() override;
  std::vector<Phase> before_rows() override;
  std::unique_ptr<Sink> load(const Table& table, Loading loading) override;
  std::vector<Phase> after_rows() override;
  std::vector<Phase> after_check() override;
  void reread(const Table& table, Sink& sink) override;
  bool is_missing(const Table& table) const override {
    return restoration_.missing.has(table.database, on_target(table).name);
  }
  void finish() override { restoration_.borrowed_roles.give_back(); }
  Totals totals() const override { return restoration_.outcome.totals(); }
  std::string undo() const override;
  std::vector<Gap> gaps() const override;

 private:
  using Work = std::string (*)(Restoration&);

  void look_at_tables_of_target();
  void plan_tables();
  void plan_tables_of(const TablesOfDatabase& chosen);
  const Table& on_target(const Table& table) const {
    return chosen_ ? chosen_->on_target(table) : table;
  }
  void require_plan();
  std::vector<std::string> reference() const;
  Phase phase_of(const char* name, Work work) {
    return {name, [this, work] {
              require_plan();
              return work(restoration_);
            }};
  }
  const Database& database_of(const Table& table) const;

  std::unique_ptr<ChosenTables> chosen_;  ///< where only tables are restored
  const BackupContents& contents_;
  RestoreOptions options_;
  Restoration restoration_;
  BinarySegments binary_tables_;  ///< when they are read again, each as its segment 0
  bool planned_ = false;
};

const Plan& PostgresTarget::plan() {
  if (planned_) return restoration_.plan.shown;
  restoration_.backup = read_backup(contents_, options_.account_names);
  const TargetFacts facts =
      read_target_facts(restoration_.server, questions_about(restoration_.backup, options_));
  restoration_.plan = make_plan(restoration_.backup, facts, options_, new_stamp());
  if (options_.scope == RestoreScope::kData) restoration_.sessions.fire_no_triggers();
  for (const DatabaseModel& one : restoration_.backup.databases)
    restoration_.sessions.expect(one.database.name, one.database.encoding);
  if (options_.scope == RestoreScope::kData) look_at_tables_of_target();
  if (chosen_) plan_tables();
  restoration_.plan.shown.reference = reference();
  planned_ = true;
  for (const auto& warning :
       {disk_warning(restoration_.backup, facts), log_warning(restoration_.plan.accounts, facts)}) {
    if (warning) restoration_.watcher.notice(*warning);
  }
  return restoration_.plan.shown;
}

void PostgresTarget::look_at_tables_of_target() {
  Plan& shown = restoration_.plan.shown;
  if (!shown.refusals.empty()) return;
  for (const DatabaseModel& one : restoration_.backup.databases) {
    std::vector<Table> tables;
    std::ranges::copy_if(contents_.tables(), std::back_inserter(tables),
                         [&](const Table& table) { return table.database == one.database.number; });
    TargetSession session = restoration_.sessions.borrow(one.database.name);
    for (std::string& refusal : look_at_tables(*session, tables))
      shown.refusals.push_back(std::move(refusal));
  }
}

void PostgresTarget::plan_tables() {
  Plan& shown = restoration_.plan.shown;
  for (const TablesOfDatabase& one : chosen_->chosen()) {
    PlannedTables& planned = restoration_.plan.tables[one.database.number];
    for (const ChosenTable& table : one.tables) {
      // What a foreign table holds is elsewhere, and not ours to read.
      if (table.kind == "TABLE") planned.tables.push_back(table.choice.name_on_target);
    }
  }
  if (!shown.refusals.empty()) return;
  for (const TablesOfDatabase& one : chosen_->chosen()) plan_tables_of(one);
  shown.steps.clear();
  if (!shown.refusals.empty()) return;
  shown.steps = steps_of(restoration_.backup, restoration_.plan, options_.scope);
  name_tables(chosen_->chosen(), options_.scope, shown.steps);
}

void PostgresTarget::plan_tables_of(const TablesOfDatabase& chosen) {
  Plan& shown = restoration_.plan.shown;
  const int number = chosen.database.number;
  TargetSession session = restoration_.sessions.borrow(chosen.database.name);
  if (loads_rows(options_.scope)) std::ranges::copy(chosen.lost, std::back_inserter(shown.gaps));
  if (!makes_definitions(options_.scope)) {
    std::ranges::move(look_for_sequences(*session, chosen), std::back_inserter(shown.refusals));
    return;
  }
  std::ranges::copy(chosen.gaps, std::back_inserter(shown.gaps));
  TablesOnTarget found = look_for_tables(*session, chosen);
  std::ranges::move(found.refusals, std::back_inserter(shown.refusals));
  for (const int key : found.impossible) {
    shown.gaps.push_back(
        missing_reference(chosen_->leave_out(number, key), chosen.references.at(key)));
  }
  if (!found.impossible.empty()) count_entries(restoration_.backup, *chosen_, number);
  restoration_.plan.tables[number].default_grantees = default_grantees(*session);
}

std::vector<std::string> PostgresTarget::reference() const {
  if (options_.scope != RestoreScope::kAll || chosen_) return {};

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
  std::vector<Phase> phases;
  const RestoreScope scope = options_.scope;
  if (restores_accounts(options_)) phases.push_back(phase_of(phase::kAccounts, restore_accounts));
  if (makes_definitions(scope)) {
    if (!chosen_) phases.push_back(phase_of(phase::kDatabases, restore_databases));
    phases.push_back(phase_of(phase::kSchema, restore_schema));
  } else if (loads_rows(scope)) {
    phases.push_back(phase_of(phase::kSchema, restore_large_objects));
  }
  return phases;
}

std::vector<Phase> PostgresTarget::after_rows() {
  std::vector<Phase> phases;
  const RestoreScope scope = options_.scope;
  const auto add = [&](const char* name, Work work) { phases.push_back(phase_of(name, work)); };
  if (loads_rows(scope)) add(phase::kValues, restore_values);
  if (makes_definitions(scope)) {
    add(phase::kIndexes, restore_indexes);
    add(phase::kGrants, restore_grants);
  }
  if (loads_rows(scope)) {
    if (!chosen_) add(phase::kViews, refresh_views);
    add(phase::kStatistics, analyze);
  }
  if (makes_databases(options_)) add(phase::kLast, restore_last);
  if (scope != RestoreScope::kData && !chosen_) add(phase::kSettings, restore_settings);
  return phases;
}

std::vector<Phase> PostgresTarget::after_check() {
  const bool may_replace = options_.existing == Existing::kReplace && makes_databases(options_);
  if (!may_replace) return {};
  return {phase_of(phase::kExchange, exchange_databases)};
}

const Database& PostgresTarget::database_of(const Table& table) const {
  const std::vector<DatabaseModel>& databases = restoration_.backup.databases;
  const auto found = std::ranges::find_if(
      databases, [&](const DatabaseModel& one) { return one.database.number == table.database; });
  if (found == databases.end()) {
    throw Error(Fault::kInternal,
                fmt::format("there is no database {} in the plan", table.database));
  }
  return found->database;
}

std::unique_ptr<Sink> PostgresTarget::load(const Table& table, Loading loading) {
  switch (table.kind) {
    case TableKind::kTable:
    case TableKind::kConfiguration:
      return load_rows(restoration_, database_of(table), on_target(table),
                       options_.scope == RestoreScope::kData ? Loading::kShared : loading);
    case TableKind::kLargeObjects:
      return load_large_objects(restoration_.sessions, database_of(table));
    case TableKind::kMaterializedView:
      break;
  }
  throw Error(Fault::kInternal, "a materialized view is refreshed, not loaded");
}

void PostgresTarget::reread(const Table& table, Sink& sink) {
  const Database& database = database_of(table);
  const RowFormat format = binary_tables_.format_of(table, 0);
  TargetSession session = restoration_.sessions.borrow(database.name);
  try {
    const bool is_unforced = !restoration_.plan.powers.superuser &&
                             stop_forcing_row_security(*session, on_target(table));
    read_rows(*session, on_target(table), {}, database.encoding, format, sink);
    if (is_unforced) session->run("ROLLBACK");
  } catch (const SqlError& error) {
    const std::string what = "read " + in_words(table, database.name);
    if (!may_be_too_long(table, error.state())) fail_to(what, error);
    if (format == RowFormat::kBinary) fail_to_read(table, database.name, error);
    binary_tables_.add(table, 0);
    throw DumpAgain("cannot " + what + " as text: " + error.said());
  }
}

std::string PostgresTarget::undo() const {
  if (!chosen_) return "";
  std::vector<std::string> statements;
  for (const auto& [database, tables] : restoration_.outcome.tables()) {
    statements.push_back(fmt::format("DROP TABLE {}; in database {}", fmt::join(tables, ", "),
                                     quote_name(database)));
  }
  return fmt::format("{}", fmt::join(statements, ", "));
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
