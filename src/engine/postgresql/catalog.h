// What a database's entries do not say: extensions, collations' versions, sequences' values, odd
// orders of columns, grants, and the large objects' properties.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/postgresql/acl.h"
#include "engine/postgresql/extension_members.h"
#include "engine/postgresql/globals.h"
#include "stream/sink.h"

namespace vya::pg {

struct Extension {
  std::string name;
  std::string version;
  std::string schema;
  std::optional<std::string> comment = {};
  std::optional<std::string> owner = {};  ///< absent: the backup does not say
  bool operator==(const Extension&) const = default;
};

/// A collation's version as the catalog has it and as the operating system's library has it now;
/// where they differ, indexes built on it may be out of order.
struct CollationVersion {
  std::string schema;
  std::string name;
  std::string provider;
  std::string recorded;
  std::string actual;
  bool operator==(const CollationVersion&) const = default;
};

struct SequenceValue {
  std::string schema;
  std::string name;
  std::int64_t last_value = 0;
  bool is_called = false;
  bool operator==(const SequenceValue&) const = default;
};

/// A materialized view that held rows.
struct PopulatedView {
  std::string schema;
  std::string name;
  bool operator==(const PopulatedView&) const = default;
};

/// A child of inheritance whose columns stand in another order than CREATE TABLE ... INHERITS gives
/// them: a parent got a column later, or the table became a child later.
struct ColumnOrder {
  std::string schema;
  std::string name;
  std::vector<std::string> columns;  ///< all of them
  bool operator==(const ColumnOrder&) const = default;
};

/// A table, or a view that reads one, that is not in the backup because its role may not read it.
struct LeftOut {
  std::string schema;
  std::string name;
  std::optional<std::string> root_schema;  ///< of a partition: the table at the top
  std::optional<std::string> root_name;
  bool operator==(const LeftOut&) const = default;
};

/// Whether a member has an owner that is not its extension's, a comment or a label.
bool is_described(const ExtensionMember& member, const std::vector<Extension>& extensions);

struct Catalog {
  /// `public` is in every new database, and pg_dump does not say when it was dropped or made anew.
  bool has_public_schema = true;
  std::optional<std::string> public_comment;
  std::vector<Extension> extensions;  ///< also plpgsql, which is in every new database
  /// Of the extensions' members those that their owner does not own, that have a comment or labels.
  std::vector<ExtensionMember> members;
  std::vector<CollationVersion> collations;
  std::vector<SequenceValue> sequences;
  std::vector<PopulatedView> populated_views;  ///< each after those it reads
  std::vector<ColumnOrder> column_orders;
  std::vector<Acl> acls;
  std::vector<DefaultAcl> default_acls;
  std::vector<LeftOut> left_out;
  bool operator==(const Catalog&) const = default;
};

/// A large object without its content.
struct LargeObject {
  std::uint32_t oid = 0;
  std::string owner;
  std::optional<Acl> acl;
  std::optional<std::string> comment;
  std::vector<SecurityLabel> labels;
  bool operator==(const LargeObject&) const = default;
};

/// Reads the catalog as the connection's transaction sees it; sequences' values are of now, which
/// is never behind.
Catalog read_catalog(Connection& connection);

std::vector<ColumnOrder> read_column_orders(Connection& connection);

/// Reads the large objects' properties one by one, by oid.
void read_large_objects(Connection& connection,
                        const std::function<void(const LargeObject&)>& visit);

/// As JSON lines, and back. The readers throw Error(kCheckFailed), naming the line.
void write_json(const Catalog& catalog, Sink& to);
Catalog read_catalog_json(Source& from);
void write_json(const LargeObject& object, Sink& to);
void read_large_objects_json(Source& from, const std::function<void(const LargeObject&)>& visit);

}  // namespace vya::pg
