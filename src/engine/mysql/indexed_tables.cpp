#include "engine/mysql/indexed_tables.h"

#include "base/log.h"

namespace vya::mysql {

void IndexedTables::add(const std::string& name, const std::string& drop) {
  const std::lock_guard lock(mutex_);
  drops_.emplace(name, drop);
}

bool IndexedTables::has(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  return drops_.contains(name);
}

void IndexedTables::drop(Connection& session, const std::string& name) {
  const std::lock_guard lock(mutex_);
  const auto found = drops_.find(name);
  if (found == drops_.end()) return;
  try {
    session.run("ALTER TABLE " + name + found->second);
    drops_.erase(found);
  } catch (const SqlError& error) {
    if (!session.good()) throw;
    log_event(LogLevel::kInfo, "indexes kept", {{"table", name}, {"why", error.message()}});
  }
}

}  // namespace vya::mysql
