#include "operation/open.h"

#include "engine/postgresql/postgresql.h"
#include "store/local.h"

namespace vya {

std::unique_ptr<Engine> open_engine(const Instance& instance) {
  pg::Options options;
  options.address = {.host = instance.host,
                     .port = instance.port,
                     .user = instance.user,
                     .password = instance.password.resolve(),
                     .sslmode = instance.sslmode,
                     .sslrootcert = instance.sslrootcert,
                     .service = instance.service};
  options.maintenance_database = instance.maintenance_database;
  options.ddl_wait =
      instance.ddl == DdlPolicy::kYield ? std::chrono::seconds(0) : instance.ddl_wait;
  options.open_closed_databases = instance.open_closed_databases;
  options.pause_replay = instance.pause_replay;
  options.pg_dump = instance.pg_dump;
  return pg::make_engine(std::move(options));
}

std::string engine_name(const Instance& instance) {
  switch (instance.engine) {
    case EngineKind::kPostgresql:
      return "postgresql";
  }
  throw Error(Fault::kInternal, "unknown engine");
}

std::unique_ptr<Store> open_store(const Config& config) {
  return std::make_unique<LocalStore>(config.repository);
}

}  // namespace vya
