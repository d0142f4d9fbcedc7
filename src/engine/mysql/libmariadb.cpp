#include "engine/mysql/libmariadb.h"

#include <fmt/format.h>

#include <charconv>

#include "base/error.h"

namespace vya::mysql {

std::optional<std::string> RowView::optional_text(unsigned column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

std::uint64_t RowView::number(unsigned column) const {
  const std::string_view digits = bytes(column);
  std::uint64_t number = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || stop != digits.data() + digits.size()) {
    throw Error(Fault::kInternal, fmt::format("the server gave '{}' for a number", digits));
  }
  return number;
}

}  // namespace vya::mysql
