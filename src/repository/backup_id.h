// How a backup is named: by its id, by its instance, or by its instance at a time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace vya {

/// `INSTANCE/EPOCH`; the epoch is UTC time and a random tail: `20261122T030000Z-7f3a`.
struct BackupId {
  std::string instance;
  std::string epoch;

  auto operator<=>(const BackupId&) const = default;
  std::string text() const { return instance + "/" + epoch; }
};

/// A new id: the epoch is of this moment, and sorts behind `newest`, the epoch of the instance's
/// newest backup: where the clock's second is not after that one's, it is of the second after it.
/// Throws Error(kUsage) when `instance` is no instance name.
BackupId new_backup_id(std::string instance, Time at, std::string_view newest = {});

/// Instance names match `[a-z0-9][a-z0-9._-]*`.
bool is_instance_name(std::string_view name);

/// Epochs are `YYYYMMDDTHHMMSSZ-xxxx`, x a lower-case hexadecimal digit.
bool is_epoch(std::string_view text);

/// What a person writes for a backup.
struct BackupReference {
  std::string instance;
  std::optional<std::string> epoch;  ///< `INSTANCE/EPOCH`
  std::optional<Time> at;  ///< `INSTANCE@2026-01-30T18:05`: the newest that was finished by then
};  ///< neither: the newest

/// Reads `INSTANCE/EPOCH`, `INSTANCE` or `INSTANCE@TIME` (TIME: `2026-01-30`, `2026-01-30T18:05` or
/// with seconds; local time unless it ends in Z; what is left out of a time of day is 0, and a date
/// alone is its last moment). Throws Error(kUsage) on anything else.
BackupReference parse_backup_reference(std::string_view text);

}  // namespace vya
