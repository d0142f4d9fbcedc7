// How a catalog model names and describes what a PostgreSQL server has. Pure.
//
// Grants are expanded: what an object has by itself is told too, as long as nobody changed it, so
// that one grant more is one item more and not a list where there was none.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/catalog_model.h"
#include "engine/postgresql/acl.h"
#include "engine/postgresql/entry.h"
#include "engine/postgresql/globals.h"

namespace vya::pg {

/// Adds properties to an object; those with a value that says nothing are left out.
class Properties {
 public:
  explicit Properties(CatalogObject& object) : object_(object) {}
  Properties& add(const char* name, const std::string& value);
  Properties& add(const char* name, const std::optional<std::string>& value);
  Properties& add(const char* name, bool flag);
  Properties& add(const char* name, std::int64_t number);

 private:
  CatalogObject& object_;
};

/// A name as people write it: quotes only where they are needed.
std::string shown(const std::string& name);

/// The same for all names within a text: `f("Odd", "text")` is `f("Odd", text)`.
std::string with_names_shown(const std::string& text);

std::string role_named(const std::string& name);

void add_labels(CatalogObject& object, const std::vector<SecurityLabel>& labels);

std::string lower(std::string text);

/// `SELECT TO "app" WITH GRANT OPTION`; the owner is `its owner`, and is not named as the grantor.
/// Of a column: `SELECT ("name") TO "app"`.
void add_grants(CatalogObject& object, const Acl& acl);

/// The schema public, whose privileges are others than those of a schema that somebody makes.
inline constexpr const char* kPublicSchema = "SCHEMA public";

/// What the server gives by itself for a new object of a kind, as Acl and DefaultAcl name it
/// (`TABLE`, `TABLES`), on a server of that major.
std::vector<Grant> default_grants(const std::string& kind, const std::string& owner, int major);

/// An object's own list, or else what it has by itself.
Acl grants_of(const std::optional<Acl>& own, const std::string& kind, const std::string& owner,
              int major);

/// The kind by which grants name what an entry makes: `TABLE` for a view; empty where it has none.
std::string grants_kind(const Entry& entry);

/// By what people call an object, and the one that it is a part of.
struct ObjectWords {
  std::string name;  ///< `table shop.public.orders`, `trigger checked on table shop.public.orders`
  std::string within;  ///< `database shop`, `table shop.public.orders`
};

/// What an entry makes. `relations` are the tables and views before it: `public.orders` and what
/// they are called.
ObjectWords words_of(const Entry& entry, const std::string& database,
                     const std::map<std::string, std::string>& relations);

}  // namespace vya::pg
