#include "engine/postgresql/entry_sql.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/postgresql/quote.h"
#include "engine/postgresql/sql_tokens.h"

namespace vya::pg {

namespace {

// First versions with other defaults (release notes of each, CREATE SUBSCRIPTION).
constexpr int kMajorApplyingAsTableOwners = 16;
constexpr int kMajorStreaming = 18;

struct StageOfKind {
  std::string_view kind;
  Stage stage;
};

/// Kinds whose stage is not that of their section (kinds: pg_dump.c, 13 to 18).
constexpr std::array kStages = {
    StageOfKind{"ENCODING", Stage::kElsewhere},
    StageOfKind{"STDSTRINGS", Stage::kElsewhere},
    StageOfKind{"SEARCHPATH", Stage::kElsewhere},
    StageOfKind{"DATABASE", Stage::kElsewhere},
    StageOfKind{"DATABASE PROPERTIES", Stage::kElsewhere},
    StageOfKind{"ACL", Stage::kElsewhere},
    StageOfKind{"DEFAULT ACL", Stage::kElsewhere},
    StageOfKind{"BLOB", Stage::kElsewhere},
    StageOfKind{"BLOB METADATA", Stage::kElsewhere},
    StageOfKind{"BLOBS", Stage::kElsewhere},
    StageOfKind{"TABLE DATA", Stage::kElsewhere},
    StageOfKind{"SEQUENCE SET", Stage::kElsewhere},
    StageOfKind{"MATERIALIZED VIEW DATA", Stage::kElsewhere},
    StageOfKind{"STATISTICS DATA", Stage::kElsewhere},
    StageOfKind{"EVENT TRIGGER", Stage::kLast},
    StageOfKind{"PUBLICATION", Stage::kLast},
    StageOfKind{"PUBLICATION TABLE", Stage::kLast},
    StageOfKind{"PUBLICATION TABLES IN SCHEMA", Stage::kLast},
    StageOfKind{"SUBSCRIPTION", Stage::kLast},
    StageOfKind{"SUBSCRIPTION TABLE", Stage::kElsewhere},
};

/// How ALTER ... OWNER TO names the kind; kinds that are not here have no owner of their own
/// (pg_backup_archiver.c, _getObjectDescription).
struct OwnedKind {
  std::string_view kind;
  std::string_view alter;  ///< empty: the drop statement names kind and object
};

constexpr std::array kOwned = {
    OwnedKind{"TABLE", "TABLE"},
    OwnedKind{"VIEW", "TABLE"},
    OwnedKind{"SEQUENCE", "TABLE"},
    OwnedKind{"MATERIALIZED VIEW", "TABLE"},
    OwnedKind{"FOREIGN TABLE", "FOREIGN TABLE"},
    OwnedKind{"COLLATION", "COLLATION"},
    OwnedKind{"CONVERSION", "CONVERSION"},
    OwnedKind{"DOMAIN", "DOMAIN"},
    OwnedKind{"TYPE", "TYPE"},
    OwnedKind{"TEXT SEARCH DICTIONARY", "TEXT SEARCH DICTIONARY"},
    OwnedKind{"TEXT SEARCH CONFIGURATION", "TEXT SEARCH CONFIGURATION"},
    OwnedKind{"STATISTICS", "STATISTICS"},
    OwnedKind{"PROCEDURAL LANGUAGE", "PROCEDURAL LANGUAGE"},
    OwnedKind{"SCHEMA", "SCHEMA"},
    OwnedKind{"EVENT TRIGGER", "EVENT TRIGGER"},
    OwnedKind{"FOREIGN DATA WRAPPER", "FOREIGN DATA WRAPPER"},
    OwnedKind{"SERVER", "SERVER"},
    OwnedKind{"PUBLICATION", "PUBLICATION"},
    OwnedKind{"SUBSCRIPTION", "SUBSCRIPTION"},
    OwnedKind{"AGGREGATE", ""},
    OwnedKind{"FUNCTION", ""},
    OwnedKind{"OPERATOR", ""},
    OwnedKind{"OPERATOR CLASS", ""},
    OwnedKind{"OPERATOR FAMILY", ""},
    OwnedKind{"PROCEDURE", ""},
};

bool is_about(const Entry& entry, std::string_view kind) {
  return (entry.kind == "COMMENT" || entry.kind == "SECURITY LABEL") &&
         entry.name.starts_with(std::string(kind) + " ");
}

std::string object_name(const Entry& entry) {
  return entry.schema.empty() ? quote_name(entry.name) : quote_name(entry.schema, entry.name);
}

/// `"s"."f"(integer)` with its kind, out of `DROP FUNCTION "s"."f"(integer);`.
std::string out_of_drop(std::string drop) {
  constexpr std::string_view kDrop = "DROP ";
  if (!drop.starts_with(kDrop)) return "";
  drop.erase(0, kDrop.size());
  while (drop.ends_with('\n') || drop.ends_with(';')) drop.pop_back();
  return drop;
}

/// Kind and name for ALTER ... OWNER TO, empty for what has no owner of its own. pg_dump gives no
/// drop statement to what goes with something else, an identity column's sequence for one.
std::string owned_object(const Entry& entry) {
  const auto* found = std::ranges::find(kOwned, entry.kind, &OwnedKind::kind);
  if (found == kOwned.end() || entry.owner.empty() || entry.drop.empty()) return "";
  if (found->alter.empty()) return out_of_drop(entry.drop);
  return std::string(found->alter) + " " + object_name(entry);
}

/// Of an entry with storage: what is in force for this one transaction.
std::string storage(const Entry& entry, const TablespaceOnTarget& tablespace_on_target) {
  std::string sql;
  const std::string tablespace =
      entry.tablespace.empty() ? "" : tablespace_on_target(entry.tablespace);
  if (!tablespace.empty())
    sql += "SET LOCAL default_tablespace = " + quote_name(tablespace) + ";\n";
  if (!entry.access_method.empty()) {
    sql += "SET LOCAL default_table_access_method = " + quote_name(entry.access_method) + ";\n";
  }
  return sql;
}

}  // namespace

Stage Stages::stage_of(const Entry& entry) {
  const auto* found = std::ranges::find(kStages, entry.kind, &StageOfKind::kind);
  if (found != kStages.end()) return found->stage;
  if (is_about(entry, "DATABASE") || is_about(entry, "LARGE OBJECT")) return Stage::kElsewhere;
  if (entry.kind == "COMMENT" && entry.name == "SCHEMA \"public\"") return Stage::kElsewhere;
  for (const std::string_view kind : {"EVENT TRIGGER", "PUBLICATION", "SUBSCRIPTION"}) {
    if (is_about(entry, kind)) return Stage::kLast;
  }
  switch (entry.section) {
    case Section::kNone:
      break;
    case Section::kPreData:
      current_ = Stage::kSchema;
      break;
    case Section::kData:
      return Stage::kElsewhere;
    case Section::kPostData:
      current_ = Stage::kIndexes;
      break;
  }
  return current_;
}

Statement run_entry(const Entry& entry, const TablespaceOnTarget& tablespace_on_target) {
  std::string sql = storage(entry, tablespace_on_target) + entry.definition;
  // For a table without storage the default means nothing (pg_dump:
  // _printTableAccessMethodNoStorage).
  if (entry.partitioned && !entry.access_method.empty()) {
    sql += "\nALTER TABLE " + object_name(entry) + " SET ACCESS METHOD " +
           quote_name(entry.access_method) + ";\n";
  }
  if (const std::string owner = set_owner(entry); !owner.empty()) sql += "\n" + owner + ";\n";
  return {.what = "restore " + in_words(entry),
          .sql = std::move(sql),
          .secret = may_hold_secret(entry)};
}

bool may_hold_secret(const Entry& entry) {
  return entry.kind == "USER MAPPING" || entry.kind == "SUBSCRIPTION" || entry.kind == "SERVER";
}

std::string set_owner(const Entry& entry) {
  const std::string object = owned_object(entry);
  return object.empty() ? "" : "ALTER " + object + " OWNER TO " + quote_name(entry.owner);
}

std::string keep_old_defaults(const Entry& entry, int source_major, int target_version) {
  const int target_major = target_version / 10000;
  if (entry.kind != "SUBSCRIPTION") return "";
  const auto is_newer = [&](int major) { return source_major < major && target_major >= major; };
  const bool says_streaming =
      std::ranges::any_of(split_tokens(entry.definition),
                          [](const Token& token) { return is_keyword(token, "STREAMING"); });
  std::string settings;
  if (is_newer(kMajorApplyingAsTableOwners)) settings = "run_as_owner = true";
  if (is_newer(kMajorStreaming) && !says_streaming) {
    if (!settings.empty()) settings += ", ";
    settings += "streaming = off";
  }
  if (settings.empty()) return "";
  return "\nALTER SUBSCRIPTION " + object_name(entry) + " SET (" + settings + ");\n";
}

Statement create_extension(const Extension& extension, const std::string& version) {
  std::string sql = "CREATE EXTENSION IF NOT EXISTS " + quote_name(extension.name) +
                    " WITH SCHEMA " + quote_name(extension.schema);
  if (!version.empty()) sql += " VERSION " + quote_name(version);
  return {.what = "create extension " + quote_name(extension.name), .sql = std::move(sql)};
}

std::string in_words(const Entry& entry) {
  const std::string schema = entry.schema.empty() ? "" : quote_name(entry.schema);
  // The names of comments and labels say of what they are: `VIEW "pages"`.
  if (entry.kind == "COMMENT" || entry.kind == "SECURITY LABEL")
    return entry.kind + " ON " + entry.name + (schema.empty() ? "" : " of schema " + schema);
  // Those of functions have their arguments' types: `next("state")`.
  if (entry.name.ends_with(')')) return entry.kind + " " + schema + "." + entry.name;
  return entry.kind + " " + object_name(entry);
}

}  // namespace vya::pg
