// Questions to a restored server that a restore itself does not ask: what a drill adds to it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace vya {

/// A statement that is run with somebody's rights, and rolled back where the server can do that.
struct Question {
  std::string database;  ///< empty: the one that sessions begin in
  std::string account;   ///< empty: our own
  std::string sql;
};

/// What came of it.
struct Answer {
  std::optional<std::string> value;  ///< the first field of the first row; nothing: null, or no row
  std::string error;                 ///< the server's words; empty: it was run
  bool refused = false;              ///< the error is about a privilege that is missing
};

/// What a look at the server's own storage gave.
struct Validation {
  std::vector<Remark> remarks;  ///< what is wrong, and what could not be looked at
  std::uint64_t indexes = 0;    ///< that were compared with their tables
  std::uint64_t tables = 0;     ///< that were read with the server's own checks
};

class Probe {
 public:
  virtual ~Probe() = default;

  /// What would begin to work by itself on this server as soon as it is restored, as globs of the
  /// catalog model's names: `subscription *`, `event *`. None where nothing would.
  virtual std::vector<std::string> starts() = 0;

  /// Looks at tables and indexes with the server's own means, with `jobs` connections. May add
  /// what it needs for that to the server. Throws Error when it cannot look at all.
  virtual Validation validate(const std::vector<Database>& databases, unsigned jobs) = 0;

  /// Throws Error(kNotFound) when there is no such account or database, or Error(kConnection).
  virtual Answer ask(const Question& question) = 0;
};

}  // namespace vya
