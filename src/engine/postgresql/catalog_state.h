// Tells whether definitions changed while they were being read.
//
// pg_dump asks functions of the server (pg_get_viewdef and the like) that look at the catalogs as
// they are now, not as of the snapshot, and our locks do not stop CREATE OR REPLACE FUNCTION. So
// the rows of the catalogs that definitions are made of are listed twice: as the snapshot has them,
// and fresh, after pg_dump. A row changed or gone in between means that what was read may be of two
// moments.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

namespace vya::pg {

class Connection;

class CatalogState {
 public:
  /// Lists the catalogs' rows as the connection's transaction sees them.
  explicit CatalogState(Connection& connection);

  /// Compares with what a fresh connection sees; new rows are harmless. Returns what has changed,
  /// for people (`function "shop"."total"(integer) was changed`), or nothing. `listed` is the
  /// connection that it was made from, in the same transaction.
  std::optional<std::string> changed(Connection& listed, Connection& fresh) const;

  /// Whether both have the same rows in the same versions, none more and none less.
  bool operator==(const CatalogState&) const = default;

 private:
  /// Hash of a catalog row's identity and version -> index into the table of catalogs.
  std::unordered_map<std::uint64_t, std::size_t> rows_;
};

}  // namespace vya::pg
