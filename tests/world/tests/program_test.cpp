#include "tests/world/program.h"

#include <gtest/gtest.h>

#include "tests/world/folder.h"

namespace vya::world {
namespace {

TEST(Program, KeepsOutputsStatusAndMemory) {
  const Ended ended = run({.program = "sh",
                           .arguments = {"-c", "cat; echo no >&2; echo $WHO; pwd; exit 3"},
                           .environment = {{"WHO", "me"}},
                           .input = "in\n",
                           .folder = "/usr"});

  EXPECT_EQ(ended.status, 3);
  EXPECT_EQ(ended.output, "in\nme\n/usr\n");
  EXPECT_EQ(ended.errors, "no\n");
  EXPECT_GT(ended.peak_memory, 100'000U);
}

TEST(Program, SeesAChildsPeakMemory) {
  const std::string script = "x = bytearray(400 << 20)\nfor i in range(0, len(x), 4096): x[i] = 1";

  const Ended ended = run({.program = "python3", .arguments = {"-c", script}});

  EXPECT_GT(ended.peak_memory, 400U << 20);
  EXPECT_LT(ended.peak_memory, 600U << 20);
}

TEST(Program, IsEndedAfterTheDelay) {
  const Ended ended = run_and_signal({.program = "sleep", .arguments = {"60"}},
                                     std::chrono::milliseconds(50), SIGTERM);

  EXPECT_EQ(ended.status, 128 + SIGTERM);
  EXPECT_LT(ended.took, std::chrono::seconds(30));
}

TEST(Program, ThatIsMissingIsAnError) { EXPECT_THROW(run({.program = "/no/such/program"}), Error); }

TEST(Folder, IsRemovedWithAllThatIsInIt) {
  std::filesystem::path path;
  {
    const Folder folder;
    path = folder.path();
    folder.write("a", "text");
    ASSERT_TRUE(std::filesystem::exists(path / "a"));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace vya::world
