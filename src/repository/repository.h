// The repository: backups in a store, in format 1 (docs/format/).
//
// It knows what a backup is and where its files lie; the store below knows only bytes and names.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "repository/inventory.h"
#include "repository/manifest.h"
#include "store/store.h"

namespace vya {

/// A backup being written. Safe from several threads, but for publish(). Abandoned when it goes
/// unpublished.
class BackupDraft {
 public:
  BackupDraft(BackupId id, std::string repository, std::unique_ptr<StoreDraft> store);

  const BackupId& id() const { return id_; }

  /// A sink for one compressed file of the backup; its record can be read from it after finish().
  class File;
  /// `path` is below the backup's folder (layout.h); `level` is zstd's.
  std::unique_ptr<File> create(const std::string& path, int level);

  /// Takes finished files back: the one at this path, or all below it. No sink of theirs may be at
  /// work.
  void forget(const std::string& path);

  /// Writes the manifest, completed with this backup's id, the repository's and the program's name
  /// and `files` (sorted by path), as the last file, and makes the backup exist. Returns the
  /// manifest as written.
  Manifest publish(Manifest manifest, std::vector<FileRecord> files);

 private:
  BackupId id_;
  std::string repository_;
  std::unique_ptr<StoreDraft> store_;
};

class BackupDraft::File : public Sink {
 public:
  /// Bytes that were written into it, uncompressed.
  virtual std::uint64_t content_bytes() const = 0;
  /// What was stored; after finish().
  virtual FileRecord record() const = 0;
};

/// A backup that exists. Safe from several threads. The store must outlive it.
class Backup {
 public:
  Backup(const Store& store, Manifest manifest);

  const Manifest& manifest() const { return manifest_; }

  bool has(const std::string& path) const;

  /// The uncompressed content of a file of the manifest. Throws Error(kCheckFailed) while reading
  /// when its size or digest is not the manifest's (the last of it before 0 is returned, so nothing
  /// is proven before), at once when it is missing, and Error(kNotFound) when the manifest has no
  /// such file. The store must outlive the source.
  std::unique_ptr<Source> read(const std::string& path) const;

  /// The uncompressed content of a file that holds rows. Its digest is not looked at (verify()
  /// does): use it on what was verified, or compare fingerprints.
  std::unique_ptr<Source> read_rows(const std::string& path) const;

  /// Reads the stored bytes of one file to their end and compares size and digest. Returns what is
  /// wrong in a few words
  /// (`is missing`, `is 12 bytes long instead of 40`, `has other content`), or nothing.
  std::optional<std::string> look_at(const FileRecord& file) const;

 private:
  const Store& store_;
  Manifest manifest_;
};

/// A folder or bucket in which backups are kept. The store must outlive it.
class Repository {
 public:
  /// Makes the store a repository. Returns false when it is one already; then nothing was changed.
  static bool create(Store& store, Time now);

  /// Throws Error(kNotFound), with the cure, when the store is no repository, and Error(kUsage)
  /// when it needs a newer program (its format, encryption, signatures).
  explicit Repository(Store& store);

  const std::string& id() const { return id_; }

  /// The id of a backup that begins at `started`. It sorts behind every backup that the instance
  /// has, also after one of the same second, and when the clock was set back since.
  BackupId new_id(const std::string& instance, Time started) const;

  std::unique_ptr<BackupDraft> draft(const BackupId& id);

  /// The names of all instances that have backups, sorted.
  std::vector<std::string> instances() const;

  /// The ids of an instance's backups, oldest first; of those with a damaged manifest too.
  std::vector<BackupId> ids(const std::string& instance) const;

  /// Finds a backup. `at` means the newest that was finished at or before that time; newest is by
  /// epoch. Throws Error(kNotFound), naming what there is instead.
  Backup open(const BackupReference& reference) const;

  /// Keeps a record of evidence for good (drill_record.h). Throws Error(kRefused) when there is one
  /// of this name.
  void keep_evidence(const std::string& name, const std::string& text);
  /// The names of all records, oldest first.
  std::vector<std::string> evidence() const;
  std::string read_evidence(const std::string& name) const;

 private:
  Store& store_;
  std::string id_;
};

}  // namespace vya
