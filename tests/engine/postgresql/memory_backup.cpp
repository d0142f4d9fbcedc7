#include "tests/engine/postgresql/memory_backup.h"

#include <algorithm>
#include <iterator>
#include <sstream>

#include "engine/postgresql/postgresql.h"
#include "stream/lines.h"

namespace vya::pg {

namespace {

/// A source that owns its text.
class OwnText final : public Source {
 public:
  explicit OwnText(std::string text) : text_(std::move(text)), source_(text_) {}
  std::size_t read(std::span<std::byte> buffer) override { return source_.read(buffer); }

 private:
  std::string text_;
  TextSource source_;
};

}  // namespace

std::unique_ptr<Source> MemoryBackup::read(const Document& document) const {
  const auto found = documents.find(document);
  if (found == documents.end()) return nullptr;
  return std::make_unique<OwnText>(found->second);
}

void MemoryBackup::write_rows(const Table& table, Sink& sink) const {
  const auto found = rows.find({table.database, table.number});
  if (found != rows.end()) sink.write(as_bytes(found->second));
}

std::uint64_t MemoryBackup::row_bytes() const {
  std::uint64_t bytes = 0;
  for (const auto& [table, text] : rows) bytes += text.size();
  return bytes;
}

void MemoryBackup::add(const Database& database, const Catalog& catalog,
                       const std::vector<Entry>& entries) {
  all_databases.push_back(database);
  TextSink catalog_text;
  write_json(catalog, catalog_text);
  documents[{DocumentKind::kCatalog, database.number}] = catalog_text.text();
  TextSink schema;
  for (const Entry& entry : entries) write_json(entry, schema);
  documents[{DocumentKind::kSchema, database.number}] = schema.text();
}

void MemoryBackup::add(const Table& table, const std::string& text) {
  all_tables.push_back(table);
  rows[{table.database, table.number}] = text;
}

void MemoryBackup::set(const Globals& globals) {
  TextSink text;
  write_json(globals, text);
  documents[{DocumentKind::kGlobals, 0}] = text.text();
}

MemoryBackup back_up(const world::PostgresServer& server) {
  const std::unique_ptr<Engine> engine =
      make_engine({.address = server.address(),
                   .open_closed_databases = true,
                   .pg_dump = world::client_program("pg_dump", server.major())});
  Notices notices;
  const std::unique_ptr<Snapshot> snapshot = engine->freeze({}, notices);
  MemoryBackup backup;
  backup.facts = snapshot->facts().server;
  backup.all_databases = snapshot->databases();
  backup.all_tables = snapshot->tables();
  for (const Document& document : snapshot->documents()) {
    if (document.kind == DocumentKind::kSettings) continue;  // for reference, never restored
    TextSink text;
    snapshot->dump(document, text);
    backup.documents[document] = text.text();
  }
  for (const Segment& segment : snapshot->segments()) {
    TextSink text;
    snapshot->dump(segment, text);
    backup.rows[{segment.database, segment.table}] += text.text();
  }
  snapshot->confirm();
  return backup;
}

void restore_until_rows(Target& target) {
  for (const Phase& phase : target.before_rows()) phase.run();
}

namespace {

void load(Target& target, const Table& table, const std::string& text) {
  for (;;) {
    try {
      const std::unique_ptr<Sink> sink = target.load(table, Loading::kWhole);
      sink->write(as_bytes(text));
      return sink->finish();
    } catch (const LoadAgain&) {  // another sink takes them
    } catch (const LoadLater&) {
      return;
    }
  }
}

}  // namespace

void restore(Target& target, const MemoryBackup& backup) {
  restore_until_rows(target);
  for (const Table& table : backup.all_tables) {
    if (table.kind == TableKind::kMaterializedView) continue;
    const auto found = backup.rows.find({table.database, table.number});
    load(target, table, found == backup.rows.end() ? "" : found->second);
  }
  for (const Phase& phase : target.after_rows()) phase.run();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) {
    if (!line.starts_with("\\restrict") && !line.starts_with("\\unrestrict")) lines.push_back(line);
  }
  std::ranges::sort(lines);
  return lines;
}

std::vector<std::string> dump_all(const world::PostgresServer& server) {
  return lines_of(server.run_client("pg_dumpall", {}).output);
}

std::string difference(const std::vector<std::string>& expected,
                       const std::vector<std::string>& found) {
  std::vector<std::string> lost;
  std::vector<std::string> added;
  std::ranges::set_difference(expected, found, std::back_inserter(lost));
  std::ranges::set_difference(found, expected, std::back_inserter(added));
  std::string text;
  for (const std::string& line : lost) text += "- " + line + "\n";
  for (const std::string& line : added) text += "+ " + line + "\n";
  return text;
}

}  // namespace vya::pg
