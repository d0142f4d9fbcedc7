#include "engine/postgresql/catalog_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

constexpr int kMajorWithMaintain = 17;

/// What acldefault() gives; PostgreSQL's documentation, "Privileges".
struct DefaultPrivileges {
  std::string_view kind;
  std::vector<std::string> owner;
  std::vector<std::string> everybody = {};
};

const std::vector<DefaultPrivileges>& default_privileges() {
  static const std::vector<DefaultPrivileges> kAll = {
      {"TABLE",
       {"SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"}},
      {"SEQUENCE", {"SELECT", "UPDATE", "USAGE"}},
      {"FUNCTION", {"EXECUTE"}, {"EXECUTE"}},
      {"PROCEDURE", {"EXECUTE"}, {"EXECUTE"}},
      {"TYPE", {"USAGE"}, {"USAGE"}},
      {"SCHEMA", {"USAGE", "CREATE"}},
      {kPublicSchema, {"USAGE", "CREATE"}, {"USAGE"}},
      {"LANGUAGE", {"USAGE"}, {"USAGE"}},
      {"FOREIGN DATA WRAPPER", {"USAGE"}},
      {"FOREIGN SERVER", {"USAGE"}},
      {"DATABASE", {"CREATE", "TEMPORARY", "CONNECT"}, {"TEMPORARY", "CONNECT"}},
      {"TABLESPACE", {"CREATE"}},
      {"LARGE OBJECT", {"SELECT", "UPDATE"}},
  };
  return kAll;
}

struct EntryKind {
  std::string_view entry;
  std::string_view grants;
};

constexpr std::array kKindsWithGrants = {
    EntryKind{"TABLE", "TABLE"},
    EntryKind{"VIEW", "TABLE"},
    EntryKind{"MATERIALIZED VIEW", "TABLE"},
    EntryKind{"FOREIGN TABLE", "TABLE"},
    EntryKind{"SEQUENCE", "SEQUENCE"},
    EntryKind{"FUNCTION", "FUNCTION"},
    EntryKind{"AGGREGATE", "FUNCTION"},
    EntryKind{"PROCEDURE", "PROCEDURE"},
    EntryKind{"TYPE", "TYPE"},
    EntryKind{"DOMAIN", "TYPE"},
    EntryKind{"SHELL TYPE", "TYPE"},
    EntryKind{"SCHEMA", "SCHEMA"},
    EntryKind{"PROCEDURAL LANGUAGE", "LANGUAGE"},
    EntryKind{"FOREIGN DATA WRAPPER", "FOREIGN DATA WRAPPER"},
    EntryKind{"SERVER", "FOREIGN SERVER"},
};

std::string words_of_kind(const std::string& kind) {
  return kind == "FK CONSTRAINT" ? "foreign key" : lower(kind);
}

/// Kinds whose tag is another object with its own kind: `TABLE "orders"`.
bool is_about_another(const Entry& entry) {
  return entry.kind == "COMMENT" || entry.kind == "SECURITY LABEL";
}

std::string schema_before(const Entry& entry) {
  return entry.schema.empty() ? "" : entry.schema + ".";
}

/// `comment on table shop.public.orders`.
std::string words_of_remark(const Entry& entry, const std::string& database) {
  const auto end = std::ranges::find_if_not(
      entry.name, [](unsigned char c) { return std::isupper(c) || c == ' '; });
  std::string kind(entry.name.begin(), end);
  while (kind.ends_with(' ')) kind.pop_back();
  return fmt::format("{} on {} {}.{}{}", lower(entry.kind), lower(kind), database,
                     schema_before(entry), with_names_shown(std::string(end, entry.name.end())));
}

}  // namespace

Properties& Properties::add(const char* name, const std::string& value) {
  if (!value.empty()) object_.properties[name] = value;
  return *this;
}

Properties& Properties::add(const char* name, const std::optional<std::string>& value) {
  return add(name, value.value_or(""));
}

Properties& Properties::add(const char* name, bool flag) {
  return add(name, std::string(flag ? "yes" : "no"));
}

Properties& Properties::add(const char* name, std::int64_t number) {
  return add(name, std::to_string(number));
}

