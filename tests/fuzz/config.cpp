// The configuration: every complaint has a line that is there, and none is of two lines.
#include "config/config.h"

#include <algorithm>
#include <charconv>

#include "tests/fuzz/target.h"

namespace vya::fuzz {

namespace {

constexpr std::string_view kFile = "vya.yaml:";

void check_complaint(std::string_view complaint, std::ptrdiff_t lines) {
  require(complaint.starts_with(kFile), "a complaint begins with the file");
  complaint.remove_prefix(kFile.size());
  int line = 0;
  const auto [end, error] =
      std::from_chars(complaint.data(), complaint.data() + complaint.size(), line);
  require(error == std::errc() && line >= 1 && line <= lines, "a complaint has a line of the file");
  complaint.remove_prefix(static_cast<std::size_t>(end - complaint.data()));
  require(complaint.starts_with(": ") && complaint.size() > 2, "a complaint says what is wrong");
}

}  // namespace

void try_input(std::string_view input) {
  // YAML's line ends: a line feed, a carriage return, or both.
  const std::ptrdiff_t lines =
      1 + std::ranges::count(input, '\n') + std::ranges::count(input, '\r');
  try {
    const Config config = parse_config(input, "vya.yaml");
    require(!config.repository.empty() && !config.instances.empty(),
            "what is accepted has a repository and an instance");
  } catch (const Error& error) {
    TextSource message(error.message());
    LineReader complaints(message);
    while (const auto complaint = complaints.next()) check_complaint(*complaint, lines);
  }
}

}  // namespace vya::fuzz
