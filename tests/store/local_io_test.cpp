#include "store/local_io.h"

#include <cerrno>
#include <fstream>

#include "base/file.h"
#include "tests/store/surroundings.h"

namespace vya::local {
namespace {

using vya::testing::TemporaryFolder;

void make_file(const std::filesystem::path& path, std::string_view text) {
  std::ofstream(path) << text;
}

TEST(StorageError, SaysWhatToDoAboutAFullDisk) {
  const Error full = storage_error("write", "/srv/x", ENOSPC);

  EXPECT_EQ(full.fault(), Fault::kStorage);
  EXPECT_EQ(full.message(), "cannot write '/srv/x': no space left on device");
  EXPECT_EQ(full.hint(), "The disk is full: free space on it, then start again.");
  EXPECT_FALSE(storage_error("write", "/srv/x", EDQUOT).hint().empty());
  EXPECT_TRUE(storage_error("write", "/srv/x", EIO).hint().empty());
}

// Both ways to rename: this machine's file system may know only the first, NFS only the second.
using Rename = Renamed (*)(const std::filesystem::path&, const std::filesystem::path&);
class RenameNew : public ::testing::TestWithParam<Rename> {};
INSTANTIATE_TEST_SUITE_P(Ways, RenameNew, ::testing::Values(rename_new, link_new));

TEST_P(RenameNew, Renames) {
  const TemporaryFolder folder;
  make_file(folder.path() / "from", "text");

  EXPECT_EQ(GetParam()(folder.path() / "from", folder.path() / "to"), Renamed::kDone);
  EXPECT_EQ(read_file(folder.path() / "to"), "text");
  EXPECT_EQ(read_file(folder.path() / "from"), std::nullopt);
}

TEST_P(RenameNew, ReplacesNothing) {
  const TemporaryFolder folder;
  make_file(folder.path() / "from", "new");
  make_file(folder.path() / "to", "old");

  EXPECT_EQ(GetParam()(folder.path() / "from", folder.path() / "to"), Renamed::kExists);
  EXPECT_EQ(read_file(folder.path() / "to"), "old");
  EXPECT_EQ(read_file(folder.path() / "from"), "new");
}

TEST_P(RenameNew, SaysWhyItCannot) {
  const TemporaryFolder folder;
  try {
    GetParam()(folder.path() / "missing", folder.path() / "to");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kStorage);
    EXPECT_NE(error.message().find("to': no such file or directory"), std::string::npos);
  }
}

TEST(VisibleEntries, AreOnlyWhatAStoreMayHold) {
  const TemporaryFolder folder;
  for (const char* name : {"object", ".hidden", "lost+found", "a b"})
    make_file(folder.path() / name, "");

  const auto found = visible_entries(folder.path());

  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].path(), folder.path() / "object");
}

}  // namespace
}  // namespace vya::local
