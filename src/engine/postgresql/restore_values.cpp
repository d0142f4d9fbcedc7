// Sets what is beside the rows: sequences, and the properties of large objects.
#include <fmt/format.h>

#include <algorithm>

#include "engine/postgresql/phases.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/restore_large_objects.h"

namespace vya::pg {

namespace {

constexpr std::size_t kSequencesAtOnce = 200;

std::string set_value(const SequenceValue& sequence) {
  return fmt::format("SELECT pg_catalog.setval({}::pg_catalog.regclass, {}, {});\n",
                     quote_text(quote_name(sequence.schema, sequence.name)), sequence.last_value,
                     sequence.is_called);
}

void set_sequences(Restoration& restoration, const DatabaseModel& database) {
  const std::vector<SequenceValue>& sequences = database.catalog.sequences;
  TargetSession session = restoration.sessions.borrow(database.database.name);
  for (std::size_t begin = 0; begin < sequences.size(); begin += kSequencesAtOnce) {
    const std::size_t end = std::min(begin + kSequencesAtOnce, sequences.size());
    Statement statement{
        .what = fmt::format("set the sequences {} to {}",
                            quote_name(sequences[begin].schema, sequences[begin].name),
                            quote_name(sequences[end - 1].schema, sequences[end - 1].name))};
    for (std::size_t i = begin; i < end; ++i) statement.sql += set_value(sequences[i]);
    execute(*session, in_database(database.database.name, std::move(statement)));
  }
  restoration.outcome.add(Count::kSequences, sequences.size());
}

}  // namespace

std::string restore_values(Restoration& restoration) {
  for_each_database(restoration, [&](const DatabaseModel& database) {
    set_sequences(restoration, database);
    finish_large_objects(restoration, database);
  });
  return in_words({{"sequences", restoration.outcome.number(Count::kSequences)},
                   {"large objects", restoration.outcome.number(Count::kLargeObjects)}});
}

}  // namespace vya::pg
