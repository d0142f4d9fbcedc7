// Where a table's definition says that its files are to be. Pure.
#pragma once

#include <string>

namespace vya::mysql {

/// The definition without DATA DIRECTORY, INDEX DIRECTORY and TABLESPACE, of the table and of its
/// partitions: so the server puts it where it puts others.
std::string without_place(const std::string& definition);

}  // namespace vya::mysql
