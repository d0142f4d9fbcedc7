#include "store/memory.h"

#include <map>
#include <mutex>

#include "base/error.h"
#include "store/name.h"
#include "stream/lines.h"

namespace vya {

/// Finished objects by name. Safe from several threads; objects are never removed or changed, so
/// what find() gave stays valid.
class MemoryShelf {
 public:
  /// Throws Error(kRefused) when the name is taken.
  void add(const std::string& name, std::string text) {
    const std::scoped_lock lock(mutex_);
    if (!objects_.emplace(name, std::move(text)).second) throw exists(name);
  }

  /// Takes all objects of `other` below `prefix`, all or none.
  void add_all(const std::string& prefix, MemoryShelf& other) {
    const std::scoped_lock lock(mutex_, other.mutex_);
    if (has(prefix)) throw exists(prefix);
    const std::string folder = prefix + "/";
    for (auto& [name, text] : other.objects_) objects_.emplace(folder + name, std::move(text));
  }

  void require_free(const std::string& prefix) {
    const std::scoped_lock lock(mutex_);
    if (has(prefix)) throw exists(prefix);
  }

  const std::string* find(const std::string& name) const {
    const std::scoped_lock lock(mutex_);
    const auto found = objects_.find(name);
    return found == objects_.end() ? nullptr : &found->second;
  }

  void remove(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    std::erase_if(objects_, [&](const auto& object) {
      return object.first == name || object.first.starts_with(name + "/");
    });
  }

  std::vector<ObjectInfo> list(const std::string& prefix) const {
    const std::scoped_lock lock(mutex_);
    std::vector<ObjectInfo> found;
    for (auto it = objects_.lower_bound(prefix);
         it != objects_.end() && it->first.starts_with(prefix); ++it) {
      found.push_back({it->first, it->second.size()});
    }
    return found;
  }

 private:
  static Error exists(const std::string& name) {
    return Error(Fault::kRefused, "cannot create '" + name + "': it exists already");
  }

  bool has(const std::string& prefix) const {
    const auto below = objects_.lower_bound(prefix + "/");
    return objects_.contains(prefix) ||
           (below != objects_.end() && below->first.starts_with(prefix + "/"));
  }

  mutable std::mutex mutex_;
  std::map<std::string, std::string> objects_;
};

namespace {

class MemorySink final : public Sink {
 public:
  MemorySink(MemoryShelf& shelf, std::string name) : shelf_(shelf), name_(std::move(name)) {}

  void write(Bytes bytes) override { text_.append(as_text(bytes)); }
  void finish() override { shelf_.add(name_, std::move(text_)); }

 private:
  MemoryShelf& shelf_;
  std::string name_;
  std::string text_;
};

class MemoryDraft final : public StoreDraft {
 public:
  MemoryDraft(MemoryShelf& store, std::string prefix) : store_(store), prefix_(std::move(prefix)) {}

  std::unique_ptr<Sink> create(const std::string& name) override {
    require_name(name);
    return std::make_unique<MemorySink>(finished_, name);
  }

  void forget(const std::string& name) override {
    require_name(name);
    finished_.remove(name);
  }

  void publish() override { store_.add_all(prefix_, finished_); }

 private:
  MemoryShelf& store_;
  std::string prefix_;
  MemoryShelf finished_;
};

}  // namespace

MemoryStore::MemoryStore() : shelf_(std::make_unique<MemoryShelf>()) {}
MemoryStore::~MemoryStore() = default;

std::unique_ptr<Sink> MemoryStore::create(const std::string& name) {
  require_name(name);
  return std::make_unique<MemorySink>(*shelf_, name);
}

std::unique_ptr<StoreDraft> MemoryStore::draft(const std::string& prefix) {
  require_name(prefix);
  shelf_->require_free(prefix);
  return std::make_unique<MemoryDraft>(*shelf_, prefix);
}

std::unique_ptr<Source> MemoryStore::read(const std::string& name) const {
  require_name(name);
  const std::string* text = shelf_->find(name);
  if (!text) {
    throw Error(Fault::kNotFound, "cannot read '" + name + "': there is no such object");
  }
  return std::make_unique<TextSource>(*text);
}

std::optional<ObjectInfo> MemoryStore::stat(const std::string& name) const {
  require_name(name);
  const std::string* text = shelf_->find(name);
  if (!text) return std::nullopt;
  return ObjectInfo{name, text->size()};
}

std::vector<ObjectInfo> MemoryStore::list(const std::string& prefix) const {
  require_prefix(prefix);
  return shelf_->list(prefix);
}

std::vector<std::string> MemoryStore::folders(const std::string& prefix) const {
  std::vector<std::string> found;
  for (const ObjectInfo& object : list(prefix)) {
    const std::size_t slash = object.name.find('/', prefix.size());
    if (slash == std::string::npos) continue;
    std::string folder = object.name.substr(prefix.size(), slash - prefix.size());
    if (found.empty() || found.back() != folder) found.push_back(std::move(folder));
  }
  return found;
}

}  // namespace vya
