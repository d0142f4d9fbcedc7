#include "engine/mysql/restore_plan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "engine/mysql/outcome.h"
#include "engine/mysql/preflight.h"
#include "engine/mysql/quote.h"

namespace vya::mysql {

namespace {

/// Types of objects and how several are called, in the order of a restore.
struct Kind {
  const char* type;
  const char* plural;
  const char* phase;
};

constexpr std::array kKinds = {
    Kind{"sequence", "sequences", phase::kTables},
    Kind{"table", "tables", phase::kTables},
    Kind{"function", "functions", phase::kObjects},
    Kind{"procedure", "procedures", phase::kObjects},
    Kind{"package", "packages", phase::kObjects},
    Kind{"package body", "package bodies", phase::kObjects},
    Kind{"view", "views", phase::kObjects},
    Kind{"trigger", "triggers", phase::kObjects},
    Kind{"event", "events", phase::kEvents},
};

class Planner {
 public:
  Planner(const BackupModel& backup, const TargetFacts& target, const BackupContents& contents,
          const RestoreOptions& options)
      : backup_(backup), target_(target), contents_(contents), options_(options) {}

  RestorePlan make() {
    look_at_options();
    look_at_versions();
    if (makes_definitions(options_.scope)) {
      if (makes_databases(options_)) look_at_databases();
      look_at_objects();
      if (makes_databases(options_)) add_steps();
    } else if (loads_rows(options_.scope)) {
      look_at_tables();
    }
    if (loads_rows(options_.scope)) look_at_history();
    return std::move(plan_);
  }

 private:
  void refuse(std::string why) { plan_.shown.refusals.push_back(std::move(why)); }

  void look_at_options();
  void look_at_versions();
  void look_at_databases();
  void look_at_objects();
  void look_at_tables();
  void look_at_table(const DatabaseModel& database, const Table& table);
  void look_at_history();
  void add_steps();

  const BackupModel& backup_;
  const TargetFacts& target_;
  const BackupContents& contents_;
  const RestoreOptions& options_;
  RestorePlan plan_;
};

void Planner::look_at_options() {
  if (options_.existing == Existing::kReplace) {
    refuse(
        "MySQL and MariaDB cannot rename a database, so none can be replaced; drop the database "
        "and restore it, or restore it under another name (--database shop=shop_copy)");
  }
  if (!options_.tablespace_folders.empty())
    refuse("--tablespace is for PostgreSQL: databases of MySQL and MariaDB have no such folders");
}

void Planner::look_at_versions() {
  const Flavor& source = backup_.source;
  const Flavor& target = target_.flavor;
  if (source.vendor != target.vendor) {
    refuse(
        fmt::format("the backup is of {} {}, the target is {} {}: definitions and rows of the "
                    "one are not proven to mean the same on the other",
                    source.product(), source.version, target.product(), target.version));
  } else if (std::pair(target.major, target.minor) < std::pair(source.major, source.minor)) {
    refuse(fmt::format("the target is {} {}, lower than the backup's {}", target.product(),
                       target.version, source.version));
  }
  constexpr const char* kNames = "lower_case_table_names";
  if (source.has(kNames) && source.variable(kNames) != target.variable(kNames)) {
    refuse(
        fmt::format("{} is {} on the target and was {} on the source, so names of tables would "
                    "not be found again; initialise the target with the source's value",
                    kNames, target.variable(kNames), source.variable(kNames)));
  }
}

void Planner::look_at_databases() {
  for (const DatabaseModel& one : backup_.databases) {
    const std::string& name = one.name();
    if (target_.used.contains(name)) {
      refuse(
          fmt::format("database {} exists; restore under another name with --database {}=..., "
                      "or drop it",
                      quote_name(name), one.source_name()));
    } else if (target_.databases.contains(name)) {
      plan_.existing.insert(name);
    }
  }
}

void Planner::look_at_objects() {
  for (const DatabaseModel& one : backup_.databases) {
    for (std::string& refusal : missing_for(one, target_)) refuse(std::move(refusal));
  }
}

void Planner::look_at_tables() {
  for (const Table& table : contents_.tables())
    look_at_table(backup_.database(table.database), table);
}

void Planner::look_at_table(const DatabaseModel& database, const Table& table) {
  const std::string name = quote_name(database.name(), table.name.name);
  const auto found = target_.tables.find({database.name(), table.name.name});
  if (found == target_.tables.end())
    return refuse(fmt::format("table {} is not there; only rows were asked for", name));
  const TableOnTarget& there = found->second;
  auto sorted = [](std::vector<std::string> names) {
    std::ranges::sort(names);
    return names;
  };
  if (sorted(there.columns) != sorted(table.columns)) {
    refuse(fmt::format("table {} has other columns than in the backup: {} instead of {}", name,
                       fmt::join(there.columns, ", "), fmt::join(table.columns, ", ")));
  }
  if (!there.empty) refuse(fmt::format("table {} has rows; empty it first", name));
  if (!there.triggers.empty()) {
    refuse(
        fmt::format("table {} has triggers that would fire for each row: {}; drop them, and "
                    "create them again afterwards",
                    name, fmt::join(there.triggers, ", ")));
  }
}

/// Past rows need a server that takes them: MariaDB 10.11.
void Planner::look_at_history() {
  if (takes_past_rows(target_.flavor)) return;
  for (const DatabaseModel& one : backup_.databases) {
    for (const SchemaObject* table : one.of_type("table")) {
      if (table->definition.find("WITH SYSTEM VERSIONING") == std::string::npos) continue;
      refuse(
          fmt::format("table {} keeps its past rows, which this server takes from nobody; it "
                      "needs MariaDB 10.11 or later",
                      quote_name(one.name(), table->name)));
    }
  }
}

void Planner::add_steps() {
  Plan& shown = plan_.shown;
  for (const DatabaseModel& one : backup_.databases) {
    const std::string renamed =
        one.renamed() ? fmt::format(" from {}", quote_name(one.source_name())) : "";
    shown.steps.push_back(
        {phase::kDatabases,
         fmt::format("{} database {}{}", plan_.existing.contains(one.name()) ? "fill" : "create",
                     quote_name(one.name()), renamed)});
  }
  for (const Kind& kind : kKinds) {
    for (const DatabaseModel& one : backup_.databases) {
      const std::size_t count = one.of_type(kind.type).size();
      if (count == 0) continue;
      shown.steps.push_back(
          {kind.phase, fmt::format("create {} in {}", in_words({{kind.plural, count}}),
                                   quote_name(one.name()))});
    }
  }
}

}  // namespace

RestorePlan make_plan(const BackupModel& backup, const TargetFacts& target,
                      const BackupContents& contents, const RestoreOptions& options) {
  return Planner(backup, target, contents, options).make();
}

}  // namespace vya::mysql
