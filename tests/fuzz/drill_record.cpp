// A drill's record: what it says is written as a text that says the same.
#include "repository/drill_record.h"

#include "tests/fuzz/target.h"

namespace vya::fuzz {

void try_input(std::string_view input) {
  const auto record = unless_error([&] { return parse_drill_record(input, "record"); });
  if (!record) return;
  const std::string text = to_json_text(*record);
  require(parse_drill_record(text, "record") == *record, "what is written is read as the same");
}

}  // namespace vya::fuzz
