// The first contents of a throwaway server's data folder, and the user it belongs to.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/world/postgres.h"

namespace vya::world {

/// All that decides what initdb makes.
struct DataRecipe {
  std::filesystem::path bin;
  std::string superuser;
  std::string encoding;
  std::string locale;
  std::vector<std::string> arguments;
};

/// Makes the data folder `target`, from a copy kept under /tmp where that is allowed.
void copy_or_make_data(const DataRecipe& recipe, Data data, const std::filesystem::path& target);

/// The command line as the user that the server runs as: `postgres` when we are root, else we
/// ourselves. The program gets SIGQUIT when we die.
Start as_server_user(std::vector<std::string> command_line);

/// That user's folder of copies of data folders, under /tmp.
std::filesystem::path server_user_cache();

/// Gives a file or folder to that user.
void give_to_server_user(const std::filesystem::path& path);

}  // namespace vya::world
