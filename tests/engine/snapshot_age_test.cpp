#include "engine/snapshot_age.h"

#include <gtest/gtest.h>

#include "engine/engine.h"

namespace vya {
namespace {

using namespace std::chrono_literals;

/// An age whose clock the test turns.
struct Turned {
  SnapshotAge::Moment time{1h};
  SnapshotAge age{10min, [this] { return time; }};
};

TEST(SnapshotAge, CountsFromTheFirstSnapshot) {
  Turned turned;
  EXPECT_EQ(turned.age.since(), std::nullopt);
  EXPECT_EQ(turned.age.remark(), "");
  turned.time += 24h;
  EXPECT_NO_THROW(turned.age.throw_if_too_old());

  turned.age.begin();
  turned.time += 200s;

  EXPECT_EQ(turned.age.since(), turned.time - 200s);
  EXPECT_EQ(turned.age.remark(), " (the snapshot is 3 min 20 s old)");
}

TEST(SnapshotAge, ThrowsOnceItIsOlderThanItMayBe) {
  Turned turned;
  turned.age.begin();
  turned.time += 10min;
  EXPECT_NO_THROW(turned.age.throw_if_too_old());
  turned.time += 1s;
  EXPECT_THROW(turned.age.throw_if_too_old(), SnapshotTooOld);
}

TEST(SnapshotAge, MayBeAnythingWithoutALimit) {
  SnapshotAge::Moment time{1h};
  SnapshotAge age(std::nullopt, [&] { return time; });
  age.begin();
  time += 24h;
  EXPECT_NO_THROW(age.throw_if_too_old());
}

}  // namespace
}  // namespace vya
