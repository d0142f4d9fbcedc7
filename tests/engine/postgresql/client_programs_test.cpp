#include "engine/postgresql/client_programs.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace vya::pg {
namespace {

TEST(ChoosePgDump, TakesTheServersOwnMajor) {
  EXPECT_EQ(choose_pg_dump({{"/13", 13}, {"/15", 15}, {"/17", 17}}, 15).path, "/15");
}

TEST(ChoosePgDump, TakesTheLowestHigherMajorElse) {
  EXPECT_EQ(choose_pg_dump({{"/18", 18}, {"/13", 13}, {"/17", 17}}, 15).path, "/17");
}

TEST(ChoosePgDump, NamesThePackageWhenThereIsNone) {
  try {
    choose_pg_dump({{"/13", 13}}, 15);
    FAIL() << "an older pg_dump was chosen";
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::kNotFound);
    EXPECT_NE(e.hint().find("postgresql-client-15"), std::string::npos);
  }
}

TEST(PgDumpAt, RefusesAnotherProgram) { EXPECT_THROW(pg_dump_at("/bin/echo"), Error); }

TEST(PgDumpAt, RefusesAMissingProgram) {
  try {
    pg_dump_at("/nonexistent/pg_dump");
    FAIL() << "a missing program was accepted";
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::kNotFound);
  }
}

TEST(InstalledPgDumps, FindsTheOneOfThisMachine) { EXPECT_FALSE(installed_pg_dumps().empty()); }

}  // namespace
}  // namespace vya::pg
