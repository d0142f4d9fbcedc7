#include "operation/backup.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

#include "operation/group_writer.h"
#include "operation/meter.h"
#include "operation/open.h"
#include "operation/outage.h"
#include "repository/layout.h"
#include "stream/compress.h"
#include "stream/lines.h"

namespace vya {

namespace {

constexpr int kMostSnapshots = 5;
constexpr int kPhasesOfAGroup = 3;

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

/// `databases 86 to 170 of 1000`.
std::string in_words(const DatabaseGroup& group) {
  if (group.last < group.first) return "no databases";
  if (group.first == group.last) return fmt::format("database {} of {}", group.first, group.of);
  return fmt::format("databases {} to {} of {}", group.first, group.last, group.of);
}

/// `rows of databases 86 to 170 of 1000`; where all are held at a time, `rows`.
std::string phase_of(const char* work, const DatabaseGroup& group) {
  return group.groups == 1 ? work : fmt::format("{} of {}", work, in_words(group));
}

std::string in_words(const Manifest::Sums& sums) {
  return fmt::format("{} rows, {} of text", sums.rows, human_bytes(sums.row_bytes));
}

Error cannot_catch(const std::string& what, int tries, const StartOver& last) {
  return {Fault::kRefused,
          fmt::format("cannot catch one moment of {} in {} tries: {}", what, tries, last.what()),
          last.hint().empty() ? "Back up when fewer definitions change, or raise ddl_wait."
                              : last.hint()};
}

/// The inventory's lines of a group, compressed, until it is certain that they hold.
class HeldLines final : public Sink {
 public:
  void write(Bytes bytes) override { compressed_.write(bytes); }
  void finish() override { compressed_.finish(); }

  /// After finish().
  void write_to(Sink& to) const {
    TextSource text(text_.text());
    DecompressSource lines(text);
    copy(lines, to);
  }

 private:
  TextSink text_;
  CompressSink compressed_{text_, 1};
};

/// One try to write a backup: a snapshot, and the draft it is written into.
class Attempt {
 public:
  Attempt(BackupDraft& draft, Snapshot& snapshot, const BackupRequest& request, Progress& progress)
      : draft_(draft),
        snapshot_(snapshot),
        request_(request),
        progress_(progress),
        inventory_(draft.create(layout::kInventoryFile, request.level)) {}

  /// Group after group; the first one is held already.
  void write_groups();
  void finish_inventory();

  const Manifest::Sums& sums() const { return sums_; }
  const std::vector<FileRecord>& files() const { return files_; }
  /// How often a group had to be caught again.
  int retakes() const { return retakes_; }

 private:
  void tell_of_group();
  void write_group();
  void write_group(Sink& lines);
  void write_group_or_retake();
  void forget_group();

