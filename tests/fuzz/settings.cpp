// The server's settings: a target with the same ones leaves nothing to be said, an empty one
// everything.
#include <algorithm>

#include "engine/postgresql/reference.h"
#include "tests/fuzz/target.h"

namespace vya::fuzz {

namespace {

auto lines_against(std::string_view backup, std::string_view target) {
  return unless_error([&] {
    TextSource from(backup);
    TextSource to(target);
    return pg::reference_lines(from, to);
  });
}

}  // namespace

void try_input(std::string_view input) {
  const auto all = lines_against(input, "");
  if (!all) return;
  require(std::ranges::none_of(*all, &std::string::empty), "a line says something");
  const auto none = lines_against(input, input);
  require(none && none->empty(), "a server differs in nothing from itself");
}

}  // namespace vya::fuzz
