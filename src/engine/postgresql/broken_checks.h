// CHECKs that rows of the backup do not hold: possible where a function that one calls was changed
// after the rows were written. They are taken away while the rows are loaded, and come back as NOT
// VALID, which looks at no row that is there.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace vya::pg {

class Connection;
class SqlError;
struct DatabaseModel;
struct Restoration;

/// A CHECK of a table or domain that was taken away.
struct BrokenCheck {
  std::string database;
  std::string owner;  ///< of the constraint: `TABLE "public"."orders"`, `DOMAIN "public"."amount"`
  std::string owner_name;  ///< `"public"."orders"`
  std::string name;        ///< quoted
  std::string definition;  ///< `CHECK ((a > 0))`
  std::optional<std::string> comment;
  std::string said;  ///< by the server, of the first row
  bool operator==(const BrokenCheck&) const = default;
};

/// Whether a row was refused for a CHECK that has a name: a partition's bounds have none.
bool is_of_check(const SqlError& error);

/// Those of a restore. Safe from several threads.
class BrokenChecks {
 public:
  /// Takes the CHECK away that an error is about: from the table at the top, where it is inherited.
  /// Returns whether it is away now. Throws SqlError.
  bool take_away(Connection& connection, const SqlError& error);

  /// Of a database, the last that was taken away first.
  std::vector<BrokenCheck> of(const std::string& database);

 private:
  std::mutex mutex_;  ///< held while one is taken away
  std::vector<BrokenCheck> all_;
};

/// Puts the CHECKs of a database back as NOT VALID; each is a gap.
void put_back_checks(Restoration& restoration, const DatabaseModel& database);

}  // namespace vya::pg
