// YAML as a plain tree of values that know their lines.
//
// yaml-cpp takes a key that is given twice, and a second document, without a word. This tree keeps
// every entry in its order, so that the reader of the configuration can refuse what is not meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/problems.h"

namespace vya {

struct YamlEntry;

struct YamlValue {
  enum class Kind { kNothing, kText, kList, kMap } kind = Kind::kNothing;
  int line = 1;                    ///< from 1
  std::string text;                ///< of kText: as written, without quotes
  std::vector<YamlValue> items;    ///< of kList
  std::vector<YamlEntry> entries;  ///< of kMap, in their order; a key may come twice
};

struct YamlEntry {
  std::string key;
  int line = 1;  ///< of the key
  YamlValue value;
};

/// Reads one YAML document. What is no YAML, a second document, keys that are no text and nesting
/// deeper than any configuration needs are added to `problems`, without showing values.
YamlValue read_yaml(std::string_view text, Problems& problems);

}  // namespace vya
