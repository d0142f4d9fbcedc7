// A result as a file, which is there as a whole or as it was before.
#pragma once

#include <filesystem>
#include <string>

namespace vya {

/// Writes the text beside the file, then gives it its name; a file that has it keeps its
/// permissions. Throws Error(kStorage) when it cannot be written, and Error(kUsage) when something
/// else than a file has the name.
void replace_file(const std::filesystem::path& path, const std::string& text);

}  // namespace vya
