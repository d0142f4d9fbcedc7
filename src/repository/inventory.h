// The inventory: what a backup holds, table by table, and where its bytes are. JSON lines, written
// and read as a stream; docs/format/inventory.md describes them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "stream/contents.h"
#include "stream/sink.h"

namespace vya {

/// A stored object that holds rows.
struct ObjectRecord {
  std::string path;             ///< below the backup's folder
  std::uint64_t row_bytes = 0;  ///< of uncompressed text
  std::uint64_t size = 0;       ///< as stored
  std::string sha256;           ///< of the stored bytes
  bool operator==(const ObjectRecord&) const = default;
};

/// Writes inventory lines; used by one thread at a time.
class InventoryWriter {
 public:
  /// The sink must outlive the writer and is not finished by it.
  explicit InventoryWriter(Sink& to) : to_(to) {}

  void add(const Database& database);
  void add(const Table& table);
  void add(const ObjectRecord& object);
  void add(const StoredSegment& segment);
  void add(const Gap& gap);

 private:
  Sink& to_;
};

/// Called for each line of its kind, in the order of the lines. Empty functions are skipped.
struct InventoryVisitor {
  std::function<void(Database)> database;
  std::function<void(Table)> table;
  std::function<void(ObjectRecord)> object;
  std::function<void(StoredSegment)> segment;
  std::function<void(Gap)> gap;
};

/// Reads an inventory to its end. Throws Error(kCheckFailed), naming the line, when it is none.
void read_inventory(Source& from, const InventoryVisitor& visit);

}  // namespace vya
