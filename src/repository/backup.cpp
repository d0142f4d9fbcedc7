// A backup that exists: its files, read and checked.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "repository/layout.h"
#include "repository/repository.h"
#include "stream/compress.h"
#include "stream/digest.h"

namespace vya {

namespace {

constexpr std::size_t kBlock = 64 * 1024;

Error damaged(const std::string& name, const std::string& problem) {
  return Error(Fault::kCheckFailed, fmt::format("cannot trust '{}': it {}", name, problem),
               "The backup is damaged: use another one, and look at the storage it is on.");
}

/// What differs between the stored bytes and their record, in a few words.
std::optional<std::string> difference(const FileRecord& wanted, std::uint64_t size,
                                      const std::string& sha256) {
  if (size != wanted.size) return fmt::format("is {} bytes long instead of {}", size, wanted.size);
  if (sha256 != wanted.sha256) return "has other content";
  return std::nullopt;
}

/// Reads decompressed content; a damaged frame becomes an Error that names the object.
std::size_t read_content(DecompressSource& content, std::span<std::byte> buffer,
                         const std::string& name) {
  try {
    return content.read(buffer);
  } catch (const Error& error) {
    if (error.fault() != Fault::kCheckFailed) throw;
    throw damaged(name, "is damaged: " + error.message());
  }
}

/// The content of an object that fingerprints or a verification speak for.
class UncheckedContent final : public Source {
 public:
  UncheckedContent(std::string name, std::unique_ptr<Source> stored)
      : name_(std::move(name)), stored_(std::move(stored)), content_(*stored_) {}

  std::size_t read(std::span<std::byte> buffer) override {
    return read_content(content_, buffer, name_);
  }

 private:
  std::string name_;
  std::unique_ptr<Source> stored_;
  DecompressSource content_;
};

/// The content of an object whose stored bytes are compared with their record at the end.
class CheckedContent final : public Source {
 public:
  CheckedContent(std::string name, std::unique_ptr<Source> stored, FileRecord record)
      : name_(std::move(name)),
        record_(std::move(record)),
        stored_(std::move(stored)),
        digest_(*stored_),
        content_(digest_) {}

  std::size_t read(std::span<std::byte> buffer) override {
    if (checked_) return 0;
    const std::size_t count = read_content(content_, buffer, name_);
    if (count == 0) check();
    return count;
  }

 private:
  void check() {
    if (const auto problem = difference(record_, digest_.size(), digest_.sha256())) {
      throw damaged(name_, *problem);
    }
    checked_ = true;
  }

  std::string name_;
  FileRecord record_;
  std::unique_ptr<Source> stored_;
  DigestSource digest_;
  DecompressSource content_;
  bool checked_ = false;
};

std::string stored_name(const Manifest& manifest, const std::string& path) {
  return layout::full_folder(manifest.id) + "/" + path;
}

/// Opens an object that the backup needs: that it is not there means a damaged backup.
std::unique_ptr<Source> open_object(const Store& store, const std::string& name) {
  if (!store.stat(name)) throw damaged(name, "is missing");
  return store.read(name);
}

}  // namespace

Backup::Backup(const Store& store, Manifest manifest)
    : store_(store), manifest_(std::move(manifest)) {}

bool Backup::has(const std::string& path) const {
  return std::ranges::find(manifest_.files, path, &FileRecord::path) != manifest_.files.end();
}

std::unique_ptr<Source> Backup::read(const std::string& path) const {
  const auto record = std::ranges::find(manifest_.files, path, &FileRecord::path);
  if (record == manifest_.files.end()) {
    throw Error(Fault::kNotFound,
                fmt::format("backup '{}' has no file '{}'", manifest_.id.text(), path));
  }
  const std::string name = stored_name(manifest_, path);
  return std::make_unique<CheckedContent>(name, open_object(store_, name), *record);
}

std::unique_ptr<Source> Backup::read_rows(const std::string& path) const {
  const std::string name = stored_name(manifest_, path);
  return std::make_unique<UncheckedContent>(name, open_object(store_, name));
}

std::optional<std::string> Backup::look_at(const FileRecord& file) const {
  const std::string name = stored_name(manifest_, file.path);
  const std::optional<ObjectInfo> info = store_.stat(name);
  if (!info) return "is missing";
  if (info->size != file.size) return difference(file, info->size, {});

  const std::unique_ptr<Source> stored = store_.read(name);
  DigestSource digest(*stored);
  std::array<std::byte, kBlock> block;
  while (digest.read(block) > 0) {
  }
  return difference(file, digest.size(), digest.sha256());
}

}  // namespace vya
