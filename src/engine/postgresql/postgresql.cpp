#include "engine/postgresql/postgresql.h"

#include "engine/postgresql/examine.h"
#include "engine/postgresql/server.h"
#include "engine/postgresql/snapshot.h"
#include "engine/postgresql/target.h"

namespace vya::pg {

namespace {

class PostgresqlEngine final : public Engine {
 public:
  explicit PostgresqlEngine(Options options) : options_(std::move(options)) {}

  ServerFacts inspect() override {
    server_.reset();
    return server().facts();
  }

  std::unique_ptr<Snapshot> freeze(const FreezeOptions& options, Watcher& watcher) override {
    return std::make_unique<PgSnapshot>(server(), options_, options, experience_, watcher);
  }

  Examination examine(const FreezeOptions& options) override {
    return pg::examine(server(), options_, options);
  }

  std::unique_ptr<Target> prepare(const BackupContents& contents, const RestoreOptions& options,
                                  Watcher& watcher) override {
    return prepare_target(server(), contents, options, watcher);
  }

 private:
  /// Looked at once, when it is first needed.
  const Server& server() {
    if (!server_)
      server_ = std::make_unique<Server>(options_.address, options_.maintenance_database);
    return *server_;
  }

  Options options_;
  Experience experience_;
  std::unique_ptr<Server> server_;
};

}  // namespace

std::unique_ptr<Engine> make_engine(Options options) {
  return std::make_unique<PostgresqlEngine>(std::move(options));
}

}  // namespace vya::pg
