// Memory store: objects in memory, for tests and for trying things out; gone with the store.
#pragma once

#include "store/store.h"

namespace vya {

class MemoryShelf;

class MemoryStore final : public Store {
 public:
  MemoryStore();
  ~MemoryStore() override;

  std::unique_ptr<Sink> create(const std::string& name) override;
  std::unique_ptr<StoreDraft> draft(const std::string& prefix) override;
  std::unique_ptr<Source> read(const std::string& name) const override;
  std::optional<ObjectInfo> stat(const std::string& name) const override;
  std::vector<ObjectInfo> list(const std::string& prefix) const override;
  std::vector<std::string> folders(const std::string& prefix) const override;
  std::string where() const override { return "memory"; }

 private:
  std::unique_ptr<MemoryShelf> shelf_;
};

}  // namespace vya
