// COPY text out of COPY's binary format.
//
// The server writes no row whose text is longer than 1 GiB, and a bytea of 600 MB makes 1.2 GB of
// it. In the binary format there are no escapes and bytea stays as it is, so such rows are asked
// for in it and written here as the text that the server would have given: stored rows and their
// fingerprints are of one form, however a row was read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stream/sink.h"

namespace vya::pg {

/// What a field of a binary row holds.
enum class FieldForm {
  kText,   ///< the text that the type's output function gives
  kBytes,  ///< a bytea's bytes, of which COPY text has the hexadecimal digits
};

/// Takes a `COPY ... (FORMAT binary)` in pieces of any size (PostgreSQL's manual, COPY, "Binary
/// Format") and writes COPY text. A row takes no memory, however long. Throws Error(kInternal) when
/// the bytes are not such rows.
class TextFromBinary final : public Sink {
 public:
  TextFromBinary(Sink& next, std::vector<FieldForm> forms);

  void write(Bytes bytes) override;
  void finish() override;

  /// Writes what is held, and does not finish the next sink. Throws when more should have come.
  void end();

 private:
  enum class State { kHeader, kRow, kLength, kField, kEnd };

  std::size_t take(std::string_view bytes);
  std::size_t gather(std::string_view bytes, std::size_t size);
  void begin_row();
  void begin_field();
  void begin_field_or_end_row();
  void put_field(std::string_view piece);
  void put(std::string_view text);

  Sink& next_;
  std::vector<FieldForm> forms_;
  State state_ = State::kHeader;
  std::string gathered_;    ///< so far, of the header, a row's count or a field's length
  std::size_t field_ = 0;   ///< which one of the row
  std::uint64_t left_ = 0;  ///< of the field's bytes
  std::string text_;        ///< not written yet
};

}  // namespace vya::pg
