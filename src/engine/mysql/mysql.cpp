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
  MysqlEngine(Address address, std::chrono::seconds ddl_wait)
      : address_(std::move(address)), ddl_wait_(ddl_wait) {}

  ServerFacts inspect() override {
    server_.reset();
    return server().facts();
  }

  std::unique_ptr<Snapshot> freeze(const FreezeOptions& options, Watcher& watcher) override {
    return std::make_unique<MysqlSnapshot>(server(), options, ddl_wait_, watcher);
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
  std::chrono::seconds ddl_wait_;
  std::unique_ptr<Server> server_;
};

}  // namespace

std::unique_ptr<Engine> make_engine(Address address, std::chrono::seconds ddl_wait) {
  return std::make_unique<MysqlEngine>(std::move(address), ddl_wait);
}

}  // namespace vya::mysql
