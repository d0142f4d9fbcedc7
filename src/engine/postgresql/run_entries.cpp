#include "engine/postgresql/run_entries.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/parallel.h"
#include "engine/postgresql/child_columns.h"
#include "engine/postgresql/entry_schedule.h"
#include "engine/postgresql/plan_tables.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/restore_extensions.h"
#include "engine/postgresql/run_definition.h"

namespace vya::pg {

namespace {

/// An extension in the version of the backup where the target has it; pg_dump does not say which it
/// was.
Statement extension_statement(const Restoration& restoration, const DatabaseModel& database,
                              const Entry& entry) {
  const auto found = std::ranges::find(database.catalog.extensions, entry.name, &Extension::name);
  if (found == database.catalog.extensions.end()) {
    throw Error(Fault::kCheckFailed,
                "cannot restore " + in_words(entry) + ": the backup's catalog does not know it");
  }
  const bool in_default =
      restoration.plan.default_versions.contains({database.database.number, entry.name});
  return create_extension(*found, in_default ? "" : found->version);
}

Statement statement_of(const Restoration& restoration, const DatabaseModel& database,
                       const Entry& entry) {
  if (entry.kind == "EXTENSION") {
    return in_database(database.database.name, extension_statement(restoration, database, entry));
  }
  Statement statement = run_entry(entry, [&](const std::string& tablespace) {
    return restoration.plan.tablespace_on_target(tablespace);
  });
  statement.sql +=
      keep_old_defaults(entry, restoration.backup.server.major, restoration.plan.version);
  const auto tables = restoration.plan.tables.find(database.database.number);
  if (tables != restoration.plan.tables.end())
    statement.sql += revoke_defaults(entry, tables->second.default_grantees);
  return in_database(database.database.name, std::move(statement));
}

/// The order of a child's columns where it is not the one that its definition gives.
const ColumnOrder* order_of(const Catalog& catalog, const Entry& entry) {
  if (!entry.kind.ends_with("TABLE")) return nullptr;
  const auto found = std::ranges::find_if(catalog.column_orders, [&](const ColumnOrder& order) {
    return order.schema == entry.schema && order.name == entry.name;
  });
  return found == catalog.column_orders.end() ? nullptr : &*found;
}

void count(Outcome& outcome, const Entry& entry) {
  outcome.add(Count::kDefinitions);
  if (entry.kind == "TABLE") outcome.add(Count::kTables);
  if (entry.kind == "EXTENSION") outcome.add(Count::kExtensions);
  if (entry.kind == "INDEX") outcome.add(Count::kIndexes);
  if (entry.kind.ends_with("CONSTRAINT")) outcome.add(Count::kConstraints);
}

/// While definitions run, names that the server makes texts of (a function's search_path, a
/// dictionary's options) are quoted where needed, as they were when the definitions were new.
class QuotingAsNeeded {
 public:
  explicit QuotingAsNeeded(Connection& connection) : connection_(connection) {
    connection_.run("SET quote_all_identifiers = off");
  }
  QuotingAsNeeded(const QuotingAsNeeded&) = delete;
  QuotingAsNeeded& operator=(const QuotingAsNeeded&) = delete;
  ~QuotingAsNeeded() {
    try {
      connection_.run("SET quote_all_identifiers = on");
    } catch (const Error&) {  // a lost session is nobody's next
    }
  }

 private:
  Connection& connection_;
};

/// The threads that work on a database's entries, and what is left for them.
class Crew {
 public:
  Crew(Restoration& restoration, const DatabaseModel& database, const std::vector<Entry>& entries,
       const TableMap& tables)
      : restoration_(restoration),
        database_(database),
        entries_(entries),
        schedule_(entries, tables) {}

  void work() {
    std::optional<std::size_t> entry = next();
    if (!entry) return;
    try {
      TargetSession session = restoration_.sessions.borrow(database_.database.name);
      const QuotingAsNeeded quoting(*session);
      for (; entry; entry = next()) {
        run_entry(restoration_, *session, database_, entries_[*entry]);
        end(*entry);
      }
    } catch (...) {
      give_up();
      throw;
    }
  }

 private:
  std::optional<std::size_t> next() {
    std::unique_lock lock(mutex_);
    for (;;) {
      if (given_up_ || schedule_.finished()) return std::nullopt;
      if (const std::optional<std::size_t> entry = schedule_.begin()) return entry;
      changed_.wait(lock);
    }
  }

