#include "operation/group_writer.h"

#include "base/error.h"
#include "base/parallel.h"
#include "repository/layout.h"

namespace vya {

namespace {

constexpr int kMostTriesOfASegment = 3;

}  // namespace

GroupWriter::GroupWriter(BackupDraft& draft, Snapshot& snapshot, Options options, Sink& lines,
                         Progress& progress)
    : draft_(draft),
      snapshot_(snapshot),
      options_(options),
      progress_(progress),
      inventory_(lines) {
  for (const Database& database : snapshot.databases()) {
    inventory_.add(database);
    bundle_numbers_[database.number] = 0;
  }
  for (const Table& table : snapshot.tables()) inventory_.add(table);
  sums_.databases = snapshot.databases().size();
  sums_.tables = snapshot.tables().size();
  sums_.segments = snapshot.segments().size();
}

/// A database's documents go one after another, different databases' at the same time.
void GroupWriter::write_documents() {
  std::vector<std::vector<Document>> groups;
  for (const Document& document : snapshot_.documents()) {
    if (groups.empty() || groups.back().front().database != document.database)
      groups.emplace_back();
    groups.back().push_back(document);
  }
  in_parallel(groups.size(), options_.jobs, [&](std::size_t i) {
    for (const Document& document : groups[i]) write_document(document);
  });
}

void GroupWriter::write_document(const Document& document) {
  const auto file = draft_.create(layout::document(document), options_.level);
  snapshot_.dump(document, *file);
  file->finish();
  const std::lock_guard guard(mutex_);
  files_.push_back(file->record());
}

void GroupWriter::write_rows() {
  for (const Segment& segment : snapshot_.segments()) {
    expected_.bytes += segment.weight;
    tables_.expect(segment);
  }
  expected_.tables = tables_.tables();
  progress_.advance({}, expected_);
  const std::vector<DumpItem> items = dump_items(snapshot_.segments());
  in_parallel(items.size(), options_.jobs, [&](std::size_t i) { write_item(items[i]); });
}

std::string GroupWriter::path_of(const DumpItem& item, int piece) {
  const Segment& first = item.segments.front();
  if (!item.bundle) return layout::segment_object(first, piece);
  return layout::bundle_object(first.database, bundle_numbers_.at(first.database)++);
}

void GroupWriter::write_item(const DumpItem& item) {
  RowWriter writer(draft_, {.most_bytes = item.bundle ? kBundleObjectBytes : kSegmentObjectBytes,
                            .level = options_.level,
                            .path = [&](int piece) { return path_of(item, piece); },
                            .stored =
                                [&](const ObjectRecord& object) {
                                  const std::lock_guard guard(mutex_);
                                  inventory_.add(object);
                                  ++sums_.objects;
                                  sums_.stored_bytes += object.size;
                                }});
  for (const Segment& segment : item.segments) {
    const StoredSegment stored = write_segment(writer, segment);
    progress_.advance({.bytes = segment.weight, .tables = tables_.finish(segment)}, expected_);
    const std::lock_guard guard(mutex_);
    inventory_.add(stored);
    sums_.rows += stored.fingerprint.rows;
    sums_.row_bytes += stored.fingerprint.bytes;
  }
  writer.close();
}

StoredSegment GroupWriter::write_segment(RowWriter& writer, const Segment& segment) {
  for (int tries = 1;;) {
    try {
      snapshot_.dump(segment, writer.begin(segment));
      return writer.end();
    } catch (const DumpAgain&) {
      writer.abandon();
    } catch (const SegmentLost& e) {
      if (tries++ == kMostTriesOfASegment) throw Error(Fault::kConnection, e.what());
      progress_.notice(std::string("a session was lost and its segment is read again: ") +
                       e.what());
      writer.abandon();
    }
  }
}

}  // namespace vya
