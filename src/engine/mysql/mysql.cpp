#include "engine/mysql/mysql.h"

#include "base/interrupt.h"
#include "engine/mysql/examine.h"
#include "engine/mysql/server.h"
#include "engine/mysql/snapshot.h"
#include "engine/mysql/target.h"

namespace vya::mysql {

namespace {

class MysqlEngine final : public Engine {
 public:
  explicit MysqlEngine(Address address) : address_(std::move(address)) {}

  ServerFacts inspect() override {
    server_.reset();
    return server().facts();
  }

  std::unique_ptr<Snapshot> freeze(const FreezeOptions& options, Watcher& watcher) override {
    return std::make_unique<MysqlSnapshot>(server(), options, watcher);
  }

  Examination examine(const FreezeOptions& options) override {
    return mysql::examine(server(), options);
  }

  std::unique_ptr<Target> prepare(const BackupContents& contents, const RestoreOptions& options,
                                  Watcher& watcher) override {
    return prepare_target(server(), contents, options, watcher);
  }

 private:
  /// Looked at once, when it is first needed.
  const Server& server() {
    if (!server_) server_ = std::make_unique<Server>(address_);
    return *server_;
  }

  Address address_;
  std::unique_ptr<Server> server_;
};

}  // namespace

std::unique_ptr<Engine> make_engine(Address address) {
  return std::make_unique<MysqlEngine>(std::move(address));
}

}  // namespace vya::mysql
