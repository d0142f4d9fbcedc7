// A database's definitions, read before its tables are locked.
//
// pg_dump locks the tables too, as another session: where an application truncates a table all the
// time, its TRUNCATE queues behind our lock, pg_dump queues behind the TRUNCATE, and neither gets
// on. Then the definitions are read first, while we hold no lock. They are those of the snapshot
// when no row of the catalogs that they are made of is another under the snapshot than it was
// before pg_dump began.
#pragma once

#include <string>

#include "engine/postgresql/catalog_state.h"
#include "engine/postgresql/schema_dump.h"

namespace vya::pg {

class EarlyDefinitions {
 public:
  /// Reads them now; `dump` without a snapshot. Throws StartOver and Error as dump_schema does.
  explicit EarlyDefinitions(const SchemaDump& dump);

  /// The catalogs as they were before the definitions were read.
  const CatalogState& state() const { return state_; }

  /// Writes the entries as JSON lines and does not finish the sink.
  void write(Sink& to) const;

 private:
  CatalogState state_;
  std::string compressed_;  ///< one zstd frame: a large schema's text need not stay in memory
};

/// Runs pg_dump and writes its entries as JSON lines, without what belongs to the server alone.
void write_definitions(const SchemaDump& dump, Sink& to);

}  // namespace vya::pg
