// One value of the configuration at its place, and the strict ways of reading it.
//
// Every reading either gives what the configuration means or complains and gives nothing; nobody
// has to look twice. What the keys mean is not known here.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "config/problems.h"
#include "config/yaml.h"

namespace vya {

/// What all fields of one configuration share.
struct FieldSurroundings {
  Problems& problems;
  std::filesystem::path folder;  ///< where relative paths start
};

/// The value, `around` and their problems must outlive the field.
class Field {
 public:
  /// `path` names it in complaints: `instances.shop.port`.
  Field(const YamlValue& value, int line, std::string path, FieldSurroundings& around)
      : value_(value), line_(line), path_(std::move(path)), around_(around) {}

  /// `text` says what is wrong and, after a semicolon, what would be right.
  void complain(const std::string& text) const { around_.problems.add(line_, path_, text); }

  /// A text that is not empty.
  std::optional<std::string> text() const;

  /// A list of texts, or a single one.
  std::vector<std::string> texts() const;

  /// Calls `visit` with each item of a list; complains when it is none.
  void items(const std::function<void(const Field& item)>& visit) const;

  /// One of these texts, as its index.
  std::optional<std::size_t> one_of(const std::vector<std::string>& values) const;

  /// `true` or `false`.
  std::optional<bool> truth() const;

  /// The text as a path, or `written`, a part of it; a relative one is taken from the
  /// configuration's folder.
  std::optional<std::string> file_path() const;
  std::optional<std::string> file_path(const std::string& written) const;

  /// Calls `visit` with each key and its value, in their order; complains when it is no map and of
  /// keys given twice. Returns whether it is a map.
  bool each(const std::function<void(const std::string& key, const Field& field)>& visit) const;

  /// Complains of a key that is not among `known`, naming the nearest one.
  void unknown_key(const Field& entry, const std::string& key,
                   const std::vector<std::string>& known) const;

 private:
  bool is(YamlValue::Kind kind, const char* expected) const;

  const YamlValue& value_;
  int line_;
  std::string path_;
  FieldSurroundings& around_;
};

}  // namespace vya
