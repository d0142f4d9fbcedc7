// All that a server holds, as one value: of a backup, or of a server as it is. Two of them are
// compared.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "config/config.h"
#include "engine/catalog_model.h"
#include "engine/engine.h"
#include "operation/contents.h"
#include "operation/progress.h"
#include "report/finding.h"
#include "stream/fingerprint.h"

namespace vya {

/// A table, a root with its partitions, or a materialized view.
struct TableState {
  TableKind kind = TableKind::kTable;
  Fingerprint rows;
};

struct ServerState {
  std::string what;  ///< `shop/20261122T030000Z-7f3a`, `live:shop`
  std::string engine;
  ServerFacts server;
  CatalogModel catalog;
  std::map<std::string, TableState> tables;  ///< `shop.public.orders`
};

/// A backup's, without reading its rows: their fingerprints are in it. Throws Error(kCheckFailed)
/// when it is damaged.
ServerState state_of(const RepositoryContents& contents);

/// A server's as it is at one moment: reads every row. The progress has the phases `snapshot`,
/// `definitions` and `rows`. Throws as a backup of it would.
ServerState state_of(Engine& engine, const Instance& instance, const FreezeOptions& options,
                     Progress& progress);

/// The documents of a server as it is, in memory; without rows.
std::unique_ptr<BackupContents> contents_of(Engine& engine, const FreezeOptions& options,
                                            Watcher& watcher);

/// Only its catalog; reads no rows.
CatalogModel catalog_of(Engine& engine, const Instance& instance, const FreezeOptions& options,
                        Watcher& watcher);

/// In what the second differs from the first. A materialized view with other rows is a notice: it
/// was refreshed. Throws Error(kRefused) when they are of different engines.
std::vector<Finding> differences(const ServerState& wanted, const ServerState& found);

}  // namespace vya
