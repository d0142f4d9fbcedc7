#include "engine/postgresql/early_definitions.h"

#include "engine/postgresql/languages.h"
#include "stream/compress.h"
#include "stream/lines.h"

namespace vya::pg {

namespace {

CatalogState state_now(const SchemaDump& dump) {
  Connection connection = dump.server.connect(dump.database, dump.encoding);
  return CatalogState(connection);
}

}  // namespace

EarlyDefinitions::EarlyDefinitions(const SchemaDump& dump) : state_(state_now(dump)) {
  TextSink text;
  CompressSink compressed(text, 1);
  write_definitions(dump, compressed);
  compressed.finish();
  compressed_ = text.text();
}

void EarlyDefinitions::write(Sink& to) const {
  TextSource text(compressed_);
  DecompressSource definitions(text);
  copy(definitions, to);
}

void write_definitions(const SchemaDump& dump, Sink& to) {
  dump_schema(dump, [&](Entry entry) {
    drop_internal_options(entry);
    name_handlers(entry, dump.languages);
    write_json(entry, to);
  });
}

}  // namespace vya::pg
