// Documents are lines of text; these read a Source line by line and a Source to its end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stream/sink.h"

namespace vya {

/// Reads a source line by line.
class LineReader {
 public:
  explicit LineReader(Source& from) : from_(from) {}

  /// The next line without its line feed, nothing at the end. A last line without a line feed is a
  /// line too.
  std::optional<std::string> next();

 private:
  void read_more();

  Source& from_;
  std::string held_;
  std::size_t begin_ = 0;  ///< of the next line in held_
  bool ended_ = false;
};

/// Reads a source to its end into a sink, and does not finish the sink. Returns the number of
/// bytes.
std::uint64_t copy(Source& from, Sink& to);

/// The whole text of a source.
std::string read_text(Source& from);

/// Keeps what is written, for small documents and tests.
class TextSink final : public Sink {
 public:
  void write(Bytes bytes) override { text_.append(as_text(bytes)); }
  void finish() override { finished_ = true; }
  const std::string& text() const { return text_; }
  bool finished() const { return finished_; }

 private:
  std::string text_;
  bool finished_ = false;
};

/// Gives a text; the text must outlive it.
class TextSource final : public Source {
 public:
  explicit TextSource(std::string_view text) : rest_(text) {}
  std::size_t read(std::span<std::byte> buffer) override;

 private:
  std::string_view rest_;
};

}  // namespace vya
