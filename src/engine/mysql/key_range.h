// Ranges of a table's rows by its key: half-open, `from <= key < to`. Pure.
//
// A row's key is either below a border or not, by the server's own comparison, which is the same in
// both conditions; so ranges between the borders of one ascending list hold every row exactly once,
// whatever the key's types and collations.
#pragma once

#include <string>
#include <vector>

#include "stream/contents.h"

namespace vya::mysql {

/// How a value of a key's column is written in a statement.
enum class KeyForm {
  kNumber,  ///< digits: whole and decimal numbers, years
  kText,    ///< hexadecimal, in the column's character set and collation
  kBytes,   ///< hexadecimal
  kQuoted,  ///< in quotes: dates and times, addresses, UUIDs
};

struct KeyColumn {
  std::string name;
  KeyForm form = KeyForm::kNumber;
  std::string charset;    ///< of kText
  std::string collation;  ///< of kText
  bool operator==(const KeyColumn&) const = default;
};

using Key = std::vector<KeyColumn>;

/// A value for each of the key's columns, in the column's own bytes.
using KeyBorder = std::vector<std::string>;

/// A border as Range keeps it: numbers as they are, all else as `x` and hexadecimal digits, commas
/// between; and back. border_of throws Error(kCheckFailed).
std::string to_text(const Key& key, const KeyBorder& border);
KeyBorder border_of(const Key& key, const std::string& text);

/// The condition that chooses a range's rows, without WHERE; empty when it chooses all.
std::string condition_of(const Key& key, const Range& range);

/// Ranges between ascending borders: the first without a lower, the last without an upper one.
std::vector<Range> ranges_between(const Key& key, const std::vector<KeyBorder>& borders);

}  // namespace vya::mysql
