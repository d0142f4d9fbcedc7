#include "engine/postgresql/describe_database.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/postgresql/catalog_words.h"
#include "engine/postgresql/entry_sql.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

constexpr std::array<std::string_view, 4> kRelations = {"TABLE", "VIEW", "MATERIALIZED VIEW",
                                                        "FOREIGN TABLE"};

/// What the catalog and the globals say better.
bool is_said_elsewhere(const Entry& entry) {
  return entry.kind == "DATABASE" || entry.kind == "DATABASE PROPERTIES" ||
         entry.kind == "EXTENSION" ||
         (entry.kind == "COMMENT" && entry.name == "SCHEMA \"public\"") ||
         (entry.kind == "COMMENT" &&
          (entry.name.starts_with("EXTENSION ") || entry.name.starts_with("DATABASE ")));
}

/// Entries that are a property of an object which other entries made.
struct PropertyEntry {
  std::string_view entry;
  std::string_view object;
  const char* property;
};

constexpr std::array kPropertyEntries = {
    PropertyEntry{"TABLE ATTACH", "table", "place as a partition"},
    PropertyEntry{"INDEX ATTACH", "index", "place as a partition"},
    PropertyEntry{"ROW SECURITY", "table", "row level security"},
    PropertyEntry{"SEQUENCE OWNED BY", "sequence", "column"},
};

/// It is in every database, so it is not made, but its owner may be another.
bool is_public_schema(const Entry& entry) {
  return entry.kind == "SCHEMA" && entry.name == "public";
}

/// What stands after IS, without the end of the statement.
std::string text_of_comment(const Entry& entry) {
  const std::size_t begin = entry.definition.find(" IS '");
  const std::size_t end = entry.definition.rfind('\'');
  if (begin == std::string::npos || end < begin + 5) return entry.definition;
  return entry.definition.substr(begin + 5, end - begin - 5);
}

std::string to_whom(const std::string& role) { return role.empty() ? "PUBLIC" : quote_name(role); }

/// Stands for an owner that is not known, and is the same wherever it is not.
constexpr const char* kItsOwner = "pg_database_owner";

/// By what a list of grants and an entry find each other: pg_dump and the server quote differently.
std::string key_of(const std::string& kind, std::string object) {
  std::erase(object, '"');
  return kind + " " + object;
}

}  // namespace

DatabaseDescription::DatabaseDescription(std::string database, int major, CatalogModel& model)
    : database_(std::move(database)), major_(major), model_(model) {}

void DatabaseDescription::describe(const Entry& entry) {
  if (is_said_elsewhere(entry) || describes_property(entry)) return;
  const ObjectWords plain = words_of(entry, database_, relations_);
  std::string words = plain.name;
  // Two objects can have one tag: casts of types of two schemas.
  for (int number = 2; model_.contains(words); ++number)
    words = fmt::format("{} ({})", plain.name, number);
  CatalogObject& object = model_[words];
  object.within = plain.within;
  Properties(object)
      .add("owner", entry.owner)
      .add("tablespace", entry.tablespace)
      .add("access method", entry.access_method);
  if (may_hold_secret(entry)) {
    object.secrets["definition"] = entry.definition;
  } else if (entry.kind == "COMMENT") {
    object.properties["text"] = text_of_comment(entry);
  } else if (!is_public_schema(entry)) {
    object.properties["definition"] = entry.definition;
  }
  const std::string name = entry.schema.empty() ? entry.name : entry.schema + "." + entry.name;
  if (std::ranges::find(kRelations, entry.kind) != kRelations.end()) relations_[name] = words;
  if (const std::string kind = grants_kind(entry); !kind.empty())
    grantable_[key_of(kind, name)] = {.words = words, .kind = kind, .owner = entry.owner};
}

bool DatabaseDescription::describes_property(const Entry& entry) {
  const auto* const found = std::ranges::find(kPropertyEntries, entry.kind, &PropertyEntry::entry);
  if (found == kPropertyEntries.end()) return false;
  object(std::string(found->object), entry.schema, with_names_shown(entry.name))
      .properties[found->property] = entry.definition;
  return true;
}

CatalogObject& DatabaseDescription::object(const std::string& kind, const std::string& schema,
                                           const std::string& name) {
  return model_[fmt::format("{} {}.{}.{}", kind, database_, schema, name)];
}

std::string DatabaseDescription::in_database() const { return "database " + shown(database_); }

