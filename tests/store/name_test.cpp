#include "store/name.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace vya {
namespace {

// What is refused is in the contract of stores, which every store runs.
TEST(StoreNames, AllowsWhatARepositoryUses) {
  for (const char* name :
       {"vya-repository.json", "shop-pg/20261122T030000Z-7f3a/full/db/1/rows/000001/000000.zst",
        "A_b", "a..b", "-"}) {
    EXPECT_NO_THROW(require_name(name)) << name;
    EXPECT_NO_THROW(require_prefix(name + std::string("/"))) << name;
  }
  EXPECT_NO_THROW(require_prefix(""));
}

TEST(StoreNames, KnowsWhatIsNoPartOfOne) {
  for (const char* part : {"", ".", "..", ".incoming-1", "lost+found", "a/b", "a b"}) {
    EXPECT_FALSE(is_name_part(part)) << part;
  }
}

}  // namespace
}  // namespace vya
