// Reads segments' extents out of a backup's objects. An object is read once, forwards, as long as
// extents are asked for in the order of their place.
#pragma once

#include <memory>
#include <string>

#include "repository/repository.h"
#include "stream/sink.h"

namespace vya {

class ExtentReader {
 public:
  /// The backup must outlive it.
  explicit ExtentReader(const Backup& backup) : backup_(backup) {}

  /// Writes an extent's bytes to a sink and does not finish it. Throws Error(kCheckFailed), naming
  /// the object, when it is missing, shorter or cannot be decompressed. Whether the bytes are the
  /// right ones only the segment's fingerprint says. When the sink throws, other extents can still
  /// be copied.
  void copy(const Extent& extent, Sink& to);

 private:
  void skip_to(std::uint64_t offset);

  const Backup& backup_;
  std::string object_;
  std::unique_ptr<Source> source_;
  std::uint64_t at_ = 0;
  std::vector<std::byte> buffer_ = std::vector<std::byte>(256 * 1024);
};

}  // namespace vya
