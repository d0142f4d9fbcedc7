// vya runbook: what to do when a server, a database, a table or an account is lost, written from
// what there is.
#pragma once

#include <string>
#include <vector>

#include "config/config.h"
#include "operation/status.h"
#include "repository/repository.h"

namespace vya {

/// What a runbook is written from.
struct RunbookFacts {
  std::string config;      ///< path of the configuration
  std::string repository;  ///< its folder
  Time now;
  EngineKind engine = EngineKind::kPostgresql;
  InstanceStatus status;                 ///< has a backup
  std::vector<std::string> databases;    ///< of the backup
  std::vector<std::string> tablespaces;  ///< that a server needs folders for
  std::string example_table;             ///< the largest: `shop.public.orders`; or empty
  std::vector<Gap> gaps;                 ///< of the backup, accepted ones too
};

/// Throws Error(kNotFound) when the instance has no backup.
RunbookFacts runbook_facts(const Config& config, const Repository& repository,
                           const std::string& instance, Time now);

/// Markdown. Commands are in blocks of their own, each line one command. Pure.
std::string runbook(const RunbookFacts& facts);

}  // namespace vya
