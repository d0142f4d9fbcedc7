#include "engine/mysql/restoration.h"

#include <utility>

#include "base/log.h"
#include "base/parallel.h"
#include "engine/mysql/quote.h"

namespace vya::mysql {

void fail_to(const std::string& what, const SqlError& error) {
  const Fault fault = error.fault() == Fault::kConnection ? Fault::kConnection : Fault::kSql;
  throw Error(fault, "cannot " + what + ": " + error.said(), error.hint());
}

void execute(Connection& connection, const std::string& what, const std::string& sql) {
  log_event(LogLevel::kDebug, "statement", {{"what", what}});
  try {
    connection.run(sql);
  } catch (const SqlError& error) {
    fail_to(what, error);
  }
}

bool execute_or_gap(Restoration& restoration, Connection& connection, const Gap& gap,
                    const std::string& sql) {
  try {
    connection.run(sql);
    return true;
  } catch (const SqlError& error) {
    if (error.fault() == Fault::kConnection) fail_to("restore " + gap.what, error);
    Gap added = gap;
    added.why = "the target refuses it: " + error.said();
    if (added.cure.empty()) added.cure = sql;
    restoration.outcome.add(std::move(added));
    return false;
  }
}

std::string in_words(const DatabaseModel& database, const SchemaObject& object) {
  return object.type + " " + quote_name(database.name(), object.name);
}

void for_each_object(
    Restoration& restoration, const std::string& type,
    const std::function<void(Connection&, const DatabaseModel&, const SchemaObject&)>& work) {
  std::vector<std::pair<const DatabaseModel*, const SchemaObject*>> all;
  for (const DatabaseModel& database : restoration.backup.databases) {
    for (const SchemaObject* object : database.of_type(type)) all.emplace_back(&database, object);
  }
  in_parallel(all.size(), restoration.jobs, [&](std::size_t i) {
    RestoreSession session = restoration.sessions.borrow(all[i].first->name());
    work(*session, *all[i].first, *all[i].second);
  });
}

}  // namespace vya::mysql
