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
      if (other == found.end()) {
        all_.push_back({.kind = Kind::kMissing, .object = name});
      } else {
        compare(name, object, other->second);
      }
    }
    for (const auto& [name, object] : found) {
      if (!wanted.contains(name)) all_.push_back({.kind = Kind::kExtra, .object = name});
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

  static std::string value_of(const Properties& properties, const std::string& key) {
    const auto found = properties.find(key);
    return found == properties.end() ? "" : found->second;
  }

  std::vector<CatalogDifference> all_;
};

constexpr std::size_t kMostShown = 120;
constexpr std::size_t kShownBefore = 20;  // of what is the same

/// A part of the text around the place where the two begin to differ.
std::string excerpt(const std::string& text, std::size_t differs_at) {
  if (text.empty()) return "nothing";
  const std::size_t from =
      text.size() <= kMostShown || differs_at <= kShownBefore ? 0 : differs_at - kShownBefore;
  std::string shown = text.substr(from, kMostShown);
  std::ranges::replace(shown, '\n', ' ');
  return fmt::format("{}\"{}\"{}", from > 0 ? "..." : "", shown,
                     from + kMostShown < text.size() ? "..." : "");
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
  const auto at =
      static_cast<std::size_t>(std::ranges::mismatch(wanted, found).in1 - wanted.begin());
  switch (kind) {
    case Kind::kMissing:
      return "is missing";
    case Kind::kExtra:
      return "was not there";
    case Kind::kProperty:
      return fmt::format("is {}, was {}", excerpt(found, at), excerpt(wanted, at));
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
