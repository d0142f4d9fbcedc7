// The zoo: a server with every kind of thing that a catalog can hold, and what is true of it.
//
// tests/story/zoo/*.sql make it, file by file in the order of their names. Among the statements
// stand facts, as comments: a name, a query, and what the query gives. A fact must hold of the
// server that the files made, so no fact is true by accident of spelling, and of every copy of it.
// A file may say what it needs: `-- needs: version 15`, `-- needs: extension citext`.
#pragma once

#include <string>
#include <vector>

#include "tests/world/postgres.h"

namespace vya::story {

/// One thing that a catalog says.
struct Fact {
  std::string name;
  std::string database;
  std::string query;     ///< gives one field
  std::string expected;  ///< as text; empty for null
};

/// Fills an empty server with as much of the zoo as its version and its extensions allow, and
/// returns the facts that came with it.
std::vector<Fact> fill_zoo(const world::PostgresServer& server);

/// The facts that do not hold on a server, each as a line with what was found instead.
std::vector<std::string> untrue(const std::vector<Fact>& facts,
                                const world::PostgresServer& server);

/// The name of the zoo's one tablespace.
inline constexpr const char* kZooTablespace = "Aquarium";

}  // namespace vya::story
