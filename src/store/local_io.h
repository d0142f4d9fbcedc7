// What the local store asks of the file system: folders that are durable, names that are never
// replaced, and errors that say which path and why.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"

namespace vya::local {

/// Error(kStorage) `cannot VERB 'PATH': no space left on device`, with a hint where the disk is
/// full. `code` is an errno value.
Error storage_error(const std::string& verb, const std::filesystem::path& path, int code);

/// Makes `root`/`below` and the folders between, for the owner only. `root` exists. Not durable
/// before sync_up_to().
void make_folders(const std::filesystem::path& root, const std::filesystem::path& below);

/// Waits until the names in `folder` and in each folder above it, `root` included, are on the disk.
/// All of them: another thread or process may have made one of them and not synced it yet.
void sync_up_to(const std::filesystem::path& root, std::filesystem::path folder);

enum class Renamed { kDone, kExists };

/// Renames a file unless something has the name `to` already.
Renamed rename_new(const std::filesystem::path& from, const std::filesystem::path& to);

/// The same by link() and unlink(), for file systems that know no renaming without replacing (NFS).
/// After a crash between the two, both names are there.
Renamed link_new(const std::filesystem::path& from, const std::filesystem::path& to);

/// Removes the folder and those in it as far as they hold no files.
void remove_empty_folders(const std::filesystem::path& folder);

/// What is in a folder, in no order; nothing when there is no such folder.
std::vector<std::filesystem::directory_entry> entries(const std::filesystem::path& folder);

/// The entries whose names an object or a folder of objects may have: not those that start with
/// '.', nor what administrators and file systems put there (`lost+found`).
std::vector<std::filesystem::directory_entry> visible_entries(const std::filesystem::path& folder);

}  // namespace vya::local
