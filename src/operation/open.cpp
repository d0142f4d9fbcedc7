#include "operation/open.h"

#include <fmt/format.h>

#include "engine/mysql/accounts/account_script.h"
#include "engine/mysql/describe.h"
#include "engine/mysql/difference_rules.h"
#include "engine/mysql/mysql.h"
#include "engine/mysql/probe.h"
#include "engine/mysql/server_needs.h"
#include "engine/postgresql/account_script.h"
#include "engine/postgresql/describe.h"
#include "engine/postgresql/difference_rules.h"
#include "engine/postgresql/postgresql.h"
#include "engine/postgresql/probe.h"
#include "engine/postgresql/server_needs.h"
#include "store/local.h"

namespace vya {

namespace {

pg::Address postgresql_address(const Instance& instance) {
  return {.host = instance.host,
          .port = instance.port,
          .user = instance.user,
          .password = instance.password.resolve(),
          .sslmode = instance.sslmode,
          .sslrootcert = instance.sslrootcert,
          .service = instance.service};
}

/// How long definitions of others wait for a backup.
std::chrono::seconds ddl_wait_of(const Instance& instance) {
  return instance.ddl == DdlPolicy::kYield ? std::chrono::seconds(0) : instance.ddl_wait;
}

std::unique_ptr<Engine> open_postgresql(const Instance& instance) {
  pg::Options options;
  options.address = postgresql_address(instance);
  options.maintenance_database = instance.maintenance_database;
  options.ddl_wait = ddl_wait_of(instance);
  options.open_closed_databases = instance.open_closed_databases;
  options.pause_replay = instance.pause_replay;
  options.pg_dump = instance.pg_dump;
  return pg::make_engine(std::move(options));
}

mysql::Tls tls_of(TlsMode mode) {
  switch (mode) {
    case TlsMode::kChosen:
      return mysql::Tls::kChosen;
    case TlsMode::kDisabled:
      return mysql::Tls::kDisabled;
    case TlsMode::kRequired:
      return mysql::Tls::kRequired;
    case TlsMode::kVerifyCa:
      return mysql::Tls::kVerifyCa;
    case TlsMode::kVerifyIdentity:
      return mysql::Tls::kVerifyIdentity;
    case TlsMode::kFingerprint:
      return mysql::Tls::kFingerprint;
  }
  return mysql::Tls::kChosen;
}

mysql::Address mysql_address(const Instance& instance) {
  mysql::Address address;
  address.host = instance.host;
  address.port = instance.port.empty() ? 0 : static_cast<unsigned>(std::stoul(instance.port));
  address.socket = instance.socket;
  address.user = instance.user;
  address.password = instance.password.resolve();
  address.tls = tls_of(instance.tls);
  address.tls_ca = instance.tls_ca;
  address.tls_fingerprint = instance.tls_fingerprint;
  return address;
}

Error unknown_engine(const std::string& engine) {
  return Error(
      Fault::kCheckFailed,
      fmt::format("a backup of the engine '{}' is unknown to this version of vya", engine));
}

}  // namespace

std::unique_ptr<Engine> open_engine(const Instance& instance) {
  if (instance.engine == EngineKind::kMysql)
    return mysql::make_engine(mysql_address(instance), ddl_wait_of(instance));
  return open_postgresql(instance);
}

std::string engine_name(const Instance& instance) {
  switch (instance.engine) {
    case EngineKind::kPostgresql:
      return "postgresql";
    case EngineKind::kMysql:
      return "mysql";
  }
  throw Error(Fault::kInternal, "unknown engine");
}

CatalogModel describe(const std::string& engine, const BackupContents& contents) {
  if (engine == "postgresql") return pg::describe(contents);
  if (engine == "mysql") return mysql::describe(contents);
  throw unknown_engine(engine);
}

DifferenceRules difference_rules(const std::string& engine) {
  if (engine == "postgresql") return pg::difference_rules();
  if (engine == "mysql") return mysql::difference_rules();
  throw unknown_engine(engine);
}

std::vector<std::string> uncovered_databases(const std::string& engine,
                                             const BackupContents& contents) {
  if (engine == "postgresql") return pg::uncovered_databases(contents);
  if (engine == "mysql") return mysql::uncovered_databases(contents);
  throw unknown_engine(engine);
}

std::vector<std::string> account_names(const std::string& engine, const BackupContents& contents) {
  if (engine == "postgresql") return pg::account_names(contents);
  if (engine == "mysql") return mysql::account_names(contents);
  throw unknown_engine(engine);
}

std::vector<std::string> account_script(const std::string& engine, const BackupContents& contents,
                                        Verifiers verifiers) {
  if (engine == "postgresql") return pg::account_script(contents, verifiers);
  if (engine == "mysql") return mysql::account_script(contents, verifiers);
  throw unknown_engine(engine);
}

std::string globals_with(const std::string& engine, const BackupContents& contents,
                         const AccountFilter& wanted) {
  if (engine == "postgresql") return pg::globals_with(contents, wanted);
  if (engine == "mysql") return mysql::globals_with(contents, wanted);
  throw unknown_engine(engine);
}

ServerNeeds server_needs(const std::string& engine, const BackupContents& contents) {
  if (engine == "postgresql") return pg::server_needs(contents);
  if (engine == "mysql") return mysql::server_needs(contents);
  throw unknown_engine(engine);
}

std::unique_ptr<Probe> open_probe(const Instance& instance) {
  if (instance.engine == EngineKind::kMysql) return mysql::make_probe(mysql_address(instance));
  return pg::make_probe(postgresql_address(instance), instance.maintenance_database);
}

std::unique_ptr<Store> open_store(const Config& config) {
  return std::make_unique<LocalStore>(config.repository);
}

}  // namespace vya
