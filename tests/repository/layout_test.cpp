#include "repository/layout.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

TEST(Layout, PutsABackupBelowItsInstanceAndEpoch) {
  const BackupId id{"shop", "20261122T030000Z-7f3a"};

  EXPECT_EQ(layout::epoch_folder(id), "shop/20261122T030000Z-7f3a");
  EXPECT_EQ(layout::full_folder(id), "shop/20261122T030000Z-7f3a/full");
}

TEST(Layout, NamesDocumentsByKindAndDatabase) {
  EXPECT_EQ(layout::document({DocumentKind::kGlobals, 0}), "globals.jsonl.zst");
  EXPECT_EQ(layout::document({DocumentKind::kSettings, 0}), "settings.jsonl.zst");
  EXPECT_EQ(layout::document({DocumentKind::kSchema, 2}), "db/2/schema.jsonl.zst");
  EXPECT_EQ(layout::document({DocumentKind::kCatalog, 11}), "db/11/catalog.jsonl.zst");
  EXPECT_EQ(layout::document({DocumentKind::kLargeObjects, 1}), "db/1/large-objects.jsonl.zst");
}

TEST(Layout, NamesObjectsByNumbers) {
  const Segment segment{.database = 2, .table = 3, .number = 45};

  EXPECT_EQ(layout::segment_object(segment, 0), "db/2/rows/000003/000045.zst");
  EXPECT_EQ(layout::segment_object(segment, 12), "db/2/rows/000003/000045-12.zst");
  EXPECT_EQ(layout::bundle_object(2, 7), "db/2/bundles/000007.zst");
}

TEST(Layout, LetsNumbersGrowBeyondSixDigits) {
  const Segment segment{.database = 1, .table = 1234567, .number = 7654321};

  EXPECT_EQ(layout::segment_object(segment, 0), "db/1/rows/1234567/7654321.zst");
}

}  // namespace
}  // namespace vya
