#include "engine/mysql/broken_checks.h"

#include <fmt/format.h>

#include "engine/mysql/outcome.h"
#include "engine/mysql/quote.h"

namespace vya::mysql {

void BrokenChecks::stop(Connection& connection, Outcome& outcome, const std::string& table,
                        const std::string& said) {
  // Check constraint 'positive' is violated.
  const std::size_t from = said.find('\'');
  const std::size_t to = said.rfind('\'');
  if (from == std::string::npos || from == to)
    throw Error(Fault::kSql, "cannot tell which CHECK of table " + table + " is meant: " + said);
  const std::string name = said.substr(from + 1, to - from - 1);
  const std::lock_guard lock(mutex_);
  if (!stopped_.emplace(table, name).second) return;  // another session met it too
  const std::string alter = fmt::format("ALTER TABLE {} ALTER CHECK {} ", table, quote_name(name));
  connection.run(alter + "NOT ENFORCED");
  outcome.add({.kind = "check",
               .what = fmt::format("{}.{}", table, quote_name(name)),
               .why = "rows of the backup do not hold it, so it is there as NOT ENFORCED: " + said,
               .cure = alter + "ENFORCED"});
}

}  // namespace vya::mysql
