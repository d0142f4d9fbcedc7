#include "engine/postgresql/catalog_state.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>
#include <utility>

#include "engine/postgresql/connection.h"
#include "engine/postgresql/readable.h"

namespace vya::pg {

namespace {

/// A catalog whose rows definitions are made of.
struct Watched {
  const char* people;  ///< what a row is, for a message
  const char* catalog;
  const char* key;       ///< SQL over the row `r`: what identifies it
  const char* relation;  ///< SQL: the oid of the relation it belongs to, for leaving temporary
                         ///< tables out, or null
  int since = 0;         ///< the server version that has it
  const char* version = "r.xmin::text";  ///< SQL: changes when the definition does
};

/// pg_class by its columns and not by xmin: REFRESH, REINDEX and ALTER SEQUENCE RESTART change its
/// other columns.
constexpr const char* kClassVersion =
    "concat_ws('|', r.relname, r.relnamespace, r.reltype, r.reloftype, r.relowner, r.relam, "
    "r.reltablespace, r.relkind,"
    " r.relpersistence, r.relnatts, r.relchecks, r.relrowsecurity, r.relforcerowsecurity, "
    "r.relreplident,"
    " r.relispartition, r.relispopulated, r.reloptions, r.relpartbound, r.relacl)";

constexpr std::array kWatched = {
    Watched{"a table, view, index or sequence", "pg_class", "r.oid", "r.oid", 0, kClassVersion},
    Watched{"a column", "pg_attribute", "r.attrelid || '.' || r.attnum", "r.attrelid"},
    Watched{"a column's default", "pg_attrdef", "r.oid", "r.adrelid"},
    Watched{"a constraint", "pg_constraint", "r.oid", "r.conrelid"},
    Watched{"an index", "pg_index", "r.indexrelid", "r.indrelid"},
    Watched{"a trigger", "pg_trigger", "r.oid", "r.tgrelid"},
    Watched{"a view or rule", "pg_rewrite", "r.oid", "r.ev_class"},
    Watched{"a policy", "pg_policy", "r.oid", "r.polrelid"},
    Watched{"an inheritance", "pg_inherits", "r.inhrelid || '.' || r.inhparent", "r.inhrelid"},
    Watched{"a partitioned table", "pg_partitioned_table", "r.partrelid", "r.partrelid"},
    Watched{"a sequence", "pg_sequence", "r.seqrelid", "r.seqrelid"},
    Watched{"a type", "pg_type", "r.oid", "r.typrelid"},
    Watched{"an enum's value", "pg_enum", "r.oid", nullptr},
    Watched{"a range type", "pg_range", "r.rngtypid", nullptr},
    Watched{"a function", "pg_proc", "r.oid", nullptr},
    Watched{"an aggregate", "pg_aggregate", "r.aggfnoid::oid", nullptr},
    Watched{"a schema", "pg_namespace", "r.oid", nullptr},
    Watched{"an operator", "pg_operator", "r.oid", nullptr},
    Watched{"an operator class", "pg_opclass", "r.oid", nullptr},
    Watched{"an operator family", "pg_opfamily", "r.oid", nullptr},
    Watched{"an operator family's operator", "pg_amop", "r.oid", nullptr},
    Watched{"an operator family's function", "pg_amproc", "r.oid", nullptr},
    Watched{"a cast", "pg_cast", "r.oid", nullptr},
    Watched{"a collation", "pg_collation", "r.oid", nullptr},
    Watched{"a conversion", "pg_conversion", "r.oid", nullptr},
    Watched{"a language", "pg_language", "r.oid", nullptr},
    Watched{"a transform", "pg_transform", "r.oid", nullptr},
    Watched{"an extension", "pg_extension", "r.oid", nullptr},
    Watched{"an event trigger", "pg_event_trigger", "r.oid", nullptr},
    Watched{"an access method", "pg_am", "r.oid", nullptr},
    Watched{"statistics", "pg_statistic_ext", "r.oid", "r.stxrelid"},
    Watched{"a text search configuration", "pg_ts_config", "r.oid", nullptr},
    Watched{"a text search mapping", "pg_ts_config_map",
            "r.mapcfg || '.' || r.maptokentype || '.' || r.mapseqno", nullptr},
    Watched{"a text search dictionary", "pg_ts_dict", "r.oid", nullptr},
    Watched{"a text search parser", "pg_ts_parser", "r.oid", nullptr},
    Watched{"a text search template", "pg_ts_template", "r.oid", nullptr},
    Watched{"a foreign data wrapper", "pg_foreign_data_wrapper", "r.oid", nullptr},
    Watched{"a foreign server", "pg_foreign_server", "r.oid", nullptr},
    Watched{"a foreign table", "pg_foreign_table", "r.ftrelid", "r.ftrelid"},
    Watched{"a user mapping", "pg_user_mapping", "r.oid", nullptr},
    Watched{"a publication", "pg_publication", "r.oid", nullptr},
    Watched{"a publication's table", "pg_publication_rel", "r.oid", nullptr},
    Watched{"a publication's schema", "pg_publication_namespace", "r.oid", nullptr, 150000},
    Watched{"a subscription", "pg_subscription", "r.oid", nullptr},
    Watched{"default privileges", "pg_default_acl", "r.oid", nullptr},
};

/// What pg_describe_object knows a row by, where that is not the row itself: SQL.
struct Address {
  std::string_view catalog;
  const char* of;
};

constexpr std::array kElsewhere = {
    Address{"pg_attribute", "'pg_class'::regclass, r.attrelid, r.attnum"},
    Address{"pg_index", "'pg_class'::regclass, r.indexrelid, 0"},
    Address{"pg_inherits", "'pg_class'::regclass, r.inhrelid, 0"},
    Address{"pg_partitioned_table", "'pg_class'::regclass, r.partrelid, 0"},
    Address{"pg_sequence", "'pg_class'::regclass, r.seqrelid, 0"},
    Address{"pg_enum", "'pg_type'::regclass, r.enumtypid, 0"},
    Address{"pg_range", "'pg_type'::regclass, r.rngtypid, 0"},
    Address{"pg_aggregate", "'pg_proc'::regclass, r.aggfnoid, 0"},
    Address{"pg_ts_config_map", "'pg_ts_config'::regclass, r.mapcfg, 0"},
    Address{"pg_foreign_table", "'pg_class'::regclass, r.ftrelid, 0"},
};

std::string name_query(const Watched& watched) {
  const auto found = std::ranges::find(kElsewhere, watched.catalog, &Address::catalog);
  return std::string("SELECT pg_describe_object(") +
         (found == kElsewhere.end() ? "r.tableoid, r.oid, 0" : found->of) + ") FROM " +
         watched.catalog + " r WHERE (" + watched.key + ")::text = $1";
}

/// Rows of temporary relations come and go with their sessions and are nobody's definition.
std::string rows_query(const Watched& watched) {
  std::string query = std::string("SELECT ") + watched.key + ", " + watched.version + " FROM " +
                      watched.catalog + " r";
  if (watched.relation == nullptr) return query;
  query += std::string(" LEFT JOIN pg_class rel ON rel.oid = ") + watched.relation +
           " LEFT JOIN pg_namespace n ON n.oid = rel.relnamespace"
           " WHERE (rel.oid IS NULL OR rel.oid >= 16384 AND n.nspname !~ '^pg_(toast|temp)')";
  // The array type of a temporary table belongs to no relation.
  if (std::string_view(watched.catalog) == "pg_type") {
    query +=
        " AND r.typnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ "
        "'^pg_(toast|temp)')";
  }
  return query;
}

std::uint64_t hash_of(std::size_t catalog, const Result& row) {
  return std::hash<std::string>()(std::to_string(catalog) + ' ' + row.text(0, 0) + ' ' +
                                  row.text(0, 1));
}

template <typename Row>
void each_row(Connection& connection, Row row) {
  for (std::size_t i = 0; i < kWatched.size(); ++i) {
    if (connection.server_version() < kWatched[i].since) continue;
    // What the role may not read, pg_dump leaves out of the definitions too.
    if (!may_read(connection, kWatched[i].catalog)) continue;
    connection.each(rows_query(kWatched[i]),
                    [&](const Result& found) { row(hash_of(i, found), i); });
  }
}

/// Says which row it was: its name, when it is still there under another version.
std::string describe(std::size_t catalog, std::uint64_t hash, Connection& listed,
                     Connection& fresh) {
  const Watched& watched = kWatched[catalog];
  std::string key;
  listed.each(rows_query(watched), [&](const Result& found) {
    if (hash_of(catalog, found) == hash) key = found.text(0, 0);
  });
  const Result now = fresh.query(name_query(watched), {key});
  if (now.rows() == 0) return std::string(watched.people) + " was dropped";
  return (now.is_null(0, 0) ? watched.people : now.text(0, 0)) + " was changed";
}

}  // namespace

CatalogState::CatalogState(Connection& connection) {
  each_row(connection,
           [&](std::uint64_t hash, std::size_t catalog) { rows_.emplace(hash, catalog); });
}

std::optional<std::string> CatalogState::changed(Connection& listed, Connection& fresh) const {
  std::unordered_map<std::uint64_t, std::size_t> missing = rows_;
  each_row(fresh, [&](std::uint64_t hash, std::size_t) { missing.erase(hash); });
  if (missing.empty()) return std::nullopt;
  // Of a changed table its columns have changed too: the first in the table above says it best.
  const auto& [hash, catalog] =
      *std::ranges::min_element(missing, {}, &std::pair<const std::uint64_t, std::size_t>::second);
  return describe(catalog, hash, listed, fresh);
}

}  // namespace vya::pg
