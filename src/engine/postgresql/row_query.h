// The one place that says how a table's rows are read, so that a backup and a later look at the
// restored table read the same text.
#pragma once

#include <string>
#include <vector>

#include "stream/contents.h"

namespace vya::pg {

/// A `COPY ... TO STDOUT` of the table's rows in the range, in the database's own encoding: columns
/// in the order of `table.columns`, none of a child's rows. Ranges are heap blocks; of large
/// objects, oids.
///
/// A whole table is copied plainly. A range goes through a query, which the server plans, and
/// planning locks the table's indexes until the transaction or savepoint ends.
std::string row_query(const Table& table, const Range& range, const std::string& encoding);

/// A `COPY (SELECT ...) TO STDOUT (FORMAT binary)` of the same rows, with these expressions for
/// fields.
std::string binary_row_query(const Table& table, const Range& range,
                             const std::vector<std::string>& fields);

/// How many bytes of a large object one row holds.
inline constexpr int kLargeObjectPiece = 256 * 1024;

}  // namespace vya::pg
