// Loads rows into a table with COPY, and large objects' content with lo_put.
#pragma once

#include <memory>
#include <string>

#include "engine/engine.h"
#include "engine/postgresql/restoration.h"
#include "stream/contents.h"
#include "stream/sink.h"

namespace vya::pg {

/// A sink for a table's rows, as COPY text in the database's encoding. A table that is loaded
/// Loading::kWhole is emptied first and its rows are frozen: the first reader has nothing left to
/// do. finish() commits; before, nobody sees a row. Where the server refuses the rows in a way that
/// another way of loading helps against, LoadAgain is thrown, and the next sink goes that way: with
/// the source's search_path for functions that need it, through the root for rows that a partition
/// refuses, by INSERT for rows that are too long for COPY, without a CHECK that they do not hold.
/// Where they name what is not there, LoadLater is thrown, and load_late_rows() loads them.
/// Restoration and database must outlive
/// the sink.
std::unique_ptr<Sink> load_rows(Restoration& restoration, const Database& database,
                                const Table& table, Loading loading);

/// Loads the rows of a database's tables for which LoadLater was thrown, now that indexes are
/// there. A table whose rows name something that is not there even now stays empty, which is a gap.
void load_late_rows(Restoration& restoration, const Database& database);

/// A sink for rows of large objects: oid, offset, data. The objects must be there. Commits every so
/// often.
std::unique_ptr<Sink> load_large_objects(TargetSessions& sessions, const Database& database);

}  // namespace vya::pg
