// What is done with an entry in a restore: when, and by which statement. Pure.
#pragma once

#include <functional>
#include <string>

#include "engine/postgresql/catalog.h"
#include "engine/postgresql/entry.h"
#include "engine/postgresql/statement.h"

namespace vya::pg {

/// When an entry is run.
enum class Stage {
  kSchema,    ///< before the rows
  kIndexes,   ///< after the rows: indexes, constraints, triggers, policies
  kLast,      ///< when all else is in place: event triggers, publications, subscriptions
  kElsewhere  ///< not at all: what it does is done from our own model (grants, databases), or is
              ///< rows
};

/// Sorts entries into stages, in their order: comments and labels have no section of their own and
/// go with what stands before them.
class Stages {
 public:
  Stage stage_of(const Entry& entry);

 private:
  Stage current_ = Stage::kSchema;
};

/// Where an entry's storage goes on the target: a tablespace, or empty for the database's default.
using TablespaceOnTarget = std::function<std::string(const std::string& tablespace)>;

/// How a restore runs an entry.
using StatementOf = std::function<Statement(const Entry&)>;

/// Runs the definition in its tablespace and access method and gives the object to its owner, all
/// in one transaction.
Statement run_entry(const Entry& entry, const TablespaceOnTarget& tablespace_on_target);

/// Whether its definition may hold passwords of other servers.
bool may_hold_secret(const Entry& entry);

/// `ALTER TABLE "s"."t" OWNER TO "app"`; empty for what has no owner of its own.
std::string set_owner(const Entry& entry);

/// What makes a subscription on a newer server do what it did on its own, where a newer default
/// says otherwise: 16 applies changes as the tables' owners, 18 streams. Empty for all else.
std::string keep_old_defaults(const Entry& entry, int source_major, int target_version);

/// An extension in a wanted version, or, empty, in the server's default one.
Statement create_extension(const Extension& extension, const std::string& version);

/// `INDEX "public"."orders_at"`: how messages name an entry.
std::string in_words(const Entry& entry);

}  // namespace vya::pg
