// Single changes that can happen to a server, each with what a comparison has to say of it.
//
// tests/story/mutations/ENGINE/*.sql hold them as data: after `-- mutation: NAME` the statements
// that make the change, after `-- undo` those that take it back, and a line `-- finding: WORDS` for
// each finding; `-- finding [WHAT]: WORDS` where only some servers word it so, or a line
// `-- no finding`. `-- needs: WHAT` stands before a change that not every server knows, and `-- in:
// DATABASE` before one outside of the usual database. The changes of one file do not meet, so they
// can be made together; world*.sql make the server.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/story/vya.h"

namespace vya::story {

struct Mutation {
  std::string name;
  std::string database;  ///< empty: the usual one
  std::string change;
  std::string undo;
  bool harmless = false;              ///< nothing is to be found
  std::vector<std::string> findings;  ///< as `vya diff` prints them: `fault: role "a" is missing`
};

using Mutations = std::vector<Mutation>;

/// The changes of each file that are possible on a server. `fits` says whether one can do what a
/// change needs.
std::vector<Mutations> read_mutations(const std::string& engine,
                                      const std::function<bool(const std::string&)>& fits);

/// Runs statements in a database; empty: in the usual one.
using RunSql = std::function<void(const std::string& database, const std::string& sql)>;

/// Makes the changes on the server that runs `sql`, compares it, under the name `live:restored`,
/// with the newest backup of `source`, and takes them back. Expects each change to be found as it
/// wants, and nothing else.
void expect_found(const Mutations& together, const RunSql& sql, const Vya& vya);

}  // namespace vya::story
