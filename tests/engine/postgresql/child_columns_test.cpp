#include "engine/postgresql/child_columns.h"

#include <gtest/gtest.h>

namespace vya::pg {
namespace {

TEST(WithFirstParent, PutsItBeforeTheOthers) {
  EXPECT_EQ(with_first_parent("CREATE TABLE \"s\".\"c\" (\n    \"x\" int\n)\nINHERITS (\"s\".\"p\","
                              " \"s\".\"q\")\nWITH (\"fillfactor\"='70');\n\nALTER TABLE x;\n",
                              "\"s\".\"new\""),
            "CREATE TABLE \"s\".\"c\" (\n    \"x\" int\n)\nINHERITS (\"s\".\"new\", \"s\".\"p\","
            " \"s\".\"q\")\nWITH (\"fillfactor\"='70');\n\nALTER TABLE x;\n");
}

TEST(WithFirstParent, IsNotMisledByNamesTextsAndComments) {
  EXPECT_EQ(with_first_parent("-- INHERITS (\nCREATE TABLE \"INHERITS (\" (\n"
                              "    \"INHERITS\" text DEFAULT 'INHERITS ('\n)\nINHERITS (\"p\");\n",
                              "n"),
            "-- INHERITS (\nCREATE TABLE \"INHERITS (\" (\n"
            "    \"INHERITS\" text DEFAULT 'INHERITS ('\n)\nINHERITS (n, \"p\");\n");
}

TEST(WithFirstParent, LeavesATableWithoutParentsAlone) {
  EXPECT_EQ(with_first_parent("CREATE TABLE \"t\" (\n    \"x\" int\n);\n", "n"), std::nullopt);
}

}  // namespace
}  // namespace vya::pg