std::string shown(const std::string& name) {
  const bool plain = !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
    return std::islower(c) || std::isdigit(c) || c == '_' || c >= 0x80;
  });
  return plain ? name : quote_name(name);
}

std::string with_names_shown(const std::string& text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text[at] == '"' ? text.find('"', at + 1) : std::string::npos;
    if (end == std::string::npos) {
      plain += text[at++];
    } else {
      plain += shown(text.substr(at + 1, end - at - 1));
      at = end + 1;
    }
  }
  return plain;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

std::string role_named(const std::string& name) { return "role " + quote_name(name); }

void add_labels(CatalogObject& object, const std::vector<SecurityLabel>& labels) {
  for (const SecurityLabel& label : labels)
    object.items.insert(
        fmt::format("SECURITY LABEL {} FOR {}", quote_text(label.label), label.provider));
}

void add_grants(CatalogObject& object, const Acl& acl) {
  const std::string column = acl.column.empty() ? "" : " (" + quote_name(acl.column) + ")";
  for (const Grant& grant : acl.grants) {
    const bool to_owner = !acl.owner.empty() && grant.grantee == acl.owner;
    const std::string to = grant.grantee.empty() ? "PUBLIC"
                           : to_owner            ? "its owner"
                                                 : quote_name(grant.grantee);
    const std::string by =
        grant.grantor == acl.owner ? "" : " GRANTED BY " + quote_name(grant.grantor);
    object.items.insert(fmt::format("{}{} TO {}{}{}", grant.privilege, column, to,
                                    grant.grantable ? " WITH GRANT OPTION" : "", by));
  }
}

std::vector<Grant> default_grants(const std::string& kind, const std::string& owner, int major) {
  std::vector<Grant> grants;
  const auto add = [&](const std::string& grantee, const std::string& privilege) {
    if (privilege == "MAINTAIN" && major < kMajorWithMaintain) return;
    grants.push_back(
        {.grantee = grantee, .grantor = owner, .privilege = privilege, .grantable = false});
  };
  for (const DefaultPrivileges& one : default_privileges()) {
    if (kind != one.kind && kind != std::string(one.kind) + "S") continue;
    for (const std::string& privilege : one.owner) add(owner, privilege);
    for (const std::string& privilege : one.everybody) add("", privilege);
  }
  return grants;
}

Acl grants_of(const std::optional<Acl>& own, const std::string& kind, const std::string& owner,
              int major) {
  if (own) return *own;
  return {.kind = kind,
          .object = {},
          .column = {},
          .owner = owner,
          .grants = default_grants(kind, owner, major)};
}

std::string grants_kind(const Entry& entry) {
  const auto* const found = std::ranges::find(kKindsWithGrants, entry.kind, &EntryKind::entry);
  return found == kKindsWithGrants.end() ? "" : std::string(found->grants);
}

ObjectWords words_of(const Entry& entry, const std::string& database,
                     const std::map<std::string, std::string>& relations) {
  const std::string in_database = "database " + shown(database);
  if (is_about_another(entry))
    return {.name = words_of_remark(entry, database), .within = in_database};
  const std::string kind = words_of_kind(entry.kind);
  // pg_dump repeats the kind in some tags: CAST (a AS b), USER MAPPING app SERVER branch.
  if (entry.name.starts_with(entry.kind + " ")) {
    return {
        .name = fmt::format("{}{} of {}", kind,
                            with_names_shown(entry.name.substr(entry.kind.size())), in_database),
        .within = in_database};
  }
  const std::string schema = schema_before(entry);
  for (std::size_t at = entry.name.find(' '); at != std::string::npos;
       at = entry.name.find(' ', at + 1)) {
    const auto relation = relations.find(schema + entry.name.substr(0, at));
    if (relation == relations.end()) continue;
    return {.name = fmt::format("{} {} on {}", kind, entry.name.substr(at + 1), relation->second),
            .within = relation->second};
  }
  return {.name = fmt::format("{} {}.{}{}", kind, database, schema, with_names_shown(entry.name)),
          .within = in_database};
}

}  // namespace vya::pg
