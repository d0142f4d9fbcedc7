// A database's definitions, by running pg_dump on our snapshot.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>

#include "engine/postgresql/client_programs.h"
#include "engine/postgresql/entry.h"
#include "engine/postgresql/readable.h"
#include "engine/postgresql/server.h"

namespace vya::pg {

struct SchemaDump {
  const Server& server;
  ClientProgram program;
  std::string database;
  std::string encoding;     ///< of the database
  std::string snapshot_id;  ///< exported by a transaction that lives; empty: as of now
  std::string application_name;
  std::function<void()> check;                   ///< called while reading; may throw
  std::vector<Undumpable> left_out;              ///< what pg_dump may not read
  std::map<std::string, std::string> languages;  ///< read_languages() of the database
  std::chrono::milliseconds lock_wait{5000};     ///< for each table's lock
};

/// Runs pg_dump (definitions only, without grants) and calls `visit` for each entry, in an order in
/// which they can be run. The password travels in a private memory file. Throws StartOver when
/// pg_dump could not get a lock in time (a DDL statement waits for us), Error when it fails
/// otherwise.
void dump_schema(const SchemaDump& dump, const std::function<void(Entry)>& visit);

}  // namespace vya::pg