void DatabaseDescription::describe(const Catalog& catalog) {
  if (catalog.has_public_schema) describe_public(catalog);
  for (const Extension& one : catalog.extensions) {
    CatalogObject& object = model_["extension " + database_ + "." + one.name];
    object.within = in_database();
    Properties(object)
        .add("version", one.version)
        .add("schema", one.schema)
        .add("comment", one.comment)
        .add("owner", one.owner);
  }
  for (const ExtensionMember& one : catalog.members) {
    // Of functions that were written again a server cannot say whether they are as they were.
    if (!is_described(one, catalog.extensions)) continue;
    const std::string extension = "extension " + database_ + "." + one.extension;
    CatalogObject& object = model_[fmt::format("{} of {}", one.object, extension)];
    object.within = extension;
    Properties(object).add("owner", one.owner).add("comment", one.comment);
    add_labels(object, one.labels);
  }
  for (const SequenceValue& one : catalog.sequences) {
    Properties(object("sequence", one.schema, one.name))
        .add("last value", one.is_called ? std::to_string(one.last_value)
                                         : fmt::format("none, the next is {}", one.last_value));
  }
  for (const PopulatedView& one : catalog.populated_views)
    Properties(object("materialized view", one.schema, one.name))
        .add("content", std::string("there"));
  for (const ColumnOrder& one : catalog.column_orders) {
    Properties(object("table", one.schema, one.name))
        .add("order of columns", quote_names(one.columns));
  }
  describe_grants(catalog.acls);
  for (const DefaultAcl& acl : catalog.default_acls) describe(acl);
}

void DatabaseDescription::describe_public(const Catalog& catalog) {
  const std::string words = "schema " + database_ + ".public";
  CatalogObject& object = model_[words];
  object.within = in_database();
  Properties(object).add("comment", catalog.public_comment);
  grantable_.try_emplace(key_of("SCHEMA", "public"),
                         Grantable{.words = words, .kind = kPublicSchema, .owner = kItsOwner});
}

void DatabaseDescription::describe_grants(const std::vector<Acl>& acls) {
  for (const Acl& acl : acls) {
    const auto found = grantable_.find(key_of(acl.kind, acl.object));
    if (found != grantable_.end()) {
      add_grants(model_[found->second.words], acl);
      if (acl.column.empty()) found->second.has_own_list = true;
      continue;
    }
    // The system's own, or an extension's: what it has by itself is known only for most.
    CatalogObject list;
    add_grants(list, acl);
    CatalogObject usual;
    add_grants(usual, grants_of(std::nullopt, acl.kind, acl.owner, major_));
    if (acl.column.empty() && list == usual) continue;
    CatalogObject& object =
        model_[lower(acl.kind) + " " + database_ + "." + with_names_shown(acl.object)];
    object.implied = true;
    const std::string column = acl.column.empty() ? "" : " to column " + quote_name(acl.column);
    object.properties["changed grants" + column] = fmt::format("{}", fmt::join(list.items, ", "));
  }
  for (const auto& [key, one] : grantable_) {
    if (!one.has_own_list)
      add_grants(model_[one.words], grants_of(std::nullopt, one.kind, one.owner, major_));
  }
}

void DatabaseDescription::describe(const LargeObject& large) {
  CatalogObject& object = model_[fmt::format("large object {} of {}", large.oid, in_database())];
  object.within = in_database();
  Properties(object).add("owner", large.owner).add("comment", large.comment);
  add_grants(object, grants_of(large.acl, "LARGE OBJECT", large.owner, major_));
  add_labels(object, large.labels);
}

/// Lists without a schema stand in place of the server's own; those of a schema are added.
void DatabaseDescription::describe(const DefaultAcl& acl) {
  CatalogObject& object = model_[fmt::format(
      "default privileges of {} for {} in {}", quote_name(acl.role), acl.kind,
      acl.schema.empty() ? in_database() : "schema " + database_ + "." + acl.schema)];
  object.implied = true;
  const std::vector<Grant> usual =
      acl.schema.empty() ? default_grants(acl.kind, acl.role, major_) : std::vector<Grant>();
  for (const Grant& grant : acl.grants) {
    if (std::ranges::find(usual, grant) == usual.end())
      object.items.insert(fmt::format("GRANT {} TO {}{}", grant.privilege, to_whom(grant.grantee),
                                      grant.grantable ? " WITH GRANT OPTION" : ""));
  }
  for (const Grant& grant : usual) {
    if (std::ranges::find(acl.grants, grant) == acl.grants.end())
      object.items.insert(
          fmt::format("REVOKE {} FROM {}", grant.privilege, to_whom(grant.grantee)));
  }
}

}  // namespace vya::pg
