// A database's schema: entries come back from their lines, and every one of them is run once,
// whatever they say they depend on.
#include "engine/postgresql/entry_schedule.h"
#include "engine/postgresql/entry_sql.h"
#include "tests/fuzz/documents.h"

namespace vya::fuzz {

namespace {

using Entries = std::vector<pg::Entry>;

Entries read(Source& from) {
  Entries entries;
  pg::read_entries_json(from, [&](pg::Entry entry) { entries.push_back(std::move(entry)); });
  return entries;
}

void write(const Entries& entries, Sink& to) {
  for (const pg::Entry& entry : entries) write_json(entry, to);
}

/// Two entries at a time.
void check_schedule(const Entries& entries) {
  pg::TableMap tables;
  for (const pg::Entry& entry : entries) tables.add(entry);
  pg::EntrySchedule schedule(entries, tables);
  while (!schedule.finished()) {
    const std::optional<std::size_t> first = schedule.begin();
    require(first.has_value(), "when nothing runs, something may begin");
    const std::optional<std::size_t> second = schedule.begin();
    schedule.end(*first);
    if (second) schedule.end(*second);
  }
}

void check_statements(const Entries& entries) {
  pg::Stages stages;
  for (const pg::Entry& entry : entries) {
    stages.stage_of(entry);
    run_entry(entry, [](const std::string& tablespace) { return tablespace; });
  }
}

}  // namespace

void try_input(std::string_view input) {
  const auto entries = read_write_read(input, read, write);
  if (!entries) return;
  check_schedule(*entries);
  check_statements(*entries);
}

}  // namespace vya::fuzz