  void end(std::size_t entry) {
    const std::lock_guard lock(mutex_);
    schedule_.end(entry);
    changed_.notify_all();
  }

  void give_up() {
    const std::lock_guard lock(mutex_);
    given_up_ = true;
    changed_.notify_all();
  }

  Restoration& restoration_;
  const DatabaseModel& database_;
  const std::vector<Entry>& entries_;
  std::mutex mutex_;
  std::condition_variable changed_;
  EntrySchedule schedule_;
  bool given_up_ = false;
};

/// The entries of a stage, in their order, among the tables of all stages.
struct StageEntries {
  std::vector<Entry> entries;
  TableMap tables;
};

StageEntries read_stage(const Restoration& restoration, const DatabaseModel& database,
                        Stage stage) {
  StageEntries all;
  visit_entries(restoration.contents, restoration.backup.role_names, database.database.number,
                [&](Stage found, Entry entry) {
                  all.tables.add(entry);
                  if (found == stage) all.entries.push_back(std::move(entry));
                });
  return all;
}

void run_crew(Restoration& restoration, const DatabaseModel& database,
              const std::vector<Entry>& entries, const TableMap& tables, unsigned jobs) {
  Crew crew(restoration, database, entries, tables);
  in_parallel(std::min<std::size_t>(jobs, entries.size()), jobs, [&](std::size_t) { crew.work(); });
}

bool makes_index(const Entry& entry) {
  return entry.kind == "INDEX" || entry.kind == "INDEX ATTACH" || entry.kind == "CONSTRAINT";
}

}  // namespace

void run_entry(Restoration& restoration, Connection& connection, const DatabaseModel& database,
               const Entry& entry) {
  const int number = database.database.number;
  const StatementOf statement_of_this = [&](const Entry& one) {
    return statement_of(restoration, database, one);
  };
  if (restoration.missing.needs_one(number, entry)) {
    restoration.outcome.add(missing_definition(entry, "what it belongs to is missing"));
    restoration.missing.add(number, entry);
    return;
  }
  bool is_there = true;
  if (const ColumnOrder* order = order_of(database.catalog, entry)) {
    is_there = create_in_order(restoration, connection, database, entry, *order, statement_of_this);
  } else if (entry.kind == "EXTENSION") {
    is_there = create_extension(restoration, connection, database, entry, statement_of_this);
  } else if (entry.kind == "SECURITY LABEL") {
    execute_label(restoration, connection, statement_of_this(entry));
  } else {
    is_there = run_definition(restoration, connection, database, entry, statement_of_this);
  }
  if (is_there) {
    count(restoration.outcome, entry);
    if (entry.kind.ends_with("TABLE"))
      restoration.outcome.add_table(database.database.name, quote_name(entry.schema, entry.name));
  } else {
    restoration.missing.add(number, entry);
  }
}

void run_in_order(Restoration& restoration, const DatabaseModel& database, Stage stage) {
  TargetSession session = restoration.sessions.borrow(database.database.name);
  const QuotingAsNeeded quoting(*session);
  visit_entries(restoration.contents, restoration.backup.role_names, database.database.number,
                stage,
                [&](const Entry& entry) { run_entry(restoration, *session, database, entry); });
}

void run_in_parallel(Restoration& restoration, const DatabaseModel& database, Stage stage,
                     unsigned jobs) {
  const StageEntries all = read_stage(restoration, database, stage);
  run_crew(restoration, database, all.entries, all.tables, jobs);
}

void run_indexes_first(Restoration& restoration, const DatabaseModel& database, Stage stage,
                       unsigned jobs, const std::function<void()>& between) {
  StageEntries all = read_stage(restoration, database, stage);
  std::vector<Entry> first;
  std::vector<Entry> others;
  std::set<int> waiting;
  for (Entry& entry : all.entries) {  // each comes after those that it needs
    const bool waits = !makes_index(entry) || std::ranges::any_of(entry.dependencies, [&](int id) {
      return waiting.contains(id);
    });
    if (waits) waiting.insert(entry.id);
    (waits ? others : first).push_back(std::move(entry));
  }
  run_crew(restoration, database, first, all.tables, jobs);
  between();
  run_crew(restoration, database, others, all.tables, jobs);
}

}  // namespace vya::pg
