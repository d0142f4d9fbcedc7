#include "engine/mysql/target.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include "engine/mysql/accounts/accounts_restore.h"
#include "engine/mysql/accounts/grants_sql.h"
#include "engine/mysql/chosen_tables.h"
#include "engine/mysql/create_table.h"
#include "engine/mysql/local_infile.h"
#include "engine/mysql/phases.h"
#include "engine/mysql/plan_tables.h"
#include "engine/mysql/quote.h"
#include "engine/mysql/row_loader.h"
#include "engine/mysql/row_query.h"
#include "engine/mysql/stored_object.h"
#include "engine/mysql/table_grants.h"

namespace vya::mysql {

namespace {

constexpr bool restores_accounts(RestoreScope scope) {
  return scope == RestoreScope::kAll || scope == RestoreScope::kAccounts;
}

/// As definers are written.
std::map<std::string, std::string> full_names(const std::map<std::string, std::string>& names,
                                              Vendor vendor) {
  std::map<std::string, std::string> full;
  for (const auto& [from, to] : names)
    full[to_text(written_name(from, vendor))] = to_text(written_name(to, vendor));
  return full;
}

class MysqlTarget final : public Target {
 public:
  MysqlTarget(const Server& server, const BackupContents& contents, const RestoreOptions& options,
              Watcher& watcher)
      : chosen_(options.tables.empty() ? nullptr
                                       : std::make_unique<ChosenTables>(contents, options.tables)),
        contents_(chosen_ ? *chosen_ : contents),
        options_(options),
        local_infile_(watcher),
        restoration_{.server = server,
                     .contents = contents_,
                     .watcher = watcher,
                     .jobs = std::max(options.jobs, 1U),
                     .scope = options.scope,
                     .single_tables = chosen_ != nullptr,
                     .sessions = RestoreSessions(server)} {}

  const Plan& plan() override;
  std::vector<Phase> before_rows() override;
  std::unique_ptr<Sink> load(const Table& table, Loading loading) override;
  std::vector<Phase> after_rows() override;
  std::vector<Phase> after_check() override { return {}; }
  void reread(const Table& of_backup, Sink& sink) override;
  bool is_missing(const Table&) const override { return false; }
  void finish() override;
  Totals totals() const override;
  std::string undo() const override;
  std::vector<Gap> gaps() const override;

 private:
  using Work = std::string (*)(Restoration&);

  void require_plan();
  void plan_accounts(Connection& connection, std::set<std::string> definers);
  void plan_tables(Connection& connection);
  void plan_table_grants(Connection& connection);
  const Table& on_target(const Table& table) const {
    return chosen_ ? chosen_->on_target(table) : table;
  }
  Phase accounts_phase(const char* name, std::string (AccountsRestore::*work)(Connection&));
  void prepare_sessions();
  Phase phase_of(const char* name, Work work) {
    return {name, [this, work] {
              require_plan();
              return work(restoration_);
            }};
  }
  const Relation& relation_of(const Table& table);
  Relation read_relation(const Table& table, Relation there) const;

