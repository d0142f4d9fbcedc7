// Where things are in a repository: numbers, never names of databases or tables.
#pragma once

#include <string>

#include "repository/backup_id.h"
#include "stream/contents.h"

namespace vya::layout {

inline constexpr const char* kRepositoryFile = "vya-repository.json";
inline constexpr const char* kManifestFile = "manifest.json";
inline constexpr const char* kInventoryFile = "inventory.jsonl.zst";

inline constexpr const char* kEvidenceFolder = "evidence/";
inline constexpr const char* kEvidenceEnding = ".json";

/// `evidence/<year>/<month>/<time>-<random>.json`
std::string evidence_file(const std::string& name);

/// `<instance>/<epoch>`: what is published together.
std::string epoch_folder(const BackupId& id);

/// `<instance>/<epoch>/full`.
std::string full_folder(const BackupId& id);

/// `db/<n>`: all of a database.
std::string database_folder(int database);

/// Below the backup's folder: `globals.jsonl.zst`, `db/2/schema.jsonl.zst`.
std::string document(const Document& document);

/// `db/<n>/rows/<table, 6 digits>/<segment, 6 digits>.zst`, for later pieces of the same segment
/// `...-<piece>.zst`.
std::string segment_object(const Segment& segment, int piece);

/// `db/<n>/bundles/<number, 6 digits>.zst`: rows of several small tables.
std::string bundle_object(int database, int number);

}  // namespace vya::layout
