// The statement that reads a segment's rows, and the rows' way into a sink.
#pragma once

#include <string>

#include "engine/mysql/relations.h"
#include "stream/sink.h"

namespace vya::mysql {

/// Reads the rows of a range; the session's results are to be in the character set `binary`.
std::string row_query(const std::string& database, const Relation& relation, const Range& range);

/// Runs the statement and writes its rows (tsv.h) in blocks; does not finish the sink. When the
/// sink throws, the connection is closed.
void write_rows(Connection& connection, const std::string& sql, Sink& sink);

}  // namespace vya::mysql
