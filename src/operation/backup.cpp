#include "operation/backup.h"

#include <fmt/format.h>

#include <atomic>
#include <mutex>

#include "base/log.h"
#include "base/parallel.h"
#include "operation/backup_work.h"
#include "operation/meter.h"
#include "operation/open.h"
#include "operation/row_writer.h"
#include "operation/table_count.h"
#include "repository/layout.h"

namespace vya {

namespace {

constexpr int kMostSnapshots = 5;
constexpr int kMostTriesOfASegment = 3;

FreezeOptions freeze_options(const Instance& instance, const BackupRequest& request) {
  return {.include = request.databases.empty() ? instance.include : request.databases,
          .exclude = instance.exclude,
          .jobs = request.jobs,
          .max_snapshot_age =
              request.max_snapshot_age ? request.max_snapshot_age : instance.max_snapshot_age};
}

/// Tells of the snapshot for as long as it lives.
class HeldSnapshot {
 public:
  HeldSnapshot(Progress& progress, Progress::Moment since) : progress_(progress) {
    progress_.snapshot(since);
  }
  HeldSnapshot(const HeldSnapshot&) = delete;
  HeldSnapshot& operator=(const HeldSnapshot&) = delete;
  ~HeldSnapshot() { progress_.snapshot(std::nullopt); }

 private:
  Progress& progress_;
};

/// One try to write a backup: a snapshot, and the draft it is written into.
class Attempt {
 public:
  Attempt(BackupDraft& draft, Snapshot& snapshot, const BackupRequest& request, Progress& progress)
      : draft_(draft),
        snapshot_(snapshot),
        request_(request),
        progress_(progress),
        inventory_file_(draft.create(layout::kInventoryFile, request.level)),
        inventory_(*inventory_file_),
        bundle_numbers_(snapshot.databases().size()) {}

  void write_contents();
  void write_documents();
  void write_rows();
  void finish_inventory();

  Manifest::Sums sums() const;
  std::vector<FileRecord> files() const { return files_; }

 private:
  void write_document(const Document& document);
  void write_item(const DumpItem& item);
  StoredSegment write_segment(RowWriter& writer, const Segment& segment);
  std::string path_of(const DumpItem& item, int piece);

