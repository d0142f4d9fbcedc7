// The file that makes a store a repository: vya-repository.json (docs/format/repository.md).
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"

namespace vya {

struct RepositoryFile {
  std::string id;  ///< 32 lower-case hexadecimal digits
  Time created;
};

/// The file as JSON text.
std::string to_json_text(const RepositoryFile& file);

/// Reads it back. Throws Error(kCheckFailed) when the text is none, and Error(kUsage) when the
/// repository needs what this program does not know: a newer format, signed manifests, encrypted
/// objects. `where` is for messages.
RepositoryFile parse_repository_file(std::string_view text, const std::string& where);

}  // namespace vya
