// A child of inheritance whose columns stand in an order of their own.
//
// CREATE TABLE ... INHERITS gives the parents' columns first, and no statement moves a column
// later. So the child is created with one parent more, which comes first, has all columns in the
// wanted order, and goes again: what the child's definition says of columns, constraints and
// parents stays as it is, and no catalog is written to.
#pragma once

#include <optional>
#include <string>

#include "engine/postgresql/restoration.h"

namespace vya::pg {

/// The definition of a child (`CREATE [FOREIGN] TABLE ... INHERITS (...)` and what follows) with
/// one more parent, before the others. Nothing when it inherits from none.
std::optional<std::string> with_first_parent(const std::string& definition,
                                             const std::string& parent);

/// Creates a child with its columns in this order. Where that cannot be done it is created in the
/// order that INHERITS gives, which is a gap. Returns whether it is there now, as run_definition
/// does. Throws Error(kSql).
bool create_in_order(Restoration& restoration, Connection& connection,
                     const DatabaseModel& database, const Entry& entry, const ColumnOrder& order,
                     const StatementOf& statement_of);

}  // namespace vya::pg
