// Why a line of the dumps of two servers may differ although the restore is right.
#pragma once

#include <vector>

#include "tests/story/comparison.h"

namespace vya::story {

/// The tests restore the tablespace into another folder of the same machine.
Rule tablespace_folder();

/// From 14 on, a range type has a multirange type, with a name that the server makes.
Rule multiranges();

/// From 16 on, views are written without a table's name before a column where one table is read.
Rule names_in_views();

/// From 16 on a membership has INHERIT, which is the member's own before, and pg_dumpall names a
/// grantor only there; that it is the right one is a fact of the zoo.
Rule membership_options();

/// From 17 on MAINTAIN is a privilege. Before, who owned a table could maintain it whatever rights
/// the owner had taken from itself, and so it stays.
Rule maintenance();

/// From 18 on a NOT NULL is a constraint with a name.
Rule not_null_names();

/// The rules for a zoo that was restored from one server onto another.
std::vector<Rule> rules_between(const world::PostgresServer& source,
                                const world::PostgresServer& restored);

}  // namespace vya::story
