// A real browser (Chromium without a window) that opens a page of ours and says what became of it.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/world/folder.h"

namespace vya {

/// What a page was like.
struct Visit {
  std::string document;               ///< as it is after it was loaded
  std::vector<std::string> console;   ///< what it said there, errors and all else
  std::vector<std::string> requests;  ///< the addresses that the page asked for over a network
  std::map<std::string, std::string> measured;  ///< by the probe, see visit_measured()

  /// Of the probe: cells of the table's rows, joined with `|`.
  std::vector<std::string> table(const std::string& caption) const;
};

class Browser {
 public:
  /// Whether there is one: `chromium` in PATH.
  static bool is_installed();

  /// Opens the page with further options of Chromium's. Throws Error when it does not end.
  Visit visit(const std::string& page, std::vector<std::string> options = {}) const;

  /// Opens the page without its policy and with a script that measures it as it is shown.
  Visit visit_measured(const std::string& page, std::vector<std::string> options = {}) const;

 private:
  world::Folder folder_;
};

/// The page without the policy that forbids scripts and requests.
std::string without_policy(const std::string& page);

}  // namespace vya
