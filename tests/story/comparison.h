// Compares two servers by other programs than ours: what pg_dumpall and pg_dump write of each.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/world/postgres.h"

namespace vya::story {

/// Why a line of a dump may be on one side alone although the restore is right: because it can be
/// explained, or because the two versions write the same thing in two ways.
struct Rule {
  std::string name;
  std::function<bool(const std::string& line)> explains = {};  ///< `line` as differences() gives it
  /// A line of either side in the one way in which it is compared; other lines as they are.
  std::function<std::string(const std::string& line)> in_one_way = {};
};

/// The lines that only one of two servers' dumps has, each with `<` or `>` before it; none when
/// they are equal. Compared are pg_dumpall's globals and, of each database of the source, all that
/// pg_dump --create writes, rows included, by the programs of the higher of the two versions; and
/// what these leave out, by queries: settings for all, databases that allow no connections,
/// extensions' versions and owners, the owners and comments of their functions, the order of
/// columns, whose checks are, security labels. The random token lines (`\restrict`) are left out,
/// and so are comment lines with pg_dump's own numbers and the servers' internal column options.
/// Lines are compared as a sorted list: where order is free, two servers may differ in it. A line
/// that a rule explains is left out; a rule that explains no line is itself a difference: it is not
/// needed.
std::vector<std::string> differences(const world::PostgresServer& source,
                                     const world::PostgresServer& restored,
                                     const std::vector<Rule>& rules = {});

}  // namespace vya::story
