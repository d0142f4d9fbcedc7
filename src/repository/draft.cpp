// A backup being written: each file passes zstd, then a digest of what is stored, then the store.
#include <algorithm>

#include "base/version.h"
#include "repository/layout.h"
#include "repository/repository.h"
#include "stream/compress.h"
#include "stream/digest.h"

namespace vya {

namespace {

/// The stages of one file and what they end in.
class StoredFile final : public BackupDraft::File {
 public:
  StoredFile(std::string path, std::unique_ptr<Sink> object, int level)
      : path_(std::move(path)),
        object_(std::move(object)),
        digest_(*object_),
        compress_(digest_, level) {}

  void write(Bytes bytes) override {
    compress_.write(bytes);
    content_bytes_ += bytes.size();
  }

  void finish() override { compress_.finish(); }

  std::uint64_t content_bytes() const override { return content_bytes_; }

  FileRecord record() const override {
    return {.path = path_, .size = digest_.size(), .sha256 = digest_.sha256()};
  }

 private:
  std::string path_;
  std::unique_ptr<Sink> object_;
  DigestSink digest_;
  CompressSink compress_;
  std::uint64_t content_bytes_ = 0;
};

/// Where a file of the backup is within the store's draft, whose prefix is the epoch's folder.
std::string in_epoch(const std::string& path) { return "full/" + path; }

}  // namespace

BackupDraft::BackupDraft(BackupId id, std::string repository, std::unique_ptr<StoreDraft> store)
    : id_(std::move(id)), repository_(std::move(repository)), store_(std::move(store)) {}

std::unique_ptr<BackupDraft::File> BackupDraft::create(const std::string& path, int level) {
  return std::make_unique<StoredFile>(path, store_->create(in_epoch(path)), level);
}

void BackupDraft::forget(const std::string& path) { store_->forget(in_epoch(path)); }

Manifest BackupDraft::publish(Manifest manifest, std::vector<FileRecord> files) {
  manifest.tool = std::string("vya ") + kVersion;
  manifest.repository = repository_;
  manifest.id = id_;
  manifest.files = std::move(files);
  std::ranges::sort(manifest.files, {}, &FileRecord::path);

  const std::string text = to_json_text(manifest);
  const std::unique_ptr<Sink> object = store_->create(in_epoch(layout::kManifestFile));
  object->write(as_bytes(text));
  object->finish();
  store_->publish();
  return manifest;
}

}  // namespace vya
