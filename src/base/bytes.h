// Bytes as they travel: views, and the conversions between text and bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vya {

/// A view of bytes that someone else owns.
using Bytes = std::span<const std::byte>;

inline Bytes as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

inline std::string_view as_text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Lower-case hexadecimal, two digits a byte.
std::string to_hex(Bytes bytes);

/// The bytes that to_hex() wrote so, nothing when it cannot have.
std::optional<std::string> from_hex(std::string_view text);

/// A number of bytes for people: `512 B`, `1.4 MiB`, `20 GiB`.
std::string human_bytes(std::uint64_t bytes);

}  // namespace vya
