#include "engine/patient_connect.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/world/error_of.h"

namespace vya {
namespace {

using std::chrono::milliseconds;

constexpr Patience kShort{.attempt = milliseconds(20), .all = milliseconds(200)};

/// Answers at the attempt of this number; before, nobody answers for a while.
struct Silence {
  int ends_at;
  milliseconds attempt = milliseconds(30);
  Fault fault = Fault::kConnection;
  int attempts = 0;

  int operator()() {
    if (++attempts == ends_at) return attempts;
    std::this_thread::sleep_for(attempt);
    throw Error(fault, "cannot connect");
  }
};

TEST(PatientConnect, TriesAgainWhileNobodyAnswers) {
  Silence silence{.ends_at = 3};

  EXPECT_EQ(connect_patiently([&] { return silence(); }, kShort), 3);
}

TEST(PatientConnect, EndsWhenNobodyAnswersForTooLong) {
  Silence silence{.ends_at = 1000};

  EXPECT_EQ(error_of([&] { connect_patiently([&] { return silence(); }, kShort); }).fault(),
            Fault::kConnection);
  EXPECT_GT(silence.attempts, 2);
}

TEST(PatientConnect, BelievesAServerThatAnswersNo) {
  Silence refuses{.ends_at = 2, .attempt = milliseconds(0)};
  Silence has_no_such_user{.ends_at = 2, .fault = Fault::kCredentials};

  EXPECT_THROW(connect_patiently([&] { return refuses(); }, kShort), Error);
  EXPECT_THROW(connect_patiently([&] { return has_no_such_user(); }, kShort), Error);
  EXPECT_EQ(refuses.attempts + has_no_such_user.attempts, 2);
}

}  // namespace
}  // namespace vya