  std::unique_ptr<ChosenTables> chosen_;  ///< where only tables are restored
  const BackupContents& contents_;
  RestoreOptions options_;
  LocalInfile local_infile_;
  Restoration restoration_;
  std::unique_ptr<AccountsRestore> accounts_;  ///< nothing where none are restored
  TableGrants table_grants_;
  bool planned_ = false;
  std::once_flag prepared_;
  bool replicas_ = false;
  std::once_flag relations_read_;
  std::map<std::pair<int, std::string>, Relation> relations_;  ///< on the target
};

const Plan& MysqlTarget::plan() {
  if (planned_) return restoration_.plan.shown;
  restoration_.backup = read_backup(contents_);
  options_.account_names = full_names(options_.account_names, restoration_.server.flavor().vendor);
  std::set<std::string> definers;
  for (DatabaseModel& database : restoration_.backup.databases) {
    for (SchemaObject& object : database.objects) {
      if (object.definer) definers.insert(*object.definer);
      map_definer(object, options_.account_names);
    }
  }
  const auto connection = restoration_.server.connect_to_load(BinaryLog::kWritten);
  const TargetFacts facts = read_target_facts(
      *connection, restoration_.server.flavor(), contents_.databases(),
      options_.scope == RestoreScope::kData ? LookAtTables::kYes : LookAtTables::kNo);
  restoration_.end_of_time = end_of_time(facts.flavor);
  replicas_ = facts.replicas;
  restoration_.plan = make_plan(restoration_.backup, facts, contents_, options_);
  if (chosen_) {
    plan_tables(*connection);
  } else if (restores_accounts(options_.scope)) {
    plan_accounts(*connection, std::move(definers));
  }
  planned_ = true;
  return restoration_.plan.shown;
}

void MysqlTarget::plan_tables(Connection& connection) {
  Plan& shown = restoration_.plan.shown;
  if (!shown.refusals.empty()) return;
  BackupModel& backup = restoration_.backup;
  const TablesOnTarget there =
      look_for_tables(connection, restoration_.server.flavor(), databases_of_tables(backup));
  TablesPlan plan = mysql::plan_tables(backup, *chosen_, there, options_.scope);
  std::ranges::move(plan.refusals, std::back_inserter(shown.refusals));
  std::ranges::move(plan.gaps, std::back_inserter(shown.gaps));
  if (!shown.refusals.empty()) return;
  std::ranges::move(plan.steps, std::back_inserter(shown.steps));
  for (const std::string& notice : plan.notices) restoration_.watcher.notice(notice);
  if (makes_definitions(options_.scope)) plan_table_grants(connection);
}

void MysqlTarget::plan_table_grants(Connection& connection) {
  const auto globals = contents_.read({DocumentKind::kGlobals, 0});
  if (!globals) return;
  const Flavor& flavor = restoration_.server.flavor();
  Plan& shown = restoration_.plan.shown;
  std::vector<Gap> unread;
  const Accounts there = read_accounts(connection, flavor, unread);
  table_grants_ = mysql::plan_table_grants(read_accounts_json(*globals), there, restoration_.backup,
                                           *chosen_, options_.account_names, flavor.vendor);
  if (!unread.empty()) {
    for (Gap& gap : table_grants_.gaps) {
      gap.why = fmt::format(
          "the user may not read {} of the target, so it is not known whether "
          "the account is there",
          unread.front().what);
    }
  }
  std::ranges::move(table_grants_.gaps, std::back_inserter(shown.gaps));
  for (const Grant& grant : table_grants_.given) {
    shown.steps.push_back({AccountsRestore::kGrantsPhase, give(grant, flavor.vendor)});
  }
}

/// Accounts come first and what they may do comes last.
void MysqlTarget::plan_accounts(Connection& connection, std::set<std::string> definers) {
  const auto globals = contents_.read({DocumentKind::kGlobals, 0});
  if (!globals) return;
  AccountsRequest request{.backup = read_accounts_json(*globals),
                          .source = contents_.server(),
                          .options = options_,
                          .databases = std::nullopt,
                          .definers = std::move(definers)};
  if (makes_definitions(options_.scope)) {
    request.databases.emplace();
    for (const DatabaseModel& database : restoration_.backup.databases)
      request.databases->emplace(database.source_name(), database.name());
  }
  accounts_ = std::make_unique<AccountsRestore>(std::move(request), connection,
                                                restoration_.server.flavor());
  Plan& shown = restoration_.plan.shown;
  std::vector<PlanStep> steps = accounts_->steps();
  const auto grants =
      std::ranges::find(steps, std::string(AccountsRestore::kGrantsPhase), &PlanStep::phase);
  shown.steps.insert(shown.steps.begin(), steps.begin(), grants);
  shown.steps.insert(shown.steps.end(), grants, steps.end());
  for (const std::string& refusal : accounts_->refusals()) shown.refusals.push_back(refusal);
  for (Gap& gap : accounts_->gaps()) shown.gaps.push_back(std::move(gap));
}

Phase MysqlTarget::accounts_phase(const char* name,
                                  std::string (AccountsRestore::*work)(Connection&)) {
  return {name, [this, work] {
            require_plan();
            if (!accounts_) return in_words(Totals{});
            RestoreSession session = restoration_.sessions.borrow();
            return (*accounts_.*work)(*session);
          }};
}

void MysqlTarget::require_plan() {
  const std::vector<std::string>& refusals = plan().refusals;
  if (!refusals.empty()) {
    throw Error(Fault::kRefused, "cannot restore to " + restoration_.server.address().text() +
                                     ": " + refusals.front());
  }
  std::call_once(prepared_, [this] { prepare_sessions(); });
}

/// Where servers copy what happens here, a restore has to happen there too; and what happens later
/// to a table in a database that is in use is in the log in any case.
void MysqlTarget::prepare_sessions() {
  if (restoration_.server.flavor().is_on("log_bin") && !chosen_) {
    if (replicas_) {
      restoration_.watcher.notice(
          "the server has replicas, so all that is restored is written to its binary log");
    } else {
      restoration_.sessions.spare_binary_log();
    }
  }
  if (loads_rows(options_.scope)) local_infile_.turn_on(restoration_.server);
}

std::vector<Phase> MysqlTarget::before_rows() {
  std::vector<Phase> phases;
  if (restores_accounts(options_.scope) && !chosen_)
    phases.push_back(accounts_phase(AccountsRestore::kAccountsPhase, &AccountsRestore::create));
  if (makes_definitions(options_.scope)) {
    if (!chosen_) phases.push_back(phase_of(phase::kDatabases, restore_databases));
    phases.push_back(phase_of(phase::kTables, restore_tables));
  }
  return phases;
}

std::vector<Phase> MysqlTarget::after_rows() {
  std::vector<Phase> phases;
  const auto add = [&](const char* name, Work work) { phases.push_back(phase_of(name, work)); };
  if (makes_definitions(options_.scope)) {
    add(phase::kIndexes, restore_indexes);
    add(phase::kForeignKeys, restore_foreign_keys);
    add(chosen_ ? phase::kTriggers : phase::kObjects, restore_objects);
  }
  if (loads_rows(options_.scope)) add(phase::kStatistics, analyze);
  if (makes_definitions(options_.scope) && !chosen_) add(phase::kEvents, restore_events);
  if (chosen_ && makes_definitions(options_.scope)) {
    phases.push_back({AccountsRestore::kGrantsPhase, [this] {
                        require_plan();
                        return give_table_grants(restoration_, table_grants_);
                      }});
  } else if (restores_accounts(options_.scope)) {
    phases.push_back(accounts_phase(AccountsRestore::kGrantsPhase, &AccountsRestore::grant));
  }
  return phases;
}

std::unique_ptr<Sink> MysqlTarget::load(const Table& table, Loading loading) {
  require_plan();
  return load_rows(restoration_, on_target(table), loading);
}

void MysqlTarget::reread(const Table& of_backup, Sink& sink) {
  const Table& table = on_target(of_backup);
  const DatabaseModel& database = restoration_.backup.database(table.database);
  RestoreSession session = restoration_.sessions.borrow(database.name());
  try {
    const Relation& relation = relation_of(table);
    session->run("SET SESSION character_set_results = binary");
    write_rows(*session, row_query(database.name(), relation, {}), sink);
    session->run("SET SESSION character_set_results = utf8mb4");
  } catch (const SqlError& error) {
    fail_to("read table " + quote_name(database.name(), table.name.name), error);
  }
}

const Relation& MysqlTarget::relation_of(const Table& table) {
  std::call_once(relations_read_, [this] {
    RestoreSession session = restoration_.sessions.borrow();
    std::vector<Gap> gaps;  // those of a backup that this would be
    for (Relation& relation : relations_with_rows(*session, contents_.databases(), gaps)) {
      const std::pair key(relation.table.database, relation.table.name.name);
      relations_.emplace(key, std::move(relation));
    }
    for (const Table& read : contents_.tables()) {
      const auto found = relations_.find({read.database, read.name.name});
      if (found != relations_.end()) found->second = read_relation(read, std::move(found->second));
    }
  });
  const auto found = relations_.find({table.database, table.name.name});
  if (found != relations_.end()) return found->second;
  throw Error(Fault::kCheckFailed,
              fmt::format("table '{}' is not on the server any more", table.name.name));
}

/// The relation with its columns as those of the backup's rows are.
Relation MysqlTarget::read_relation(const Table& table, Relation there) const {
  const DatabaseModel& database = restoration_.backup.database(table.database);
  const auto row_end = parse_create_table(database.table(table.name.name).definition).row_end;
  std::vector<Column> columns;
  for (const std::string& name : table.columns) {
    const auto found = std::ranges::find(there.columns, name, &Column::name);
    columns.push_back(found == there.columns.end() ? Column{.name = name, .type = "", .read_as = ""}
                                                   : *found);
    if (name == row_end) {
      columns.back().read_as =
          fmt::format("IF({0} = '{1}', '{2}', {0})", quote_name(name), restoration_.end_of_time,
                      end_of_time(restoration_.backup.source));
    }
  }
  there.columns = std::move(columns);
  return there;
}

void MysqlTarget::finish() {
  enable_events(restoration_);
  local_infile_.put_back();
}

std::string MysqlTarget::undo() const {
  std::vector<std::string> statements;
  for (const std::string& name : restoration_.outcome.databases())
    statements.push_back("DROP DATABASE " + quote_name(name) + ";");
  for (const std::string& table : restoration_.outcome.tables())
    statements.push_back("DROP " + table + ";");
  return fmt::format("{}", fmt::join(statements, " "));
}

std::vector<Gap> MysqlTarget::gaps() const {
  std::vector<Gap> gaps = restoration_.plan.shown.gaps;
  for (Gap& gap : restoration_.outcome.gaps()) gaps.push_back(std::move(gap));
  if (!accounts_) return gaps;
  for (Gap& gap : accounts_->gaps()) {
    if (std::ranges::find(gaps, gap) == gaps.end()) gaps.push_back(std::move(gap));
  }
  return gaps;
}

Totals MysqlTarget::totals() const {
  Totals totals = accounts_ ? accounts_->totals() : Totals{};
  for (auto& one : restoration_.outcome.totals()) totals.push_back(std::move(one));
  return totals;
}

}  // namespace

std::unique_ptr<Target> prepare_target(const Server& server, const BackupContents& contents,
                                       const RestoreOptions& options, Watcher& watcher) {
  return std::make_unique<MysqlTarget>(server, contents, options, watcher);
}

}  // namespace vya::mysql
