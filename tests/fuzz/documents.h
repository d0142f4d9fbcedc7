// Documents that are read into a value and written from it: what was written is read as the same
// value.
#pragma once

#include "tests/fuzz/target.h"

namespace vya::fuzz {

/// Reads the input, writes the value, reads that. Returns the value, or nothing when the input is
/// no such document.
template <typename Read, typename Write>
auto read_write_read(std::string_view input, Read read, Write write) {
  TextSource source(input);
  auto value = unless_error([&] { return read(source); });
  if (!value) return value;
  TextSink lines;
  write(*value, lines);
  TextSource again(lines.text());
  require(read(again) == *value, "what is written is read as the same");
  return value;
}

}  // namespace vya::fuzz
