// What a server must be made with, so that a backup can be restored to it and found equal.
#pragma once

#include <string>
#include <vector>

namespace vya {

struct ServerNeeds {
  std::string superuser;                  ///< the name of its first one
  std::vector<std::string> init_options;  ///< of the program that makes a server's data folder
  std::vector<std::string> options;       ///< of the server itself
  std::vector<std::string> tablespaces;   ///< that want a folder each
};

}  // namespace vya
