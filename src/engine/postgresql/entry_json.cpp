#include <array>
#include <optional>

#include "engine/postgresql/entry.h"
#include "engine/text_json.h"

namespace vya::pg {

namespace {

constexpr std::string_view kEntry = "entry";

/// In the order of Section.
constexpr std::array<std::string_view, 4> kSections = {"none", "pre-data", "data", "post-data"};

void describe_section(JsonFields& line, Section& section) {
  std::string word(kSections[static_cast<std::size_t>(section)]);
  line.text("section", word);
  for (std::size_t i = 0; i < kSections.size(); ++i) {
    if (word == kSections[i]) {
      section = static_cast<Section>(i);
      return;
    }
  }
  throw line.wrong("section", "is no section");
}

}  // namespace

static void describe(JsonFields& line, Entry& entry) {
  line.number("id", entry.id);
  describe_section(line, entry.section);
  line.text("type", entry.kind);
  line.text("schema", entry.schema);
  line.text("name", entry.name);
  line.text("owner", entry.owner);
  line.text("tablespace", entry.tablespace);
  line.text("access_method", entry.access_method);
  std::optional<bool> partitioned = entry.partitioned ? std::optional(true) : std::nullopt;
  line.flag("partitioned", partitioned);
  entry.partitioned = partitioned.value_or(false);
  line.text("definition", entry.definition);
  line.text("drop", entry.drop);
  line.numbers("dependencies", entry.dependencies);
}

void write_json(const Entry& entry, Sink& to) { write_line(kEntry, entry, to); }

void read_entries_json(Source& from, const std::function<void(Entry)>& visit) {
  JsonLines lines(from, "schema");
  while (std::optional<JsonFields> line = lines.next()) {
    if (line->kind() == kEntry) visit(read_line<Entry>(*line));
  }
}

}  // namespace vya::pg
