#include "engine/text_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/bytes.h"
#include "base/utf8.h"

namespace vya {

using Json = nlohmann::ordered_json;  // keeps "kind" first

namespace {

Json text_json(const std::string& text) {
  if (is_utf8(text)) return text;
  return {{"bytes", to_hex(as_bytes(text))}};
}

/// Nothing when the value is no text.
std::optional<std::string> text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  const auto bytes = value.is_object() ? value.find("bytes") : value.end();
  if (bytes == value.end() || !bytes->is_string()) return std::nullopt;
  return from_hex(bytes->get<std::string>());
}

/// Nothing when the value is no whole number of that range.
std::optional<std::int64_t> number_of(const Json& value, std::int64_t least, std::int64_t most) {
  if (!value.is_number_integer()) return std::nullopt;
  if (value.is_number_unsigned() && !std::in_range<std::int64_t>(value.get<std::uint64_t>())) {
    return std::nullopt;
  }
  const auto number = value.get<std::int64_t>();
  if (number < least || number > most) return std::nullopt;
  return number;
}

enum class Direction { kWrite, kRead };

}  // namespace

struct JsonFields::State {
  Direction direction = Direction::kWrite;
  std::string where;   ///< for messages: `line 7 of the globals`
  std::string prefix;  ///< of keys, for messages: `acl.`
  Json own;            ///< of a line, else unused
  Json* node = nullptr;

  bool writing() const { return direction == Direction::kWrite; }

  /// The value under the key, or null when there is none.
  Json* find(const char* key) const {
    const auto found = node->find(key);
    return found == node->end() ? nullptr : &*found;
  }

  std::unique_ptr<State> child(Json& value, const std::string& key) const {
    auto state = std::make_unique<State>();
    state->direction = direction;
    state->where = where;
    state->prefix = prefix + key + ".";
    state->node = &value;
    return state;
  }
};

JsonFields::JsonFields(std::unique_ptr<State> state) : state_(std::move(state)) {}
JsonFields::JsonFields(JsonFields&&) noexcept = default;
JsonFields& JsonFields::operator=(JsonFields&&) noexcept = default;
JsonFields::~JsonFields() = default;

JsonFields::JsonFields(std::string_view kind) : state_(std::make_unique<State>()) {
  state_->own = {{"kind", kind}};
  state_->node = &state_->own;
}

std::string JsonFields::kind() const { return state_->node->at("kind").get<std::string>(); }

Error JsonFields::wrong(const char* key, std::string_view problem) const {
  return Error(Fault::kCheckFailed, fmt::format("cannot read {}: key '{}{}' {}", state_->where,
                                                state_->prefix, key, problem));
}

void JsonFields::text(const char* key, std::optional<std::string>& value) {
  if (state_->writing()) {
    if (value) (*state_->node)[key] = text_json(*value);
    return;
  }
  const Json* found = state_->find(key);
  value = found ? text_of(*found) : std::nullopt;
  if (found && !value) throw wrong(key, "is no text");
}

void JsonFields::text(const char* key, std::string& value) {
  std::optional<std::string> present = std::move(value);
  text(key, present);
  if (!present) throw wrong(key, "is missing");
  value = std::move(*present);
}

void JsonFields::secret(const char* key, std::optional<Secret>& value) {
  std::optional<std::string> revealed;
  if (value) revealed = value->reveal();
  text(key, revealed);
  value.reset();
  if (revealed) value = Secret(std::move(*revealed));
}

void JsonFields::texts(const char* key, std::vector<std::string>& values) {
  values.resize(list_size(key, values.size()));
  Json& list = (*state_->node)[key];
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (state_->writing()) {
      list[i] = text_json(values[i]);
    } else if (std::optional<std::string> text = text_of(list[i])) {
      values[i] = std::move(*text);
    } else {
      throw wrong(key, "holds what is no text");
    }
  }
}

void JsonFields::numbers(const char* key, std::vector<int>& values) {
  using Limits = std::numeric_limits<int>;
  values.resize(list_size(key, values.size()));
  Json& list = (*state_->node)[key];
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (state_->writing()) {
      list[i] = values[i];
    } else if (const auto number = number_of(list[i], Limits::min(), Limits::max())) {
      values[i] = static_cast<int>(*number);
    } else {
      throw wrong(key, "holds what is no number of its range");
    }
  }
}

void JsonFields::flag(const char* key, std::optional<bool>& value) {
  if (state_->writing()) {
    if (value) (*state_->node)[key] = *value;
    return;
  }
  const Json* found = state_->find(key);
  if (found && !found->is_boolean()) throw wrong(key, "is neither true nor false");
  value = found ? std::optional(found->get<bool>()) : std::nullopt;
}

void JsonFields::flag(const char* key, bool& value) {
  std::optional<bool> present = value;
  flag(key, present);
  if (!present) throw wrong(key, "is missing");
  value = *present;
}

void JsonFields::number_between(const char* key, std::int64_t& value, std::int64_t least,
                                std::int64_t most) {
  if (state_->writing()) {
    (*state_->node)[key] = value;
    return;
  }
  const Json* found = state_->find(key);
  if (!found) throw wrong(key, "is missing");
  const std::optional<std::int64_t> number = number_of(*found, least, most);
  if (!number) throw wrong(key, "is no number of its range");
  value = *number;
}

std::size_t JsonFields::list_size(const char* key, std::size_t written) {
  if (state_->writing()) {
    (*state_->node)[key] = Json::array_t(written);
    return written;
  }
  const Json* found = state_->find(key);
  if (!found) throw wrong(key, "is missing");
  if (!found->is_array()) throw wrong(key, "is no list");
  return found->size();
}

JsonFields JsonFields::list_item(const char* key, std::size_t index) {
  Json& item = (*state_->node)[key][index];
  if (state_->writing()) item = Json::object();
  if (!item.is_object()) throw wrong(key, "holds what is no object");
  return JsonFields(state_->child(item, fmt::format("{}[{}]", key, index)));
}

bool JsonFields::has_object(const char* key, Presence written) {
  if (state_->writing()) {
    if (written == Presence::kPresent) (*state_->node)[key] = Json::object();
    return written == Presence::kPresent;
  }
  const Json* found = state_->find(key);
  if (found && !found->is_object()) throw wrong(key, "is no object");
  return found != nullptr;
}

JsonFields JsonFields::object_member(const char* key) {
  return JsonFields(state_->child((*state_->node)[key], key));
}

void JsonFields::write(Sink& to) const { to.write(as_bytes(state_->node->dump() + '\n')); }

std::optional<JsonFields> JsonLines::next() {
  const std::optional<std::string> line = lines_.next();
  if (!line) return std::nullopt;
  auto state = std::make_unique<JsonFields::State>();
  state->direction = Direction::kRead;
  state->where = fmt::format("line {} of the {}", ++number_, document_);
  state->own = Json::parse(*line, /*cb=*/nullptr, /*allow_exceptions=*/false);
  state->node = &state->own;
  if (!state->own.is_object()) {
    throw Error(Fault::kCheckFailed,
                fmt::format("cannot read {}: it is no JSON object", state->where));
  }
  JsonFields fields(std::move(state));
  const Json* kind = fields.state_->find("kind");
  if (!kind) throw fields.wrong("kind", "is missing");
  if (!kind->is_string()) throw fields.wrong("kind", "is no text");
  return fields;
}

}  // namespace vya
