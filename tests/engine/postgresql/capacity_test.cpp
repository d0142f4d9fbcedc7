#include "engine/postgresql/capacity.h"

#include <gtest/gtest.h>

#include <numeric>

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

std::string locks(const Room& room, std::int64_t tables, unsigned jobs) {
  return refusal([&] { require_locks(room, tables, jobs, "shop"); });
}

std::string session(const Room& room, unsigned jobs) {
  return refusal([&] { require_session(room, jobs); });
}

/// Databases that have so many tables each.
Demand databases(std::size_t count, std::int64_t tables_of_each, unsigned jobs = 1) {
  return {.tables = std::vector<std::int64_t>(count, tables_of_each), .jobs = jobs};
}

using Sizes = std::vector<std::size_t>;

/// A stock server: 64 locks a transaction, 100 connections.
const Room kStock{.connections = 97};

TEST(Capacity, RefusesTenThousandTablesOnAStockServerAndNamesAValueThatWouldDo) {
  EXPECT_EQ(locks(kStock, 10'000, 2),
            "cannot lock the 10000 tables of database 'shop': the server has room for about 6400 "
            "more locks, and running out would fail the application's statements too | Raise "
            "max_locks_per_transaction from 64 to 128 and restart the server.");

  Room raised = kStock;
  raised.locks_per_transaction = 128;
  EXPECT_EQ(locks(raised, 10'000, 2), "");
}

TEST(Capacity, CountsWhatOthersHold) {
  Room room = kStock;
  EXPECT_EQ(locks(room, 5'000, 1), "");
  room.locks_used = 2'000;
  EXPECT_NE(locks(room, 5'000, 1), "");
}

TEST(Capacity, CountsTheSystemsTablesThatEachSessionLooksAt) {
  EXPECT_EQ(locks(kStock, 5'900, 2), "");
  EXPECT_NE(locks(kStock, 5'900, 8), "");
  EXPECT_TRUE(has_locks(kStock, databases(90, 0)));
  EXPECT_FALSE(has_locks(kStock, databases(1'000, 0)));
}

TEST(Capacity, RefusesWhereThereIsNoRoomForTheSessionsOfADatabase) {
  Room room = kStock;
  room.connections_used = 92;
  EXPECT_EQ(session(room, 4),
            "cannot open 8 sessions, one for a database and those that read: the server has 5 left "
            "for them | Raise max_connections by 3 and restart the server, or use fewer --jobs.");
  EXPECT_EQ(session(room, 1), "");
}

TEST(Capacity, KnowsTheRolesOwnLimit) {
  Room room = kStock;
  room.role_limit = 5;
  room.role_used = 1;
  EXPECT_EQ(session(room, 2),
            "cannot open 6 sessions: the role may have 5 at a time and has 1 | Run ALTER ROLE ... "
            "CONNECTION LIMIT 7, or use fewer --jobs.");
  EXPECT_EQ(databases_at_a_time(room, 10, 2, Taking::kAll), 0U);
  room.role_limit = 7;
  EXPECT_EQ(session(room, 2), "");
  EXPECT_EQ(databases_at_a_time(room, 10, 2, Taking::kAll), 1U);
}

TEST(Capacity, TakesAllThatIsFreeForASingleGroup) {
  EXPECT_EQ(groups_of(kStock, databases(93, 10)), Sizes{93});
  EXPECT_EQ(groups_of(kStock, databases(90, 10, 4)), Sizes{90});
}

TEST(Capacity, LeavesAFifthToOthersWhereGroupsFollowEachOther) {
  EXPECT_EQ(groups_of(kStock, databases(94, 10)), (Sizes{74, 20}));
  // 5,120 of 6,400 locks: 200 for who reads, and 130 for each database.
  EXPECT_EQ(groups_of(kStock, databases(94, 100)), (Sizes{37, 37, 20}));
}

TEST(Capacity, GivesADatabaseThatTakesMoreThanItsPartAGroupOfItsOwn) {
  Demand demand = databases(5, 0);
  demand.tables[1] = 6'000;
  EXPECT_EQ(groups_of(kStock, demand), (Sizes{5}));
  demand.tables[3] = 6'000;
  EXPECT_EQ(groups_of(kStock, demand), (Sizes{1, 1, 1, 1, 1}));
}

TEST(Capacity, PutsAThousandDatabasesIntoGroupsThatFit) {
  Room room = kStock;
  room.connections_used = 17;
  Demand demand = databases(1'000, 0, 2);
  for (std::size_t i = 0; i < 1'000; ++i)
    demand.tables[i] = static_cast<std::int64_t>(i * 7919 % 200);

  const Sizes groups = groups_of(room, demand);

  EXPECT_EQ(std::accumulate(groups.begin(), groups.end(), std::size_t{0}), 1'000U);
  std::size_t begin = 0;
  for (const std::size_t size : groups) {
    const auto first = demand.tables.begin() + static_cast<std::ptrdiff_t>(begin);
    EXPECT_LE(sessions_needed(size, 2), 80 - 16);
    EXPECT_TRUE(
        has_locks(room, {.tables = {first, first + static_cast<std::ptrdiff_t>(size)}, .jobs = 2}));
    begin += size;
  }
}

TEST(Capacity, NamesWhatWouldMakeItOneGroup) {
  EXPECT_EQ(settings_for_one_group(kStock, databases(1'000, 0, 4)), "max_connections to 1010");
  EXPECT_EQ(settings_for_one_group(kStock, databases(1'000, 100, 4)),
            "max_connections to 1010 and max_locks_per_transaction to 192");
  EXPECT_EQ(settings_for_one_group(kStock, databases(50, 200)), "max_locks_per_transaction to 128");
  Room limited = kStock;
  limited.role_limit = 20;
  EXPECT_EQ(settings_for_one_group(limited, databases(50, 0)), "the role's CONNECTION LIMIT to 54");
}

/// What it names is what it takes.
TEST(Capacity, MakesOneGroupOfWhatItNames) {
  Room raised = kStock;
  raised.max_connections = 1'010;
  raised.connections = 1'007;
  raised.transactions = 1'010;
  raised.locks_per_transaction = 192;
  EXPECT_EQ(groups_of(raised, databases(1'000, 100, 4)), Sizes{1'000});
}

}  // namespace
}  // namespace vya::pg
