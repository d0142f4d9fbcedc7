#include "operation/meter.h"

#include <gtest/gtest.h>

#include "operation/table_count.h"

namespace vya {
namespace {

class NoProgress final : public Progress {
 public:
  void notice(const std::string&) override {}
  void phases(int) override {}
  void more_phases(int) override {}
  void begin(const std::string&) override {}
  void end(const std::string&) override {}
  void advance(const Amount& done, const Amount&) override { advanced += done; }
  void snapshot(std::optional<Moment>) override {}
  Amount advanced;
};

TEST(Meter, KnowsHowFarThePhaseIsAndPassesItOn) {
  NoProgress next;
  Meter meter(next);
  meter.begin("definitions");
  EXPECT_EQ(meter.how_far(), "in the phase 'definitions'");
  meter.begin("rows");
  meter.advance({.bytes = 1 << 20, .tables = 1}, {.bytes = 4 << 20, .tables = 7});
  meter.advance({.bytes = 1 << 20, .tables = 2}, {.bytes = 4 << 20, .tables = 7});

  EXPECT_EQ(meter.how_far(),
            "in the phase 'rows', after 2.0 MiB of about 4.0 MiB and 3 of 7 tables");
  EXPECT_EQ(next.advanced, (Amount{.bytes = 2 << 20, .tables = 3}));
  meter.begin("publish");
  EXPECT_EQ(meter.how_far(), "in the phase 'publish'");
}

TEST(TableCount, CountsATableWithItsLastSegment) {
  TableCount tables;
  tables.expect({.database = 1, .table = 1, .number = 0});
  tables.expect({.database = 1, .table = 1, .number = 1});
  tables.expect({.database = 2, .table = 1, .number = 0});

  EXPECT_EQ(tables.tables(), 2U);
  EXPECT_EQ(tables.finish({.database = 1, .table = 1, .number = 1}), 0U);
  EXPECT_EQ(tables.finish({.database = 2, .table = 1, .number = 0}), 1U);
  EXPECT_EQ(tables.finish({.database = 1, .table = 1, .number = 0}), 1U);
}

}  // namespace
}  // namespace vya
