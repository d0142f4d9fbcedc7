// A statement of a restore, and what it does in words.
#pragma once

#include <string>
#include <vector>

namespace vya::pg {

struct Statement {
  std::string what;     ///< `create role "app"`: for plans, logs and errors; never a secret
  std::string sql;      ///< one or more statements
  bool secret = false;  ///< the SQL holds a secret, so it is shown nowhere
  bool operator==(const Statement&) const = default;
};

}  // namespace vya::pg
