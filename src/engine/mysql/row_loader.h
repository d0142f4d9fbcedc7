// Loads rows into a table: with LOAD DATA LOCAL, or by INSERT where the server forbids that.
#pragma once

#include <memory>

#include "engine/engine.h"
#include "engine/mysql/restoration.h"

namespace vya::mysql {

/// A sink for a table's rows in the form of tsv.h. finish() commits them; before, nobody sees a
/// row, but of tables whose engine has no transactions. Throws LoadAgain where the server refuses
/// the way in which rows are sent, or a CHECK that rows do not hold, which is then not enforced any
/// more. A row that the server did not take as it is ends the restore with Error(kSql). Restoration
/// must outlive the sink.
std::unique_ptr<Sink> load_rows(Restoration& restoration, const Table& table, Loading loading);

}  // namespace vya::mysql
