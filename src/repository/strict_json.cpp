#include "repository/strict_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "base/bytes.h"

namespace vya {

using nlohmann::json;

namespace {

bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

bool is_path_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-' || c == '/';
}

bool is_path(std::string_view text) {
  if (text.empty() || text.back() == '/') return false;
  if (!std::ranges::all_of(text, is_path_character)) return false;
  char before = '/';
  for (const char c : text) {
    if (before == '/' && (c == '/' || c == '.')) return false;
    before = c;
  }
  return true;
}

}  // namespace

/// The parsed object, and what it is called in messages.
struct JsonObject::Node {
  /// Shared with the objects around it: a copy would take time, and, of what is nested a hundred
  /// thousand deep, the whole stack.
  std::shared_ptr<const json> value;
  std::string where;
  std::string prefix;  ///< of the keys: `sums.`

  Error wrong(const std::string& key, const std::string& problem) const {
    return Error(Fault::kCheckFailed,
                 fmt::format("cannot read {}: key '{}{}' {}", where, prefix, key, problem));
  }

  const json& at(const std::string& key) const {
    const auto found = value->find(key);
    if (found == value->end()) throw wrong(key, "is missing");
    return *found;
  }

  /// An object inside this one.
  std::unique_ptr<const Node> inner(const json& item, const std::string& key) const {
    return std::make_unique<const Node>(
        Node{std::shared_ptr<const json>(value, &item), where, prefix + key + "."});
  }

  const json& object_at(const std::string& key) const {
    const json& found = at(key);
    if (!found.is_object()) throw wrong(key, "is no object");
    return found;
  }

  const json& list_at(const std::string& key) const {
    const json& found = at(key);
    if (!found.is_array()) throw wrong(key, "is no list");
    return found;
  }

  std::string text(const json& item, const std::string& key) const {
    if (!item.is_string()) throw wrong(key, "is no text");
    return item.get<std::string>();
  }

  std::string name(const json& item, const std::string& key) const {
    if (item.is_string()) return item.get<std::string>();
    const auto bytes = item.is_object() ? item.find("bytes") : item.end();
    if (bytes == item.end() || !bytes->is_string()) throw wrong(key, "is no text");
    std::optional<std::string> text = from_hex(bytes->get_ref<const std::string&>());
    if (!text) throw wrong(key + ".bytes", "is not hexadecimal");
    return std::move(*text);
  }

  std::uint64_t number(const json& item, const std::string& key) const {
    if (!item.is_number_unsigned()) throw wrong(key, "is no whole number from 0");
    return item.get<std::uint64_t>();
  }
};

JsonObject::JsonObject(std::string_view text, std::string where) {
  auto value = std::make_shared<const json>(json::parse(text, nullptr, false));
  if (!value->is_object()) {
    throw Error(Fault::kCheckFailed, fmt::format("cannot read {}: it is no JSON object", where));
  }
  node_ = std::make_unique<const Node>(Node{std::move(value), std::move(where), {}});
}

JsonObject::JsonObject(std::unique_ptr<const Node> node) : node_(std::move(node)) {}
JsonObject::JsonObject(JsonObject&&) noexcept = default;
JsonObject::~JsonObject() = default;

bool JsonObject::has(const std::string& key) const { return node_->value->contains(key); }

std::string JsonObject::text(const std::string& key) const {
  return node_->text(node_->at(key), key);
}

std::string JsonObject::name(const std::string& key) const {
  return node_->name(node_->at(key), key);
}

std::vector<std::string> JsonObject::names(const std::string& key) const {
  std::vector<std::string> values;
  for (const json& item : node_->list_at(key)) values.push_back(node_->name(item, key));
  return values;
}

std::string JsonObject::hex(const std::string& key, std::size_t digits) const {
  std::string value = text(key);
  if (value.size() != digits || !std::ranges::all_of(value, is_hex_digit)) {
    throw wrong(key, fmt::format("is not {} lower-case hexadecimal digits", digits));
  }
  return value;
}

std::string JsonObject::path(const std::string& key) const {
  std::string value = text(key);
  if (!is_path(value)) throw wrong(key, fmt::format("is no path of a stored file: '{}'", value));
  return value;
}

std::uint64_t JsonObject::number(const std::string& key) const {
  return node_->number(node_->at(key), key);
}

int JsonObject::small_number(const std::string& key, int least) const {
  const std::uint64_t value = number(key);
  if (value > std::numeric_limits<int>::max() || static_cast<int>(value) < least) {
    throw wrong(key, fmt::format("is out of range: {}", value));
  }
  return static_cast<int>(value);
}

bool JsonObject::flag(const std::string& key) const {
  const json& value = node_->at(key);
  if (!value.is_boolean()) throw wrong(key, "is neither true nor false");
  return value.get<bool>();
}

Time JsonObject::time(const std::string& key) const {
  const std::string value = text(key);
  try {
    return parse_time(value);
  } catch (const Error&) {
    throw wrong(key, fmt::format("is no time: '{}'", value));
  }
}

std::vector<std::string> JsonObject::texts(const std::string& key) const {
  std::vector<std::string> values;
  for (const json& item : node_->list_at(key)) values.push_back(node_->text(item, key));
  return values;
}

std::map<std::string, std::string> JsonObject::texts_by_name(const std::string& key) const {
  std::map<std::string, std::string> values;
  for (const auto& [name, item] : node_->object_at(key).items()) {
    values.emplace(name, node_->text(item, key + "." + name));
  }
  return values;
}

std::map<std::string, std::uint64_t> JsonObject::numbers_by_name(const std::string& key) const {
  std::map<std::string, std::uint64_t> values;
  for (const auto& [name, item] : node_->object_at(key).items()) {
    values.emplace(name, node_->number(item, key + "." + name));
  }
  return values;
}

JsonObject JsonObject::object(const std::string& key) const {
  return JsonObject(node_->inner(node_->object_at(key), key));
}

std::vector<JsonObject> JsonObject::objects(const std::string& key) const {
  std::vector<JsonObject> values;
  for (const json& item : node_->list_at(key)) {
    const std::string name = fmt::format("{}[{}]", key, values.size());
    if (!item.is_object()) throw wrong(name, "is no object");
    values.push_back(JsonObject(node_->inner(item, name)));
  }
  return values;
}

Error JsonObject::wrong(const std::string& key, const std::string& problem) const {
  return node_->wrong(key, problem);
}

}  // namespace vya
