// An object of the local store as a file: written beside its place under a temporary name, read
// where it is.
#pragma once

#include <filesystem>

#include "base/file.h"
#include "stream/gather.h"
#include "stream/sink.h"

namespace vya::local {

/// Writes to an open file; finish() waits until the bytes are on the disk.
class FileSink final : public Sink {
 public:
  /// Creates the file `path`, for the owner only; it must not exist. Throws Error(kStorage).
  explicit FileSink(std::filesystem::path path);

  void write(Bytes bytes) override;
  void finish() override;

 private:
  std::filesystem::path path_;
  Fd file_;
};

/// When the names of the object and of the folders above it become durable.
enum class Names { kDurableAtFinish, kSyncedByCaller };

/// Writes a new object. The temporary name starts with '.', so no reader takes it for an object.
class ObjectSink final : public Sink {
 public:
  /// `root`/`name` is the object's place; `root` exists, the folders between are made.
  ObjectSink(std::filesystem::path root, const std::string& name, Names names);
  ObjectSink(const ObjectSink&) = delete;
  ObjectSink& operator=(const ObjectSink&) = delete;
  ~ObjectSink() override;

  void write(Bytes bytes) override;
  /// Throws Error(kRefused) when the name is taken.
  void finish() override;

 private:
  enum class State { kOpen, kBroken, kFinished };

  void start_step();

  std::filesystem::path root_;
  std::filesystem::path place_;
  Names names_;
  std::filesystem::path present_;  ///< where the file is now
  FileSink file_;
  GatherSink gather_;
  State state_ = State::kOpen;
};

/// Reads an object. Throws Error(kNotFound) when there is none, Error(kStorage) when it cannot be
/// read.
class ObjectSource final : public Source {
 public:
  explicit ObjectSource(std::filesystem::path path);

  std::size_t read(std::span<std::byte> buffer) override;

 private:
  std::filesystem::path path_;
  Fd file_;
};

}  // namespace vya::local
