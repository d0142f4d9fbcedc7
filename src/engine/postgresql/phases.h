// The phases of a restore, one function each: does its part and says in a few words what came of
// it. To be run in this order, each once. All throw Error(kSql), naming what could not be restored.
#pragma once

#include <string>

#include "engine/postgresql/restoration.h"

namespace vya::pg {

/// Roles, memberships, grants on parameters.
std::string restore_accounts(Restoration& restoration);

/// Creates tablespaces and databases; `postgres` and `template1` are kept where they fit.
std::string restore_databases(Restoration& restoration);

/// What comes before the rows in each database, empty large objects among it.
std::string restore_schema(Restoration& restoration);

/// The empty large objects of restore_schema alone: for rows that go into definitions that are
/// there.
std::string restore_large_objects(Restoration& restoration);

/// Sequences' values, and the owners, grants and comments of large objects.
std::string restore_values(Restoration& restoration);

/// Indexes, constraints, triggers, policies: several at a time.
std::string restore_indexes(Restoration& restoration);

std::string restore_grants(Restoration& restoration);

/// Refreshes the materialized views that held rows; one that cannot be is a gap.
std::string refresh_views(Restoration& restoration);

/// Gathers the statistics of all tables, several at a time; those that cannot be had are gaps.
std::string analyze(Restoration& restoration);

/// What would be in the way before: event triggers, publications, subscriptions.
std::string restore_last(Restoration& restoration);

/// Settings of roles and databases, and the databases' own properties.
std::string restore_settings(Restoration& restoration);

/// Gives databases that replace others their names. Throws Error(kRefused) when others have
/// sessions in one of them; then all is there, under the names it was restored under.
std::string exchange_databases(Restoration& restoration);

/// A part of restore_databases.
void restore_tablespaces(Restoration& restoration);

}  // namespace vya::pg
