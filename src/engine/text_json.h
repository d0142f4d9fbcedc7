// The JSON lines of the engines' documents: `{"kind":"role","name":"app",...}`.
//
// A value is described once, by a function describe(JsonFields&, Value&) beside it, and that
// serves both directions, so what is written and what is read cannot drift apart. The JSON library
// stays in the .cpp.
//
// Texts come from servers and need not be UTF-8 (databases in SQL_ASCII); those that are not are
// written as {"bytes":"<hexadecimal>"}, so that every byte comes back.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/secret.h"
#include "stream/lines.h"
#include "stream/sink.h"

namespace vya {

/// The fields of one JSON object, to be written or as they were read. Each member function takes a
/// key and a value: it puts the value under the key, or gets it from there. Getting ignores keys
/// that nobody asks for, and throws Error(kCheckFailed), naming line and key, when a key is missing
/// or its value is of another type; an optional is absent when its key is.
class JsonFields {
 public:
  /// A line to be written.
  explicit JsonFields(std::string_view kind);
  JsonFields(JsonFields&&) noexcept;
  JsonFields& operator=(JsonFields&&) noexcept;
  ~JsonFields();

  /// What the line is about, its first key.
  std::string kind() const;

  void text(const char* key, std::string& value);
  void text(const char* key, std::optional<std::string>& value);
  void secret(const char* key, std::optional<Secret>& value);
  void texts(const char* key, std::vector<std::string>& values);
  void flag(const char* key, bool& value);
  void flag(const char* key, std::optional<bool>& value);
  void numbers(const char* key, std::vector<int>& values);

  template <std::integral Number>
  void number(const char* key, Number& value) {
    auto wide = static_cast<std::int64_t>(value);
    number_between(key, wide, std::numeric_limits<Number>::min(),
                   std::numeric_limits<Number>::max());
    value = static_cast<Number>(wide);
  }

  template <typename Value>
  void list(const char* key, std::vector<Value>& values) {
    values.resize(list_size(key, values.size()));
    for (std::size_t i = 0; i < values.size(); ++i) {
      JsonFields item = list_item(key, i);
      describe(item, values[i]);
    }
  }

  template <typename Value>
  void object(const char* key, std::optional<Value>& value) {
    if (!has_object(key, value ? Presence::kPresent : Presence::kAbsent)) return value.reset();
    if (!value) value.emplace();
    JsonFields member = object_member(key);
    describe(member, *value);
  }

  /// What to throw when a value is of the right type and still wrong.
  Error wrong(const char* key, std::string_view problem) const;

  /// Writes the line and its line feed.
  void write(Sink& to) const;

 private:
  friend class JsonLines;
  struct State;
  enum class Presence { kAbsent, kPresent };

  explicit JsonFields(std::unique_ptr<State> state);
  void number_between(const char* key, std::int64_t& value, std::int64_t least, std::int64_t most);
  std::size_t list_size(const char* key, std::size_t written);
  JsonFields list_item(const char* key, std::size_t index);
  bool has_object(const char* key, Presence written);
  JsonFields object_member(const char* key);

  std::unique_ptr<State> state_;  ///< refers to its parent's, which must outlive it
};

/// Writes a value as one line.
template <typename Value>
void write_line(std::string_view kind, Value value, Sink& to) {
  JsonFields line(kind);
  describe(line, value);
  line.write(to);
}

/// Writes each value as one line.
template <typename Value>
void write_lines(std::string_view kind, const std::vector<Value>& values, Sink& to) {
  for (const Value& value : values) write_line(kind, value, to);
}

/// What a line that was read says.
template <typename Value>
Value read_line(JsonFields& line) {
  Value value;
  describe(line, value);
  return value;
}

/// Reads a document line by line.
class JsonLines {
 public:
  /// `document` names it in messages: `globals`.
  JsonLines(Source& from, std::string document) : lines_(from), document_(std::move(document)) {}

  /// The next line, nothing at the end. Throws Error(kCheckFailed) when it is no JSON object with a
  /// kind.
  std::optional<JsonFields> next();

 private:
  LineReader lines_;
  std::string document_;
  std::uint64_t number_ = 0;
};

}  // namespace vya
