// From the configuration's values to the things themselves.
#pragma once

#include <memory>

#include "config/config.h"
#include "engine/account_script.h"
#include "engine/catalog_model.h"
#include "engine/difference_rule.h"
#include "engine/engine.h"
#include "engine/probe.h"
#include "engine/server_needs.h"
#include "store/store.h"

namespace vya {

/// The engine of an instance, not yet connected. Throws Error(kCredentials) when its password
/// cannot be had.
std::unique_ptr<Engine> open_engine(const Instance& instance);

/// The name of an instance's engine, as in the configuration: `postgresql`.
std::string engine_name(const Instance& instance);

/// What the documents of an engine's server say: the engine by its name in the configuration and in
/// manifests. Throws Error(kCheckFailed) when one is missing or wrong.
CatalogModel describe(const std::string& engine, const BackupContents& contents);

/// What explains differences between two such models. Throws as describe() does.
DifferenceRules difference_rules(const std::string& engine);

/// Databases of the server that the backup does not hold, because no rule asked for them or nobody
/// may connect to them. Throws as describe() does.
std::vector<std::string> uncovered_databases(const std::string& engine,
                                             const BackupContents& contents);

/// The accounts of an engine's backup: their names, the statements that make them, and the document
/// of globals with some of them. Throw as describe() does.
std::vector<std::string> account_names(const std::string& engine, const BackupContents& contents);
std::vector<std::string> account_script(const std::string& engine, const BackupContents& contents,
                                        Verifiers verifiers);
std::string globals_with(const std::string& engine, const BackupContents& contents,
                         const AccountFilter& wanted);

/// What a server must be made with for an engine's backup. Throws as describe() does.
ServerNeeds server_needs(const std::string& engine, const BackupContents& contents);

/// Questions to a restored server of an instance's engine.
std::unique_ptr<Probe> open_probe(const Instance& instance);

/// The store that the configuration's repository is in.
std::unique_ptr<Store> open_store(const Config& config);

}  // namespace vya
