// Writes the databases that a snapshot holds at present into a backup's draft: documents, rows, and
// the lines of the inventory.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "operation/backup_work.h"
#include "operation/progress.h"
#include "operation/row_writer.h"
#include "operation/table_count.h"
#include "repository/repository.h"

namespace vya {

class GroupWriter {
 public:
  struct Options {
    unsigned jobs = 1;
    int level = 1;  ///< of zstd
  };

  /// Everything must outlive it. `lines` takes the inventory's lines and is not finished.
  GroupWriter(BackupDraft& draft, Snapshot& snapshot, Options options, Sink& lines,
              Progress& progress);

  void write_documents();
  void write_rows();

  const Manifest::Sums& sums() const { return sums_; }
  const std::vector<FileRecord>& files() const { return files_; }

 private:
  void write_document(const Document& document);
  void write_item(const DumpItem& item);
  StoredSegment write_segment(RowWriter& writer, const Segment& segment);
  std::string path_of(const DumpItem& item, int piece);

  BackupDraft& draft_;
  Snapshot& snapshot_;
  Options options_;
  Progress& progress_;
  std::mutex mutex_;  ///< guards the rest
  InventoryWriter inventory_;
  std::map<int, std::atomic<int>> bundle_numbers_;  ///< by database, all there from the beginning
  std::vector<FileRecord> files_;
  Manifest::Sums sums_;
  TableCount tables_;
  Amount expected_;
};

}  // namespace vya
