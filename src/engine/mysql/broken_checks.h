// CHECKs that rows of the backup do not hold: possible where a CHECK was added without being
// enforced over rows that were there, or its function's meaning changed with the server's version.
// MariaDB loads such rows when it is asked to; on MySQL the CHECK stays NOT ENFORCED.
#pragma once

#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "engine/mysql/connection.h"

namespace vya::mysql {

class Outcome;

/// Those of a restore. Safe from several threads.
class BrokenChecks {
 public:
  /// Sees to it that a CHECK is not enforced any more; what it is called is taken from the server's
  /// message. `table`: quoted. Throws SqlError.
  void stop(Connection& connection, Outcome& outcome, const std::string& table,
            const std::string& said);

 private:
  std::mutex mutex_;  ///< held while one is changed
  std::set<std::pair<std::string, std::string>> stopped_;
};

}  // namespace vya::mysql
