#include "engine/postgresql/table_locks.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kLocksAtOnce = 200;
constexpr milliseconds kPause{
    50};  ///< between tries; each failed one is a line in the server's log
constexpr std::string_view kQueryCanceled = "57014";

/// The statement that locks some of them; without the children, which are in the list themselves.
std::string lock_statement(const std::vector<Lockable>& all, std::size_t begin, std::size_t end) {
  std::string list;
  for (std::size_t i = begin; i < end; ++i) {
    if (!list.empty()) list += ", ";
    list += "ONLY " + quote_name(all[i].name.schema, all[i].name.name);
  }
  return "LOCK TABLE " + list + " IN ACCESS SHARE MODE";
}

milliseconds until(steady_clock::time_point limit) {
  return std::chrono::duration_cast<milliseconds>(limit - steady_clock::now());
}

}  // namespace

TableLocks::TableLocks(Connection& connection, const LockLimits& limits,
                       std::function<void()> check,
                       std::function<std::optional<Contended>()> contended,
                       std::function<void(const Contended&)> tell)
    : connection_(connection),
      limits_(limits),
      check_(std::move(check)),
      contended_(std::move(contended)),
      tell_(std::move(tell)),
      give_up_(steady_clock::now() + limits.all) {}

void TableLocks::take(const std::vector<Lockable>& tables) {
  if (tables.empty()) return;
  Lockable first = tables.front();
  for (;;) {
    connection_.run("SAVEPOINT tables");
    const bool taken = take_all(first, tables);
    if (!taken) connection_.run("ROLLBACK TO SAVEPOINT tables");
    connection_.run("RELEASE SAVEPOINT tables");
    if (taken) return;
    const std::optional<Contended> contended = contended_();
    wait_or_fail(contended);
    if (contended) first = contended->table;
  }
}

bool TableLocks::take_all(const Lockable& first, const std::vector<Lockable>& tables) {
  if (!attempt(lock_statement({first}, 0, 1))) return false;
  const auto limit = steady_clock::now() + limits_.deadlock_timeout * 8 / 10;
  for (std::size_t begin = 0; begin < tables.size(); begin += kLocksAtOnce) {
    const milliseconds rest = std::max(until(limit), milliseconds(1));
    const std::size_t end = std::min(begin + kLocksAtOnce, tables.size());
    if (!attempt(fmt::format("SET LOCAL statement_timeout = {}; {}", rest.count(),
                             lock_statement(tables, begin, end))))
      return false;
  }
  connection_.run("SET LOCAL statement_timeout = 0");
  return true;
}

void TableLocks::add(const std::vector<Lockable>& tables) {
  for (const Lockable& table : tables) {
    while (!attempt(lock_statement({table}, 0, 1) + " NOWAIT")) {
      wait_or_fail(contended_());
      std::this_thread::sleep_for(kPause);
    }
  }
}

/// Returns false, holding what it held before, when the lock is not to be had in time.
bool TableLocks::attempt(const std::string& lock) {
  connection_.run("SAVEPOINT attempt");
  try {
    connection_.run(lock);
  } catch (const SqlError& error) {
    if (error.state() != kLockNotAvailable && error.state() != kQueryCanceled) throw;
    connection_.run("ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt");
    return false;
  }
  connection_.run("RELEASE SAVEPOINT attempt");
  return true;
}

void TableLocks::wait_or_fail(const std::optional<Contended>& contended) {
  check_();
  if (contended && !std::exchange(told_, true)) tell_(*contended);
  if (steady_clock::now() < give_up_) return;
  const std::string seconds =
      fmt::format("{:.3g} s", static_cast<double>(limits_.all.count()) / 1e3);
  throw Error(Fault::kRefused,
              contended ? fmt::format("cannot lock table '{}.{}' within {}; it is locked by {}",
                                      contended->table.name.schema, contended->table.name.name,
                                      seconds, contended->by)
                        : fmt::format("cannot lock all tables together within {}", seconds),
              "Back up when less is changed, or raise ddl_wait.");
}

}  // namespace vya::pg
