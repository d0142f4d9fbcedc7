// Sets what is beside the rows: sequences, and the properties of large objects.
#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "engine/postgresql/phases.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/restore_large_objects.h"

namespace vya::pg {

namespace {

constexpr std::size_t kSequencesAtOnce = 200;

Statement set_value(const SequenceValue& sequence) {
  const std::string name = quote_name(sequence.schema, sequence.name);
  return {.what = "set the sequence " + name,
          .sql = fmt::format("SELECT pg_catalog.setval({}::pg_catalog.regclass, {}, {});\n",
                             quote_text(name), sequence.last_value, sequence.is_called)};
}

/// What is missing, or belongs to a role that we are no member of.
bool cannot_be_set(const std::string& state) {
  return is_denied(state) || state == kUndefinedTable;
}

void set_sequences(Restoration& restoration, Connection& connection, const std::string& database,
                   std::span<const SequenceValue> sequences) {
  Statement all{.what = fmt::format("set the sequences {} to {}",
                                    quote_name(sequences.front().schema, sequences.front().name),
                                    quote_name(sequences.back().schema, sequences.back().name))};
  for (const SequenceValue& sequence : sequences) all.sql += set_value(sequence).sql;
  const bool is_whole = !restoration.missing.any() && restoration.plan.powers.superuser;
  const auto is_gap = [&](const std::string& state) { return !is_whole && cannot_be_set(state); };
  if (!run_unless(connection, in_database(database, std::move(all)), is_gap)) {
    restoration.outcome.add(Count::kSequences, sequences.size());
    return;
  }
  for (const SequenceValue& sequence : sequences) {
    if (execute_or_gap(restoration, connection, in_database(database, set_value(sequence)), is_gap,
                       "sequence", quote_name(sequence.schema, sequence.name))) {
      restoration.outcome.add(Count::kSequences);
    }
  }
}

void set_sequences_of(Restoration& restoration, const DatabaseModel& database) {
  const std::span<const SequenceValue> sequences = database.catalog.sequences;
  if (sequences.empty()) return;
  TargetSession session = restoration.sessions.borrow(database.database.name);
  for (std::size_t begin = 0; begin < sequences.size(); begin += kSequencesAtOnce) {
    const std::size_t number = std::min(kSequencesAtOnce, sequences.size() - begin);
    set_sequences(restoration, *session, database.database.name, sequences.subspan(begin, number));
  }
}

}  // namespace

std::string restore_values(Restoration& restoration) {
  for_each_database(restoration, [&](const DatabaseModel& database) {
    set_sequences_of(restoration, database);
    if (database.large_objects > 0) finish_large_objects(restoration, database);
  });
  return in_words({{"sequences", restoration.outcome.number(Count::kSequences)},
                   {"large objects", restoration.outcome.number(Count::kLargeObjects)}});
}

}  // namespace vya::pg
