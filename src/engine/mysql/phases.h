// The phases of a restore, one function each: does its part and says in a few words what came of
// it. To be run in this order, each once. All throw Error(kSql), naming what could not be restored.
#pragma once

#include <string>

#include "engine/mysql/restoration.h"

namespace vya::mysql {

/// Creates the databases; those that are there and empty get the backup's properties.
std::string restore_databases(Restoration& restoration);

/// Views that could not be used on the source. To be run while the databases are empty; those that
/// cannot be had so are left to restore_objects().
void restore_broken_views(Restoration& restoration);

/// Sequences with their values, and tables with what rows need.
std::string restore_tables(Restoration& restoration);

/// The indexes that are built from rows, several tables at a time; one that cannot be is a gap.
std::string restore_indexes(Restoration& restoration);

/// Foreign keys. Rows are not compared with them: they are as they were.
std::string restore_foreign_keys(Restoration& restoration);

/// Routines, packages, views and triggers; one that cannot be made is a gap.
std::string restore_objects(Restoration& restoration);

/// Gathers the statistics of all tables, several at a time.
std::string analyze(Restoration& restoration);

/// Events, all of them disabled.
std::string restore_events(Restoration& restoration);

/// Gives events the state that they had.
void enable_events(Restoration& restoration);

}  // namespace vya::mysql
