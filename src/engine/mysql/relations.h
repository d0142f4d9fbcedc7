// The databases and tables that a backup holds the rows of, as information_schema describes them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/mysql/connection.h"
#include "engine/mysql/flavor.h"
#include "engine/mysql/key_range.h"

namespace vya::mysql {

enum class ColumnKind {
  kStored,
  kPeriod,  ///< of a system-versioned table: since or until when the row is valid
};

/// A column whose values are in the rows; generated ones are not.
struct Column {
  std::string name;
  std::string type;  ///< as the server writes it: `int(10) unsigned`
  ColumnKind kind = ColumnKind::kStored;
  std::string read_as;  ///< the expression that reads it; empty: as its type says
};

struct Relation {
  Table table;
  std::string engine;  ///< `InnoDB`
  /// Whether the engine shows the rows of the snapshot; others show them as they are now.
  bool transactional = false;
  bool history = false;  ///< a system-versioned table whose past rows are read too
  std::vector<Column> columns;
  Key key;                  ///< the primary key or a unique one without nulls; empty: none of use
  std::string key_index;    ///< its index
  bool whole_key = false;   ///< one whole-number column, so ranges can be estimated
  std::uint64_t rows = 0;   ///< about
  std::uint64_t bytes = 0;  ///< about
};

/// The databases of the server that hold what people put there, numbered from 1 by name; chosen by
/// include and exclude. `left_out`: the others' names. Throws Error(kNotFound), naming what there
/// is, when none is chosen.
std::vector<Database> select_databases(Connection& connection, const FreezeOptions& options,
                                       std::vector<std::string>& left_out);

/// The tables with rows of all databases, by database and name. What cannot be read whole is added
/// to the gaps.
std::vector<Relation> relations_with_rows(Connection& connection,
                                          const std::vector<Database>& databases,
                                          std::vector<Gap>& gaps);

/// Whether tables of the engine have rows of their own, and do not show those of other tables or
/// servers.
bool keeps_rows(std::string engine);

/// Throws SqlError (is_definition_in_use) when the last look at information_schema left out what is
/// just being changed: the servers say so in a warning only.
void require_whole_look(Connection& connection);

/// `'a', 'b'` of the databases' names, for IN (...).
std::string quoted_names(const std::vector<Database>& databases);

}  // namespace vya::mysql
