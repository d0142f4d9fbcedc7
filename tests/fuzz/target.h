// What the fuzz targets share.
//
// A target is one file with one function, try_input(). Whatever it throws, and every property of
// its own that does not hold, ends the program; that is how libFuzzer, and our own run.cpp, learn
// of it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "stream/lines.h"
#include "stream/sink.h"

namespace vya::fuzz {

/// What the target does with one input. Written once in each target.
void try_input(std::string_view input);

/// Ends the program, saying which property of the input does not hold.
void require(bool holds, std::string_view property);

/// What the work gives, or nothing when it throws an Error that says something. Nothing else may be
/// thrown at input that is wrong.
template <typename Work>
auto unless_error(Work work) -> std::optional<decltype(work())> {
  try {
    return work();
  } catch (const Error& error) {
    require(!error.message().empty(), "an Error says what is wrong");
    return std::nullopt;
  }
}

/// Gives a text in pieces of at most so many bytes; the text must outlive it.
class PieceSource final : public Source {
 public:
  PieceSource(std::string_view text, std::size_t piece) : from_(text), piece_(piece) {}
  std::size_t read(std::span<std::byte> buffer) override {
    return from_.read(buffer.first(std::min(piece_, buffer.size())));
  }

 private:
  TextSource from_;
  std::size_t piece_;
};

/// Takes the first byte off the input, as a number that chooses something; 0 when there is none.
inline unsigned take_choice(std::string_view& input) {
  if (input.empty()) return 0;
  const auto choice = static_cast<unsigned char>(input.front());
  input.remove_prefix(1);
  return choice;
}

}  // namespace vya::fuzz
