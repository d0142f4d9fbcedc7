// A JSON object that is read strictly: what is missing or of another type is an Error that names
// the text and the key.
//
// The manifest, the inventory and the repository's own file are read through it, so all three
// complain alike. Keys that nobody asks for are ignored: format 1 may get more. The JSON library
// stays in the .cpp.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"

namespace vya {

/// All functions but has() and wrong() throw Error(kCheckFailed) when the key is missing or its
/// value is of another type.
class JsonObject {
 public:
  /// `where` names the text in messages: `manifest
  /// 'shop/20261122T030000Z-7f3a/full/manifest.json'`. Throws Error(kCheckFailed) when the text is
  /// no JSON object.
  JsonObject(std::string_view text, std::string where);
  JsonObject(JsonObject&&) noexcept;
  ~JsonObject();

  bool has(const std::string& key) const;

  std::string text(const std::string& key) const;
  /// A text from a server, as name_to_json() in inventory_json.cpp writes it: one that is no UTF-8
  /// stands as {"bytes":"<hexadecimal>"}.
  std::string name(const std::string& key) const;
  std::vector<std::string> names(const std::string& key) const;
  /// Exactly so many lower-case hexadecimal digits.
  std::string hex(const std::string& key, std::size_t digits) const;
  /// The path of a stored file: parts separated by '/', of letters, digits and "._-", none starting
  /// with '.'.
  std::string path(const std::string& key) const;
  /// A whole number from 0.
  std::uint64_t number(const std::string& key) const;
  /// A whole number from `least` that fits an int.
  int small_number(const std::string& key, int least = 0) const;
  bool flag(const std::string& key) const;
  /// As to_text() writes it.
  Time time(const std::string& key) const;

  std::vector<std::string> texts(const std::string& key) const;
  std::map<std::string, std::string> texts_by_name(const std::string& key) const;
  std::map<std::string, std::uint64_t> numbers_by_name(const std::string& key) const;

  JsonObject object(const std::string& key) const;
  std::vector<JsonObject> objects(const std::string& key) const;

  /// What to throw when a value is of the right type and still wrong: `cannot read WHERE: key 'KEY'
  /// PROBLEM`.
  Error wrong(const std::string& key, const std::string& problem) const;

 private:
  struct Node;
  explicit JsonObject(std::unique_ptr<const Node> node);

  std::unique_ptr<const Node> node_;
};

}  // namespace vya
