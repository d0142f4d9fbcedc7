// The archive of pg_dump: however its bytes come, they are the same entries or no archive; entries
// come back from their JSON lines.
#include "engine/postgresql/archive.h"

#include "tests/fuzz/target.h"

namespace vya::fuzz {

namespace {

std::vector<pg::Entry> entries_of(Source& from) {
  std::vector<pg::Entry> entries;
  pg::read_archive(from, [&](pg::Entry entry) { entries.push_back(std::move(entry)); });
  return entries;
}

std::optional<std::vector<pg::Entry>> read(std::string_view archive, std::size_t piece) {
  return unless_error([&] {
    PieceSource source(archive, piece);
    return entries_of(source);
  });
}

}  // namespace

void try_input(std::string_view input) {
  const auto entries = read(input, input.size() + 1);
  require(read(input, 1) == entries, "pieces of one byte give the same entries");
  if (!entries) return;
  TextSink lines;
  for (const pg::Entry& entry : *entries) write_json(entry, lines);
  TextSource source(lines.text());
  std::vector<pg::Entry> back;
  pg::read_entries_json(source, [&](pg::Entry entry) { back.push_back(std::move(entry)); });
  require(back == *entries, "the entries come back from their lines");
}

}  // namespace vya::fuzz
