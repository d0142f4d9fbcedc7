#include "engine/postgresql/binary_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"

namespace vya::pg {

namespace {

constexpr std::string_view kSignature{"PGCOPY\n\377\r\n\0", 11};
constexpr std::size_t kHeaderSize = 11 + 4 + 4;  // signature, flags, length of what follows
constexpr std::size_t kCountSize = 2;
constexpr std::size_t kLengthSize = 4;
constexpr std::size_t kBlock = std::size_t{256} * 1024;
constexpr std::string_view kDigits = "0123456789abcdef";

/// What COPY writes for a character, if not the character itself.
constexpr std::string_view escape_of(char c) {
  switch (c) {
    case '\b':
      return "\\b";
    case '\f':
      return "\\f";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    case '\v':
      return "\\v";
    case '\\':
      return "\\\\";
    default:
      return {};
  }
}

/// A whole number with its sign, the highest byte first.
std::int64_t number_of(std::string_view bytes) {
  const bool is_negative = (static_cast<unsigned char>(bytes.front()) & 0x80U) != 0;
  std::int64_t number = is_negative ? -1 : 0;
  for (const char byte : bytes) number = number * 256 + static_cast<unsigned char>(byte);
  return number;
}

Error unreadable(const std::string& why) {
  return Error(Fault::kInternal, "cannot read rows in COPY's binary format: " + why);
}

void append_escaped(std::string_view piece, std::string& text) {
  for (const char c : piece) {
    const std::string_view escape = escape_of(c);
    if (escape.empty()) {
      text += c;
    } else {
      text += escape;
    }
  }
}

void append_digits(std::string_view piece, std::string& text) {
  for (const char c : piece) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15U];
  }
}

}  // namespace

TextFromBinary::TextFromBinary(Sink& next, std::vector<FieldForm> forms)
    : next_(next), forms_(std::move(forms)) {
  text_.reserve(2 * kBlock);
}

void TextFromBinary::write(Bytes bytes) {
  std::string_view rest = as_text(bytes);
  while (!rest.empty()) rest.remove_prefix(take(rest));
}

void TextFromBinary::finish() {
  end();
  next_.finish();
}

void TextFromBinary::end() {
  if (state_ != State::kEnd) throw unreadable("they end too early");
  next_.write(as_bytes(text_));
  text_.clear();
}

/// Returns how many of the bytes, which are at least one, were taken.
std::size_t TextFromBinary::take(std::string_view bytes) {
  switch (state_) {
    case State::kHeader: {
      const std::size_t taken = gather(bytes, kHeaderSize);
      if (gathered_.size() < kHeaderSize) return taken;
      const bool is_plain = gathered_.find_first_not_of('\0', kSignature.size()) == gathered_.npos;
      if (!gathered_.starts_with(kSignature) || !is_plain) throw unreadable("another header");
      gathered_.clear();
      state_ = State::kRow;
      return taken;
    }
    case State::kRow: {
      const std::size_t taken = gather(bytes, kCountSize);
      if (gathered_.size() == kCountSize) begin_row();
      return taken;
    }
    case State::kLength: {
      const std::size_t taken = gather(bytes, kLengthSize);
      if (gathered_.size() == kLengthSize) begin_field();
      return taken;
    }
    case State::kField: {
      // A byte becomes two characters at most, so a block is not much longer than twice itself.
      const std::size_t size = std::min({bytes.size(), left_, kBlock});
      put_field(bytes.substr(0, size));
      return size;
    }
    case State::kEnd:
      break;
  }
  throw unreadable("something follows their end");
}

std::size_t TextFromBinary::gather(std::string_view bytes, std::size_t size) {
  const std::size_t taken = std::min(bytes.size(), size - gathered_.size());
  gathered_ += bytes.substr(0, taken);
  return taken;
}

void TextFromBinary::begin_row() {
  const std::int64_t count = number_of(gathered_);
  gathered_.clear();
  if (count == -1) {
    state_ = State::kEnd;
    return;
  }
  if (count != static_cast<std::int64_t>(forms_.size()))
    throw unreadable(fmt::format("a row of {} fields, not {}", count, forms_.size()));
  field_ = 0;
  begin_field_or_end_row();
}

void TextFromBinary::begin_field_or_end_row() {
  state_ = field_ < forms_.size() ? State::kLength : State::kRow;
  if (state_ == State::kRow) put("\n");
}

void TextFromBinary::begin_field() {
  const std::int64_t length = number_of(gathered_);
  gathered_.clear();
  if (length < -1) throw unreadable(fmt::format("a field of {} bytes", length));
  if (field_ > 0) put("\t");
  if (length == -1) {
    put("\\N");
  } else if (forms_[field_] == FieldForm::kBytes) {
    put("\\\\x");
  }
  left_ = static_cast<std::uint64_t>(std::max<std::int64_t>(length, 0));
  state_ = State::kField;
  if (left_ == 0) put_field("");
}

void TextFromBinary::put_field(std::string_view piece) {
  if (forms_[field_] == FieldForm::kBytes) {
    append_digits(piece, text_);
  } else {
    append_escaped(piece, text_);
  }
  left_ -= piece.size();
  put("");
  if (left_ > 0) return;
  ++field_;
  begin_field_or_end_row();
}

void TextFromBinary::put(std::string_view text) {
  text_ += text;
  if (text_.size() < kBlock) return;
  next_.write(as_bytes(text_));
  text_.clear();
}

}  // namespace vya::pg
