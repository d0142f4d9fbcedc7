#include "engine/postgresql/capacity.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace vya::pg {
namespace {

/// `MESSAGE | HINT` of the refusal; empty when there is room.
template <typename Require>
std::string refusal(Require require) {
  try {
    require();
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kRefused);
    return error.message() + " | " + error.hint();
  }
  return "";
}

std::string locks(const Room& room, const Demand& demand) {
  return refusal([&] { require_locks(room, demand); });
}

std::string sessions(const Room& room, std::size_t databases, unsigned jobs) {
  return refusal([&] { require_sessions(room, databases, jobs); });
}

/// A stock server: 64 locks a transaction, 100 connections.
const Room kStock{.connections = 97};

TEST(Capacity, RefusesTenThousandTablesOnAStockServerAndNamesAValueThatWouldDo) {
  EXPECT_EQ(
      locks(kStock, {.tables = {10'000}, .jobs = 2}),
      "cannot lock 10000 tables: the server has room for about 6400 more locks, and running "
      "out would fail the application's statements too | Raise max_locks_per_transaction from "
      "64 to 128 and restart the server, or back up the databases in several runs with "
      "--database.");

  Room raised = kStock;
  raised.locks_per_transaction = 128;
  EXPECT_EQ(locks(raised, {.tables = {10'000}, .jobs = 2}), "");
}

TEST(Capacity, CountsWhatOthersHold) {
  Room room = kStock;
  EXPECT_EQ(locks(room, {.tables = {5'000}, .jobs = 1}), "");
  room.locks_used = 2'000;
  EXPECT_NE(locks(room, {.tables = {5'000}, .jobs = 1}), "");
}

TEST(Capacity, CountsTheSystemsTablesThatEachSessionLooksAt) {
  EXPECT_EQ(locks(kStock, {.tables = {5'900}, .jobs = 2}), "");
  EXPECT_NE(locks(kStock, {.tables = {5'900}, .jobs = 8}), "");
  EXPECT_NE(locks(kStock, {.tables = std::vector<std::int64_t>(1'000, 0), .jobs = 1}), "");
}

TEST(Capacity, RefusesMoreDatabasesThanThereAreConnections) {
  EXPECT_EQ(sessions(kStock, 1'000, 4),
            "cannot open 1007 sessions, one for each of 1000 databases and those that read: the "
            "server has 97 left for them | Raise max_connections by 910 and restart the server, or "
            "use fewer --jobs, or back up the databases in several runs with --database.");
  EXPECT_EQ(sessions(kStock, 90, 4), "");
  EXPECT_NE(sessions(kStock, 91, 4), "");
}

TEST(Capacity, KnowsTheRolesOwnLimit) {
  Room room = kStock;
  room.role_limit = 5;
  room.role_used = 1;
  EXPECT_EQ(sessions(room, 1, 2),
            "cannot open 6 sessions: the role may have 5 at a time and has 1 | Run ALTER ROLE ... "
            "CONNECTION LIMIT 7, or use fewer --jobs.");
  room.role_limit = 7;
  EXPECT_EQ(sessions(room, 1, 2), "");
}

}  // namespace
}  // namespace vya::pg
