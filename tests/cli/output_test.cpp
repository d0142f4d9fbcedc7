#include "cli/output.h"

#include <gtest/gtest.h>

#include <sstream>

namespace vya {
namespace {

struct Written {
  explicit Written(Format format) : output(results, messages, format) {}
  std::ostringstream results;
  std::ostringstream messages;
  Output output;
};

TEST(Output, ShowsATerminalNothingThatItObeys) {
  Written text(Format::kText);
  text.output.result("table x\x1b[2J\n");
  text.output.error(Error(Fault::kSql, "cannot read '\x1b[2J'", "Rename '\a'."));

  EXPECT_EQ(text.results.str(), "table x\\x1b[2J\n");
  EXPECT_EQ(text.messages.str(), "vya: cannot read '\\x1b[2J'\nhint: Rename '\\x07'.\n");
}

TEST(Output, LeavesDocumentsAndRowsAsTheyAre) {
  Written json(Format::kJson);
  json.output.result("{\"name\": \"\x7f\"}\n");
  Written text(Format::kText);
  text.output.raw("1\t\x1b\n");

  EXPECT_EQ(json.results.str(), "{\"name\": \"\x7f\"}\n");
  EXPECT_EQ(text.results.str(), "1\t\x1b\n");
}

}  // namespace
}  // namespace vya
