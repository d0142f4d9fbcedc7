#include "base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "base/error.h"

namespace vya {
namespace {

TEST(InParallel, DoesEachThingOnce) {
  for (const unsigned jobs : {1u, 2u, 7u}) {
    std::vector<std::atomic<int>> done(1000);

    in_parallel(done.size(), jobs, [&](std::size_t i) { ++done[i]; });

    for (const auto& times : done) ASSERT_EQ(times, 1) << jobs << " jobs";
  }
}

TEST(InParallel, DoesNothingWhenThereIsNothing) {
  in_parallel(0, 4, [](std::size_t) { FAIL(); });
}

TEST(InParallel, UsesAsManyThreadsAsJobs) {
  std::barrier all_four(4);  // passed only when four are at work at the same time

  in_parallel(4, 4, [&](std::size_t) { all_four.arrive_and_wait(); });
}

TEST(InParallel, UsesNoMoreThreadsThanJobsOrThings) {
  const auto threads = [](std::size_t count, unsigned jobs) {
    std::mutex mutex;
    std::set<std::thread::id> seen;
    in_parallel(count, jobs, [&](std::size_t) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      const std::lock_guard lock(mutex);
      seen.insert(std::this_thread::get_id());
    });
    return seen.size();
  };

  EXPECT_EQ(threads(20, 1), 1u);
  EXPECT_LE(threads(50, 3), 3u);
  EXPECT_LE(threads(2, 500), 2u);
}

TEST(InParallel, DoesTheWorkWithoutJobsToo) {
  std::atomic<int> done = 0;

  in_parallel(3, 0, [&](std::size_t) { ++done; });

  EXPECT_EQ(done, 3);
}

TEST(InParallel, BeginsNoMoreAfterTheFirstError) {
  std::barrier both(2);
  std::atomic<bool> failed = false;
  std::atomic<int> begun = 0;

  EXPECT_THROW(in_parallel(20, 2,
                           [&](std::size_t i) {
                             ++begun;
                             if (i < 2) both.arrive_and_wait();
                             if (i == 0) {
                               failed = true;
                               throw Error(Fault::kStorage, "full");
                             }
                             while (!failed) std::this_thread::yield();
                             std::this_thread::sleep_for(std::chrono::milliseconds(100));
                           }),
               Error);

  EXPECT_EQ(begun, 2);
}

TEST(InParallel, ThrowsTheFirstErrorWhenAllThreadsHaveEnded) {
  std::barrier both(2);
  std::atomic<bool> failed = false;
  std::atomic<bool> other_ended = false;

  try {
    in_parallel(2, 2, [&](std::size_t i) {
      both.arrive_and_wait();
      if (i == 1) {
        failed = true;
        throw Error(Fault::kStorage, "first");
      }
      while (!failed) std::this_thread::yield();
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      other_ended = true;
      throw Error(Fault::kConnection, "second");
    });
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "first");
    EXPECT_EQ(error.fault(), Fault::kStorage);
  }
  EXPECT_TRUE(other_ended);
}

TEST(InParallel, HandsOnAnyException) {
  EXPECT_THROW(in_parallel(2, 2, [](std::size_t) { throw std::length_error("odd"); }),
               std::length_error);
}

}  // namespace
}  // namespace vya
