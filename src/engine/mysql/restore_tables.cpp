// Databases, sequences and tables; then, when the rows are there, indexes and foreign keys.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/parallel.h"
#include "engine/mysql/create_table.h"
#include "engine/mysql/phases.h"
#include "engine/mysql/quote.h"
#include "engine/mysql/sql_tokens.h"
#include "engine/mysql/table_place.h"

namespace vya::mysql {

namespace {

/// What a database's definition says behind its name: `/*!40100 DEFAULT CHARACTER SET latin1 */`.
std::string properties_in(const std::string& definition) {
  std::string rest;
  bool named = false;
  for (const SqlToken& token : sql_tokens(definition)) {
    if (named) rest += token.text;
    named = named || token.kind == SqlTokenKind::kName;
  }
  return rest;
}

TableInParts parts_of(const Restoration& restoration, const SchemaObject& table) {
  const auto new_names = restoration.backup.new_names();
  return in_parts(parse_create_table(
      new_names.empty() ? table.definition : with_databases_renamed(table.definition, new_names)));
}

/// Gives a sequence its next value; one that is at its end has none that could be set, and its last
/// one is taken from it. Returns the next value then.
std::optional<std::string> set_value(Connection& session, const std::string& sequence,
                                     const std::string& value) {
  const std::string now = "SELECT next_not_cached_value FROM " + sequence;
  session.run(fmt::format("DO SETVAL({}, {}, 0)", sequence, value));
  if (session.value(now) == value) return value;
  const auto last =
      session.value("SELECT IF(increment < 0, minimum_value, maximum_value) FROM " + sequence);
  session.run(fmt::format("DO SETVAL({}, {}, 1)", sequence, last.value_or("NULL")));
  return session.value(now);
}

void create_sequence(Restoration& restoration, Connection& session, const DatabaseModel& database,
                     const SchemaObject& sequence) {
  const std::string what = in_words(database, sequence);
  execute(session, "create " + what, sequence.definition);
  restoration.outcome.add("sequences");
  const std::string name = quote_name(database.name(), sequence.name);
  if (restoration.single_tables) restoration.outcome.add_table("SEQUENCE " + name);
  if (!sequence.value) return;
  try {
    const auto value = set_value(session, name, *sequence.value);
    if (value == sequence.value) return;
    restoration.outcome.add(
        {.kind = "sequence",
         .what = name,
         .why = fmt::format("its next value is {}, not {} as on the source",
                            value.value_or("unknown"), *sequence.value),
         .cure = fmt::format("ALTER SEQUENCE {} RESTART WITH {}", name, *sequence.value)});
  } catch (const SqlError& error) {
    fail_to("set the value of " + what, error);
  }
}

/// Runs the statement. Returns what the server said where it refused.
std::optional<std::string> refused(Connection& session, const std::string& what,
                                   const std::string& sql) {
  try {
    session.run(sql);
    return std::nullopt;
  } catch (const SqlError& error) {
    if (error.fault() == Fault::kConnection) fail_to(what, error);
    return error.said();
  }
}

/// What a server says that puts a table elsewhere than it was told to, without refusing.
std::optional<std::string> ignored(Connection& session) {
  constexpr std::uint64_t kOptionIgnored = 1618;
  std::optional<std::string> said;
  if (session.warnings() == 0) return said;
  session.each("SHOW WARNINGS", [&](const RowView& row) {
    if (row.number(1) == kOptionIgnored) said = row.text(2);
  });
  return said;
}

/// A table whose files cannot be where they were is made where the server puts others.
void create_in_place(Restoration& restoration, Connection& session, const std::string& what,
                     const std::string& name, const std::string& sql) {
  const std::string anywhere = without_place(sql);
  if (anywhere == sql) return execute(session, what, sql);
  auto said = refused(session, what, sql);
  if (said) {
    execute(session, what, anywhere);
  } else {
    said = ignored(session);
  }
  if (!said) return;
  restoration.outcome.add(
      {.kind = "table-place",
       .what = name,
       .why = "it is where the server puts others and not where its definition says: " + *said,
       .cure = "Make that place, and copy the rows into a table that is made there: " + sql});
}

void create_table(Restoration& restoration, Connection& session, const DatabaseModel& database,
                  const SchemaObject& table) {
  const std::string what = "create " + in_words(database, table);
  const std::string name = quote_name(database.name(), table.name);
  const TableInParts parts = parts_of(restoration, table);
  const bool with_indexes = !restoration.single_tables && !parts.drop_indexes.empty();
  if (with_indexes && without_place(table.definition) == table.definition &&
      !refused(session, what, parts.create_indexed)) {
    restoration.indexed_tables.add(name, parts.drop_indexes);
  } else {
    create_in_place(restoration, session, what, name, parts.create);
  }
}

std::string total(const Restoration& restoration, const std::vector<std::string>& counts) {
  Totals totals;
  for (const std::string& count : counts)
    totals.emplace_back(count, restoration.outcome.number(count));
  return in_words(totals);
}

}  // namespace

std::string restore_databases(Restoration& restoration) {
  RestoreSession session = restoration.sessions.borrow();
  for (const DatabaseModel& one : restoration.backup.databases) {
    const std::string name = quote_name(one.name());
    const std::string properties = properties_in(one.itself.definition);
    if (restoration.plan.existing.contains(one.name())) {
      execute(*session, "change database " + name, "ALTER DATABASE " + name + properties);
    } else {
      execute(*session, "create database " + name, "CREATE DATABASE " + name + properties);
      restoration.outcome.add_database(one.name());
    }
    restoration.outcome.add("databases");
  }
  return total(restoration, {"databases"});
}

std::string restore_tables(Restoration& restoration) {
  restore_broken_views(restoration);
  for_each_object(
      restoration, "sequence",
      [&](Connection& session, const DatabaseModel& database, const SchemaObject& sequence) {
        create_sequence(restoration, session, database, sequence);
      });
  for_each_object(
      restoration, "table",
      [&](Connection& session, const DatabaseModel& database, const SchemaObject& table) {
        create_table(restoration, session, database, table);
        restoration.outcome.add("tables");
        if (restoration.single_tables)
          restoration.outcome.add_table("TABLE " + quote_name(database.name(), table.name));
      });
  return total(restoration, {"sequences", "tables"});
}

std::string restore_indexes(Restoration& restoration) {
  for_each_object(
      restoration, "table",
      [&](Connection& session, const DatabaseModel& database, const SchemaObject& table) {
        const std::string name = quote_name(database.name(), table.name);
        const TableInParts parts = parts_of(restoration, table);
        const bool has_some = restoration.indexed_tables.has(name);
        for (const std::string& addition : has_some ? parts.later_indexes : parts.indexes) {
          const bool added = execute_or_gap(restoration, session,
                                            {.kind = "index", .what = name, .why = "", .cure = ""},
                                            "ALTER TABLE " + name + addition);
          if (added) restoration.outcome.add("tables with indexes");
        }
      });
  const std::uint64_t count = restoration.outcome.number("tables with indexes");
  return count == 0 ? "nothing to do" : fmt::format("{} statements", count);
}

/// One after another: each locks two tables, and takes no time. Rows are compared only with those
/// of a database that is there: they were not among them on the source.
std::string restore_foreign_keys(Restoration& restoration) {
  for (const DatabaseModel& database : restoration.backup.databases) {
    RestoreSession session = restoration.sessions.borrow(database.name());
    if (restoration.single_tables) session->run("SET SESSION foreign_key_checks = 1");
    for (const SchemaObject* table : database.of_type("table")) {
      std::vector<std::string> keys = parts_of(restoration, *table).foreign_keys;
      if (!restoration.single_tables && !keys.empty())
        keys = {fmt::format("{}", fmt::join(keys, ","))};
      const std::string name = quote_name(database.name(), table->name);
      bool added = false;
      for (const std::string& key : keys) {
        added |= execute_or_gap(restoration, *session,
                                {.kind = "foreign-key", .what = name, .why = "", .cure = ""},
                                "ALTER TABLE " + name + key);
      }
      if (added) restoration.outcome.add("tables with foreign keys");
    }
    if (restoration.single_tables) session->run("SET SESSION foreign_key_checks = 0");
  }
  const std::uint64_t count = restoration.outcome.number("tables with foreign keys");
  return count == 0 ? "nothing to do" : "of " + in_words(Totals{{"tables", count}});
}

std::string analyze(Restoration& restoration) {
  for_each_object(
      restoration, "table",
      [&](Connection& session, const DatabaseModel& database, const SchemaObject& table) {
        const std::string name = quote_name(database.name(), table.name);
        execute(session, "analyze table " + name, "ANALYZE NO_WRITE_TO_BINLOG TABLE " + name);
      });
  return "of " + in_words(Totals{{"tables", restoration.outcome.number("tables")}});
}

}  // namespace vya::mysql
