// A backup in memory whose inventory and objects are written by hand: they need not agree.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "repository/layout.h"
#include "repository/repository.h"
#include "store/memory.h"
#include "stream/compress.h"
#include "stream/lines.h"

namespace vya {

/// The fingerprint that the rows of a text have.
inline Fingerprint fingerprint_of(std::string_view rows) {
  TextSink nowhere;
  FingerprintSink sink(nowhere);
  sink.write(as_bytes(rows));
  sink.finish();
  return sink.fingerprint();
}

/// A text as an object holds it.
inline std::string compressed(std::string_view text) {
  TextSink stored;
  CompressSink sink(stored, 1);
  sink.write(as_bytes(text));
  sink.finish();
  return stored.text();
}

class HandmadeBackup {
 public:
  HandmadeBackup() : id_(new_backup_id("shop", now())) {
    Repository::create(store_, now());
    repository_.emplace(store_);
    draft_ = repository_->draft(id_);
    inventory_ = draft_->create(layout::kInventoryFile, 1);
  }

  /// What the manifest will say; counted by add(), and free to be made wrong.
  Manifest::Sums sums;

  template <typename Thing>
  void add(const Thing& thing) {
    InventoryWriter(*inventory_).add(thing);
    count(thing);
  }

  /// Stores a file of the backup that the inventory does not know.
  FileRecord store(const std::string& path, std::string_view text) {
    const auto file = draft_->create(path, 1);
    file->write(as_bytes(text));
    file->finish();
    return file->record();
  }

  /// The same, for rows, and with its line in the inventory.
  void add_object(const std::string& path, std::string_view text) {
    const FileRecord stored = store(path, text);
    add(ObjectRecord{path, text.size(), stored.size, stored.sha256});
  }

  /// Stores the bytes as they are, damaged or not; not with the others, but when it is published.
  void add_stored_bytes(const std::string& path, std::string bytes) {
    raw_.emplace_back(path, std::move(bytes));
  }

  /// The backup, as the store has it from now on.
  Backup publish(std::vector<FileRecord> files = {}) {
    inventory_->finish();
    files.push_back(inventory_->record());
    Manifest manifest;
    manifest.product = "PostgreSQL";
    manifest.version = "15.18";
    manifest.major = 15;
    manifest.system_id = "7312345678901234567";
    manifest.standby = true;
    manifest.sums = sums;
    manifest = draft_->publish(manifest, std::move(files));
    for (const auto& [path, bytes] : raw_) put(path, bytes);
    return Backup(store_, manifest);
  }

  const BackupId& id() const { return id_; }
  MemoryStore& memory() { return store_; }

 private:
  void put(const std::string& path, std::string_view bytes) {
    const auto object = store_.create(layout::full_folder(id_) + "/" + path);
    object->write(as_bytes(bytes));
    object->finish();
  }

  void count(const Database&) { ++sums.databases; }
  void count(const Table&) { ++sums.tables; }
  void count(const ObjectRecord&) { ++sums.objects; }
  void count(const Gap&) {}
  void count(const StoredSegment& segment) {
    ++sums.segments;
    sums.rows += segment.fingerprint.rows;
    sums.row_bytes += segment.fingerprint.bytes;
  }

  BackupId id_;
  MemoryStore store_;
  std::optional<Repository> repository_;
  std::unique_ptr<BackupDraft> draft_;
  std::unique_ptr<BackupDraft::File> inventory_;
  std::vector<std::pair<std::string, std::string>> raw_;
};

}  // namespace vya