  BackupDraft& draft_;
  Snapshot& snapshot_;
  const BackupRequest& request_;
  Progress& progress_;
  std::unique_ptr<BackupDraft::File> inventory_;
  std::vector<FileRecord> files_;
  Manifest::Sums sums_;
  std::size_t groups_told_ = 1;
  int retakes_ = 0;
};

void Attempt::write_groups() {
  tell_of_group();
  write_group_or_retake();
  while (!snapshot_.facts().group.is_last()) {
    progress_.begin(fmt::format("snapshot after {} of {} databases", snapshot_.facts().group.last,
                                snapshot_.facts().group.of));
    snapshot_.advance();
    tell_of_group();
    write_group_or_retake();
  }
}

/// Ends the phase in which the group was caught.
void Attempt::tell_of_group() {
  const SnapshotFacts& facts = snapshot_.facts();
  if (facts.group.groups > groups_told_) {
    progress_.more_phases(kPhasesOfAGroup * static_cast<int>(facts.group.groups - groups_told_));
    groups_told_ = facts.group.groups;
  }
  const std::string databases = facts.group.groups == 1
                                    ? fmt::format("{} databases", snapshot_.databases().size())
                                    : in_words(facts.group);
  const std::string& position =
      facts.group.groups == 1 ? facts.first_position : facts.last_position;
  progress_.end(fmt::format("{} {}, {}, {} tables{}{}", facts.server.product, facts.server.version,
                            databases, snapshot_.tables().size(), position.empty() ? "" : " at ",
                            position));
}

/// What was written of other groups holds, so only this one starts over. A single group is left to
/// who began the attempt.
void Attempt::write_group_or_retake() {
  for (int tries = 1;; ++tries) {
    try {
      return write_group();
    } catch (const StartOver& e) {
      const DatabaseGroup group = snapshot_.facts().group;
      if (group.groups == 1) throw;
      if (tries == kMostSnapshots) throw cannot_catch(in_words(group), tries, e);
      progress_.notice(fmt::format("starting over with {} ({} of {}): {}", in_words(group), tries,
                                   kMostSnapshots, e.what()));
      ++retakes_;
      forget_group();
      progress_.more_phases(kPhasesOfAGroup);
      progress_.begin(phase_of("snapshot", group));
      snapshot_.retake();
      tell_of_group();
    }
  }
}

void Attempt::forget_group() {
  for (const Document& document : snapshot_.documents()) draft_.forget(layout::document(document));
  for (const Database& database : snapshot_.databases())
    draft_.forget(layout::database_folder(database.number));
}

void Attempt::write_group() {
  if (snapshot_.facts().group.groups == 1) return write_group(*inventory_);
  HeldLines lines;
  write_group(lines);
  lines.finish();
  lines.write_to(*inventory_);
}

void Attempt::write_group(Sink& lines) {
  const SnapshotFacts& facts = snapshot_.facts();
  const HeldSnapshot held(progress_, facts.held_since);
  GroupWriter writer(draft_, snapshot_, {.jobs = request_.jobs, .level = request_.level}, lines,
                     progress_);
  progress_.begin(phase_of("definitions", facts.group));
  writer.write_documents();
  progress_.end("");

  progress_.begin(phase_of("rows", facts.group));
  writer.write_rows();
  snapshot_.confirm();
  progress_.end(in_words(writer.sums()));
  sums_ += writer.sums();
  files_.insert(files_.end(), writer.files().begin(), writer.files().end());
}

void Attempt::finish_inventory() {
  for (const Gap& gap : snapshot_.gaps()) InventoryWriter(*inventory_).add(gap);
  inventory_->finish();
  files_.push_back(inventory_->record());
  for (const FileRecord& file : files_) sums_.stored_bytes += file.size;
}

void describe_server(Manifest& manifest, const SnapshotFacts& facts) {
  manifest.product = facts.server.product;
  manifest.version = facts.server.version;
  manifest.major = facts.server.major;
  manifest.system_id = facts.server.system_id;
  manifest.standby = facts.server.standby;
  manifest.snapshot = facts.taken;
  manifest.last_snapshot = std::max(facts.taken, facts.last_taken);
  manifest.moments = static_cast<int>(facts.moments);
  manifest.guarantee = facts.guarantee;
  manifest.first_position = facts.first_position;
  manifest.last_position = facts.last_position;
  manifest.writing_stopped = facts.writing_stopped;
}

/// Sorts the gaps into those that the configuration accepts by name and the others.
void sort_gaps(BackupReport& report, const std::vector<Gap>& gaps, const Instance& instance) {
  for (const Gap& gap : gaps) {
    const bool accepted = instance.accept_gaps.contains(gap.id());
    (accepted ? report.accepted_gaps : report.gaps).push_back(gap);
    ++(accepted ? report.manifest.accepted_gaps : report.manifest.gaps)[gap.kind];
  }
}

BackupReport attempt_backup(Repository& repository, Engine& engine, const Instance& instance,
                            const BackupRequest& request, Progress& progress, int number) {
  BackupReport report;
  Manifest& manifest = report.manifest;
  manifest.started = now();
  manifest.engine = engine_name(instance);
  manifest.labels = request.labels;
  progress.phases(kPhasesOfAGroup + 1);

  progress.begin("snapshot");
  const auto snapshot = engine.freeze(freeze_options(instance, request), progress);
  const auto draft = repository.draft(repository.new_id(instance.name, manifest.started));
  Attempt attempt(*draft, *snapshot, request, progress);
  attempt.write_groups();

  progress.begin("publish");
  attempt.finish_inventory();
  describe_server(manifest, snapshot->facts());
  manifest.attempts = number + attempt.retakes();
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
  engine.inspect();  // who does not answer now is not waited for
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
      if (attempt == kMostSnapshots)
        throw cannot_catch(fmt::format("'{}'", instance.name), attempt, e);
      meter.notice(fmt::format("starting over ({} of {}): {}", attempt, kMostSnapshots, e.what()));
    } catch (const Error& e) {
      if (e.fault() != Fault::kConnection || attempt == kMostSnapshots) throw;
      wait_for_server(engine, instance.max_outage, e, meter);
      meter.notice(
          fmt::format("starting over ({} of {}): the server answers", attempt, kMostSnapshots));
    }
  }
}

BackupPreview preview_backup(Engine& engine, const Instance& instance, const BackupRequest& request,
                             Progress& progress) {
  const auto snapshot = engine.freeze(freeze_options(instance, request), progress);
  BackupPreview preview;
  const auto size_of = [&](int database) -> BackupPreview::DatabaseSize& {
    return preview.databases[static_cast<std::size_t>(database) - 1];
  };
  do {
    for (const Database& database : snapshot->databases())
      preview.databases.push_back({.name = database.name});
    for (const Table& table : snapshot->tables()) ++size_of(table.database).tables;
    for (const Segment& segment : snapshot->segments()) {
      ++size_of(segment.database).segments;
      size_of(segment.database).bytes += segment.weight;
    }
  } while (snapshot->advance());
  preview.facts = snapshot->facts();
  preview.gaps = snapshot->gaps();
  return preview;
}

}  // namespace vya
