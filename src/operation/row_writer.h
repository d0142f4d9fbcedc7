// Writes segments' rows into objects of bounded size, and keeps where each segment's text is.
//
// One mechanism serves both ends: a large segment is cut into several objects at row ends, and many
// small tables share one object. Either way a segment is a list of extents.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "repository/repository.h"
#include "stream/fingerprint.h"

namespace vya {

/// The most text an object holds, except for a single row that is longer.
inline constexpr std::uint64_t kSegmentObjectBytes = 32ull * 1024 * 1024;
inline constexpr std::uint64_t kBundleObjectBytes = 16ull * 1024 * 1024;

class RowWriter {
 public:
  struct Options {
    std::uint64_t most_bytes = kSegmentObjectBytes;
    int level = 1;                                    ///< of zstd
    std::function<std::string(int piece)> path;       ///< of the objects, in turn
    std::function<void(const ObjectRecord&)> stored;  ///< told of each finished object
  };

  /// The draft must outlive the writer. Objects that are not finished when the writer goes are
  /// abandoned.
  RowWriter(BackupDraft& draft, Options options);
  ~RowWriter();

  /// Starts a segment. Returns where its rows go; the reference is good until end() or abandon().
  Sink& begin(const Segment& segment);

  /// The segment is whole.
  StoredSegment end();

  /// What was written since begin() is void: it stays in the objects, and no segment refers to it.
  void abandon();

  /// Finishes the last object.
  void close();

 private:
  class Cutter;

  void put(Bytes bytes);
  void write(Bytes bytes);
  void finish_object();

  BackupDraft& draft_;
  Options options_;
  std::unique_ptr<BackupDraft::File> file_;
  std::string path_;
  int piece_ = 0;
  bool at_row_end_ = true;
  std::unique_ptr<Cutter> cutter_;
  std::unique_ptr<FingerprintSink> fingerprint_;
  StoredSegment current_;
};

}  // namespace vya
