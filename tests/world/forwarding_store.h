// A store that is another one, for tests that change what one of its functions does.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/store.h"

namespace vya {

/// The other store must outlive it.
class ForwardingStore : public Store {
 public:
  explicit ForwardingStore(Store& store) : store_(store) {}

  std::unique_ptr<Sink> create(const std::string& name) override { return store_.create(name); }
  std::unique_ptr<StoreDraft> draft(const std::string& prefix) override {
    return store_.draft(prefix);
  }
  std::unique_ptr<Source> read(const std::string& name) const override { return store_.read(name); }
  std::optional<ObjectInfo> stat(const std::string& name) const override {
    return store_.stat(name);
  }
  std::vector<ObjectInfo> list(const std::string& prefix) const override {
    return store_.list(prefix);
  }
  std::vector<std::string> folders(const std::string& prefix) const override {
    return store_.folders(prefix);
  }
  std::string where() const override { return store_.where(); }

 protected:
  Store& store_;
};

}  // namespace vya