  BackupDraft& draft_;
  Snapshot& snapshot_;
  const BackupRequest& request_;
  Progress& progress_;
  std::mutex mutex_;  ///< guards the rest
  std::unique_ptr<BackupDraft::File> inventory_file_;
  InventoryWriter inventory_;
  std::vector<std::atomic<int>> bundle_numbers_;
  std::vector<FileRecord> files_;
  Manifest::Sums sums_;
  TableCount tables_;
  Amount expected_;
};

void Attempt::write_contents() {
  for (const Database& database : snapshot_.databases()) inventory_.add(database);
  for (const Table& table : snapshot_.tables()) inventory_.add(table);
  sums_.databases = snapshot_.databases().size();
  sums_.tables = snapshot_.tables().size();
  sums_.segments = snapshot_.segments().size();
}

/// A database's documents go one after another, different databases' at the same time.
void Attempt::write_documents() {
  std::vector<std::vector<Document>> groups;
  for (const Document& document : snapshot_.documents()) {
    if (groups.empty() || groups.back().front().database != document.database)
      groups.emplace_back();
    groups.back().push_back(document);
  }
  in_parallel(groups.size(), request_.jobs, [&](std::size_t i) {
    for (const Document& document : groups[i]) write_document(document);
  });
}

void Attempt::write_document(const Document& document) {
  const auto file = draft_.create(layout::document(document), request_.level);
  snapshot_.dump(document, *file);
  file->finish();
  const std::lock_guard guard(mutex_);
  files_.push_back(file->record());
}

void Attempt::write_rows() {
  for (const Segment& segment : snapshot_.segments()) {
    expected_.bytes += segment.weight;
    tables_.expect(segment);
  }
  expected_.tables = tables_.tables();
  progress_.advance({}, expected_);
  const std::vector<DumpItem> items = dump_items(snapshot_.segments());
  in_parallel(items.size(), request_.jobs, [&](std::size_t i) { write_item(items[i]); });
}

std::string Attempt::path_of(const DumpItem& item, int piece) {
  const Segment& first = item.segments.front();
  if (!item.bundle) return layout::segment_object(first, piece);
  return layout::bundle_object(first.database,
                               bundle_numbers_[static_cast<std::size_t>(first.database) - 1]++);
}

void Attempt::write_item(const DumpItem& item) {
  RowWriter writer(draft_, {.most_bytes = item.bundle ? kBundleObjectBytes : kSegmentObjectBytes,
                            .level = request_.level,
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

StoredSegment Attempt::write_segment(RowWriter& writer, const Segment& segment) {
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

void Attempt::finish_inventory() {
  for (const Gap& gap : snapshot_.gaps()) inventory_.add(gap);
  inventory_file_->finish();
  files_.push_back(inventory_file_->record());
}

Manifest::Sums Attempt::sums() const {
  Manifest::Sums sums = sums_;
  for (const FileRecord& file : files_) sums.stored_bytes += file.size;
  return sums;
}

void describe_server(Manifest& manifest, const SnapshotFacts& facts) {
  manifest.product = facts.server.product;
  manifest.version = facts.server.version;
  manifest.major = facts.server.major;
  manifest.system_id = facts.server.system_id;
  manifest.standby = facts.server.standby;
  manifest.snapshot = facts.taken;
  manifest.guarantee = facts.guarantee;
  manifest.first_position = facts.first_position;
  manifest.last_position = facts.last_position;
}

/// Sorts the gaps into those that the configuration accepts by name and the others.
void sort_gaps(BackupReport& report, const std::vector<Gap>& gaps, const Instance& instance) {
  for (const Gap& gap : gaps) {
    const bool accepted = instance.accept_gaps.contains(gap.id());
    (accepted ? report.accepted_gaps : report.gaps).push_back(gap);
    ++(accepted ? report.manifest.accepted_gaps : report.manifest.gaps)[gap.kind];
  }
}

std::string in_words(const Manifest::Sums& sums) {
  return fmt::format("{} rows, {} of text", sums.rows, human_bytes(sums.row_bytes));
}

BackupReport attempt_backup(Repository& repository, Engine& engine, const Instance& instance,
                            const BackupRequest& request, Progress& progress, int number) {
  BackupReport report;
  Manifest& manifest = report.manifest;
  manifest.started = now();
  manifest.engine = engine_name(instance);
  manifest.labels = request.labels;
  manifest.attempts = number;
  progress.phases(4);

  progress.begin("snapshot");
  const auto snapshot = engine.freeze(freeze_options(instance, request), progress);
  describe_server(manifest, snapshot->facts());
  const HeldSnapshot held(progress, snapshot->facts().held_since);
  progress.end(fmt::format("{} {}, {} databases, {} tables at {}", manifest.product,
                           manifest.version, snapshot->databases().size(),
                           snapshot->tables().size(), manifest.first_position));

  const auto draft = repository.draft(new_backup_id(instance.name, manifest.started));
  Attempt attempt(*draft, *snapshot, request, progress);
  progress.begin("definitions");
  attempt.write_contents();
  attempt.write_documents();
  progress.end("");

  progress.begin("rows");
  attempt.write_rows();
  progress.end(in_words(attempt.sums()));

  progress.begin("publish");
  snapshot->confirm();
  attempt.finish_inventory();
  manifest.sums = attempt.sums();
  sort_gaps(report, snapshot->gaps(), instance);
  manifest.finished = now();
  manifest = draft->publish(std::move(manifest), attempt.files());
  progress.end(manifest.id.text() + ", " + human_bytes(manifest.sums.stored_bytes));
  report.duration = manifest.finished - manifest.started;
  return report;
}

}  // namespace

BackupReport back_up(Repository& repository, Engine& engine, const Instance& instance,
                     const BackupRequest& request, Progress& progress) {
  require_labels(request.labels);  // now, and not when hours of reading are to be published
  Meter meter(progress);
  for (int attempt = 1;; ++attempt) {
    try {
      return attempt_backup(repository, engine, instance, request, meter, attempt);
    } catch (const SnapshotTooOld& e) {
      throw Error(Fault::kRefused,
                  fmt::format("cannot back up '{}': {}, more than max_snapshot_age allows, {}",
                              instance.name, e.what(), meter.how_far()),
                  "Nothing was stored, and the server's locks are free again. Use more --jobs or "
                  "a quieter hour, back up fewer databases at a time, or raise max_snapshot_age.");
    } catch (const StartOver& e) {
      if (attempt == kMostSnapshots) {
        throw Error(Fault::kRefused,
                    fmt::format("cannot catch one moment of '{}' in {} tries: {}", instance.name,
                                attempt, e.what()),
                    e.hint().empty() ? "Back up when fewer definitions change, or raise ddl_wait."
                                     : e.hint());
      }
      meter.notice(fmt::format("starting over ({} of {}): {}", attempt, kMostSnapshots, e.what()));
    }
  }
}

BackupPreview preview_backup(Engine& engine, const Instance& instance, const BackupRequest& request,
                             Progress& progress) {
  const auto snapshot = engine.freeze(freeze_options(instance, request), progress);
  BackupPreview preview{.facts = snapshot->facts(), .databases = {}, .gaps = snapshot->gaps()};
  for (const Database& database : snapshot->databases())
    preview.databases.push_back({.name = database.name});
  const auto size_of = [&](int database) -> BackupPreview::DatabaseSize& {
    return preview.databases[static_cast<std::size_t>(database) - 1];
  };
  for (const Table& table : snapshot->tables()) ++size_of(table.database).tables;
  for (const Segment& segment : snapshot->segments()) {
    ++size_of(segment.database).segments;
    size_of(segment.database).bytes += segment.weight;
  }
  return preview;
}

}  // namespace vya
