#include "base/error.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace vya {
namespace {

TEST(Fault, HasTheExitStatusThatTheManualNames) {
  const auto status = [](Fault fault) { return Error(fault, "failed").exit_status(); };

  EXPECT_EQ(kStatusDone, 0);
  EXPECT_EQ(status(Fault::kSomeFailed), 1);
  EXPECT_EQ(status(Fault::kAllFailed), 2);
  EXPECT_EQ(status(Fault::kUsage), 3);
  EXPECT_EQ(status(Fault::kCredentials), 4);
  EXPECT_EQ(status(Fault::kStorage), 5);
  EXPECT_EQ(status(Fault::kConnection), 6);
  EXPECT_EQ(status(Fault::kNotFound), 7);
  EXPECT_EQ(status(Fault::kCheckFailed), 8);
  EXPECT_EQ(status(Fault::kPermission), 9);
  EXPECT_EQ(status(Fault::kInternal), 10);
  EXPECT_EQ(kStatusDoneWithGaps, 11);
  EXPECT_EQ(status(Fault::kRefused), 12);
  EXPECT_EQ(status(Fault::kSql), 13);
  EXPECT_EQ(status(Fault::kInterrupted), 130);
  EXPECT_EQ(status(Fault::kTerminated), 143);
}

TEST(Error, SaysItsMessageWithoutTheHint) {
  const Error error(Fault::kUsage, "cannot read 'a'", "Look at it.");

  EXPECT_STREQ(error.what(), "cannot read 'a'");
  EXPECT_EQ(error.message(), "cannot read 'a'");
  EXPECT_EQ(error.hint(), "Look at it.");
  EXPECT_EQ(Error(Fault::kUsage, "cannot read 'a'").hint(), "");
}

TEST(SystemError, AddsTheReasonInLowerCase) {
  const Error error = system_error(Fault::kUsage, "cannot write 'a'", ENOSPC, "Make room.");

  EXPECT_EQ(error.message(), "cannot write 'a': no space left on device");
  EXPECT_EQ(error.fault(), Fault::kUsage);
  EXPECT_EQ(error.hint(), "Make room.");
}

TEST(SystemError, TurnsWhatIsMissingOrForbiddenIntoItsOwnFault) {
  EXPECT_EQ(system_error(Fault::kUsage, "x", ENOENT).fault(), Fault::kNotFound);
  EXPECT_EQ(system_error(Fault::kInternal, "x", EACCES).fault(), Fault::kPermission);
  EXPECT_EQ(system_error(Fault::kInternal, "x", EPERM).fault(), Fault::kPermission);
}

TEST(SystemError, LeavesAFaultOfTheStorageWithTheStorage) {
  for (const int code : {ENOENT, EACCES, EPERM, EIO})
    EXPECT_EQ(system_error(Fault::kStorage, "x", code).fault(), Fault::kStorage);
}

}  // namespace
}  // namespace vya
