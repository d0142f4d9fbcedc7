#include "engine/postgresql/long_rows.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "engine/postgresql/copy_text.h"

namespace vya::pg {

namespace {

Error unreadable(const char* why) {
  return Error(Fault::kCheckFailed, std::string("cannot take a long row apart: ") + why);
}

/// The value of a lower-case hexadecimal digit.
unsigned value_of(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<unsigned>(digit - '0');
  if (digit >= 'a' && digit <= 'f') return static_cast<unsigned>(digit - 'a') + 10;
  throw unreadable("a bytea has other characters than digits");
}

bool ends_plain_text(char c) { return c == '\\' || c == '\t'; }

}  // namespace

void LongRow::add(std::string_view piece) {
  while (!piece.empty()) {
    if (std::exchange(is_escape_, false)) {
      put_escaped(piece.front());
      piece.remove_prefix(1);
      continue;
    }
    const auto* const end = std::ranges::find_if(piece, ends_plain_text);
    const auto plain = static_cast<std::size_t>(end - piece.begin());
    put(piece.substr(0, plain));
    piece.remove_prefix(plain);
    if (piece.empty()) return;
    if (piece.front() == '\t') {
      end_field();
      begin_field();
    } else {
      is_escape_ = true;
    }
    piece.remove_prefix(1);
  }
}

FieldValues LongRow::take() {
  end_field();
  if (values_.size() != forms_.size()) throw unreadable("it has not as many fields as columns");
  return std::move(values_);
}

void LongRow::begin_field() {
  if (values_.size() == forms_.size()) throw unreadable("it has more fields than columns");
  is_null_ = false;
  digits_ = 0;
}

void LongRow::put_escaped(char c) {
  if (c == 'N') {  // not among the escapes of a value
    is_null_ = true;
    return;
  }
  const char meant = unescaped(c);
  put({&meant, 1});
}

void LongRow::put(std::string_view text) {
  if (forms_[values_.size()] == FieldForm::kText) {
    value_ += text;
    return;
  }
  for (const char digit : text) put_digit(digit);
}

void LongRow::put_digit(char digit) {
  constexpr std::string_view kPrefix = "\\x";
  const std::size_t at = digits_++;
  if (at < kPrefix.size()) {
    if (digit != kPrefix[at]) throw unreadable("a bytea does not begin with \\x");
  } else if (at % 2 == 0) {
    value_ += static_cast<char>(value_of(digit) << 4);
  } else {
    value_.back() = static_cast<char>(static_cast<unsigned char>(value_.back()) | value_of(digit));
  }
}

void LongRow::end_field() {
  if (digits_ % 2 != 0) throw unreadable("a bytea has an odd number of digits");
  if (is_null_) {
    values_.emplace_back();
  } else {
    values_.emplace_back(std::move(value_));
  }
  value_.clear();
}

void LongRowSplitter::write(Bytes bytes) {
  std::string_view rest = as_text(bytes);
  if (!begun_.empty() || parted_) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return begin_or_continue(rest);
    end_row(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  const std::size_t whole = rest.rfind('\n') + 1;  // npos + 1 is 0
  rows_.write(as_bytes(rest.substr(0, whole)));
  begin_or_continue(rest.substr(whole));
}

void LongRowSplitter::finish() {
  if (!begun_.empty() || parted_) throw unreadable("it has no end");
  rows_.finish();
}

void LongRowSplitter::begin_or_continue(std::string_view piece) {
  if (parted_) return parted_->add(piece);
  begun_ += piece;
  if (begun_.size() <= longest_) return;
  parted_.emplace(forms_);
  parted_->add(std::exchange(begun_, {}));
}

void LongRowSplitter::end_row(std::string_view piece) {
  begin_or_continue(piece);
  if (parted_) {
    const FieldValues values = parted_->take();
    parted_.reset();
    return long_row_(values);
  }
  begun_ += '\n';
  rows_.write(as_bytes(std::exchange(begun_, {})));
}

}  // namespace vya::pg
