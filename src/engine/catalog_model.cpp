#include "engine/catalog_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace vya {

namespace {

using Kind = CatalogDifference::Kind;

class Comparison {
 public:
  std::vector<CatalogDifference> compare(const CatalogModel& wanted, const CatalogModel& found) && {
    for (const auto& [name, object] : wanted) {
      const auto other = found.find(name);
      if (other != found.end()) {
        compare(name, object, other->second);
      } else if (object.implied) {
        compare(name, object, {});
      } else if (is_told(object, found)) {
        all_.push_back({.kind = Kind::kMissing, .object = name});
      }
    }
    for (const auto& [name, object] : found) {
      if (wanted.contains(name)) continue;
      if (object.implied) {
        compare(name, {}, object);
      } else if (is_told(object, wanted)) {
        all_.push_back({.kind = Kind::kExtra, .object = name});
      }
    }
    std::ranges::stable_sort(all_, {}, &CatalogDifference::object);
    return std::move(all_);
  }

 private:
  using Properties = std::map<std::string, std::string>;

  void compare(const std::string& name, const CatalogObject& wanted, const CatalogObject& found) {
    compare(name, Kind::kProperty, wanted.properties, found.properties);
    compare(name, Kind::kSecret, wanted.secrets, found.secrets);
    std::vector<std::string> items;
    std::ranges::set_difference(wanted.items, found.items, std::back_inserter(items));
    for (std::string& item : items)
      all_.push_back({.kind = Kind::kLacksItem, .object = name, .about = std::move(item)});
    items.clear();
    std::ranges::set_difference(found.items, wanted.items, std::back_inserter(items));
    for (std::string& item : items)
      all_.push_back({.kind = Kind::kExtraItem, .object = name, .about = std::move(item)});
  }

  void compare(const std::string& name, Kind kind, const Properties& wanted,
               const Properties& found) {
    std::set<std::string> keys;
    for (const auto& [key, value] : wanted) keys.insert(key);
    for (const auto& [key, value] : found) keys.insert(key);
    for (const std::string& key : keys) {
      const std::string was = value_of(wanted, key);
      const std::string is = value_of(found, key);
      if (was != is)
        all_.push_back({.kind = kind, .object = name, .about = key, .wanted = was, .found = is});
    }
  }

  /// Whether an object has to be told that the other side has not.
  static bool is_told(const CatalogObject& object, const CatalogModel& other) {
    return object.within.empty() || other.contains(object.within);
  }

  static std::string value_of(const Properties& properties, const std::string& key) {
    const auto found = properties.find(key);
    return found == properties.end() ? "" : found->second;
  }

  std::vector<CatalogDifference> all_;
};

constexpr std::size_t kMostShown = 120;   // of what differs
constexpr std::size_t kShownAround = 30;  // of what is the same, on each side
constexpr std::size_t kShownWhole = 100;

bool is_inside_character(const std::string& text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80;
}

/// On one line, each space, tabulator and line end in a row as one.
std::string on_one_line(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) line += c;
    if (space && !line.empty() && line.back() != ' ') line += ' ';
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

/// The middle of a text, with dots for what is left out on each side; whole characters only.
std::string cut(const std::string& text, std::size_t from, std::size_t to) {
  while (from > 0 && is_inside_character(text, from)) --from;
  while (to < text.size() && is_inside_character(text, to)) ++to;
  return fmt::format("{}{}{}", from > 0 ? "..." : "", text.substr(from, to - from),
                     to < text.size() ? "..." : "");
}

struct Excerpts {
  std::string found;
  std::string wanted;
};

/// Of both texts the part in which they differ.
Excerpts excerpts(const std::string& found, const std::string& wanted) {
  const auto [first, other] = std::ranges::mismatch(found, wanted);
  const auto same_before = static_cast<std::size_t>(first - found.begin());
  const std::size_t most_after = std::min(found.size(), wanted.size()) - same_before;
  std::size_t same_after = 0;
  while (same_after < most_after &&
         found[found.size() - 1 - same_after] == wanted[wanted.size() - 1 - same_after])
    ++same_after;
  const auto shown = [&](const std::string& text) -> std::string {
    if (text.empty()) return "nothing";
    if (text.size() <= kShownWhole) return '"' + text + '"';
    const std::size_t from = same_before - std::min(same_before, kShownAround);
    const std::size_t to = text.size() - same_after + std::min(same_after, kShownAround);
    return '"' + cut(text, from, std::min(to, same_before + kMostShown)) + '"';
  };
  return {.found = shown(found), .wanted = shown(wanted)};
}

}  // namespace

// What the engines call them, whose names are quoted: a `user mapping` is none.
bool is_account(const std::string& object) {
  return object.starts_with("role \"") || object.starts_with("role `") ||
         object.starts_with("user `");
}

std::vector<CatalogDifference> differences(const CatalogModel& wanted, const CatalogModel& found) {
  return Comparison().compare(wanted, found);
}

std::string where(const CatalogDifference& difference) {
  const bool of_property = difference.kind == Kind::kProperty || difference.kind == Kind::kSecret;
  return of_property ? difference.about + " of " + difference.object : difference.object;
}

std::string what(const CatalogDifference& difference) {
  const auto& [kind, object, about, wanted, found] = difference;
  switch (kind) {
    case Kind::kMissing:
      return "is missing";
    case Kind::kExtra:
      return "was not there";
    case Kind::kProperty: {
      const Excerpts values = excerpts(on_one_line(found), on_one_line(wanted));
      return fmt::format("is {}, was {}", values.found, values.wanted);
    }
    case Kind::kSecret:
      return "is another one";
    case Kind::kLacksItem:
      return "lacks " + about;
    case Kind::kExtraItem:
      return fmt::format("has {}, which was not there", about);
  }
  return "";
}

}  // namespace vya
