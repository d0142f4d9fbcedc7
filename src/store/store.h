// A store: somewhere bytes are kept under names. It knows nothing of backups.
//
// Names are relative, parts separated by '/', of letters, digits and "._-", no part starting with
// '.'. An object is immutable once it is finished.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "stream/sink.h"

namespace vya {

struct ObjectInfo {
  std::string name;
  std::uint64_t size = 0;
};

/// A group of objects that become visible together, under one prefix. Abandoned when it goes
/// unpublished: whatever the process's end, no reader takes part of it for the whole. Safe from
/// several threads; its sinks must not outlive it.
class StoreDraft {
 public:
  virtual ~StoreDraft() = default;

  /// A sink for a new object; `name` is relative to the draft's prefix. After finish() its bytes
  /// are on the disk; finish() throws Error(kRefused) when the draft has one of this name.
  virtual std::unique_ptr<Sink> create(const std::string& name) = 0;

  /// Takes finished objects back: the one of this name, or all whose names have it as a folder.
  /// None is no error. No sink of theirs may be at work.
  virtual void forget(const std::string& name) = 0;

  /// Makes all finished objects visible, durably. Called once, when no sink is at work: what is not
  /// finished is left out. Throws Error(kRefused) when the prefix has come to exist,
  /// Error(kStorage); then nothing is visible.
  virtual void publish() = 0;
};

/// Safe from several threads. What it gives must not outlive it. A name or prefix that breaks the
/// rule throws Error(kInternal), storage that does not work Error(kStorage).
class Store {
 public:
  virtual ~Store() = default;

  /// A sink for a new object. finish() throws Error(kRefused) when one of this name exists.
  virtual std::unique_ptr<Sink> create(const std::string& name) = 0;

  /// A draft for objects under `prefix` (a name, without a '/' at its end). Throws Error(kRefused)
  /// when an object has this name or one below it.
  virtual std::unique_ptr<StoreDraft> draft(const std::string& prefix) = 0;

  /// The bytes of an object. Throws Error(kNotFound) when there is none.
  virtual std::unique_ptr<Source> read(const std::string& name) const = 0;

  /// Nothing when there is no such object.
  virtual std::optional<ObjectInfo> stat(const std::string& name) const = 0;

  /// All objects whose name starts with `prefix` (which ends with '/', or is empty for all), sorted
  /// by name. Drafts' objects are not among them.
  virtual std::vector<ObjectInfo> list(const std::string& prefix) const = 0;

  /// The names directly under `prefix` (as in list) that have something below them, sorted, without
  /// slashes.
  virtual std::vector<std::string> folders(const std::string& prefix) const = 0;

  /// Where it is, for messages; without secrets.
  virtual std::string where() const = 0;
};

}  // namespace vya
