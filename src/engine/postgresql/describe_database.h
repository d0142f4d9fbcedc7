// The part of a catalog model that is in one database.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/catalog_model.h"
#include "engine/postgresql/catalog.h"
#include "engine/postgresql/entry.h"

namespace vya::pg {

/// To be shown the entries first, then the catalog and the large objects.
class DatabaseDescription {
 public:
  /// The model must outlive it. `major` is the server's.
  DatabaseDescription(std::string database, int major, CatalogModel& model);

  void describe(const Entry& entry);
  void describe(const Catalog& catalog);
  void describe(const LargeObject& large);

 private:
  void describe_public(const Catalog& catalog);
  void describe_grants(const std::vector<Acl>& acls);
  void describe(const DefaultAcl& acl);
  std::string in_database() const;
  bool describes_property(const Entry& entry);
  CatalogObject& object(const std::string& kind, const std::string& schema,
                        const std::string& name);

  /// Something that can have grants.
  struct Grantable {
    std::string words;
    std::string kind;
    std::string owner;
    bool has_own_list = false;
  };

  std::string database_;
  int major_;
  CatalogModel& model_;
  std::map<std::string, std::string> relations_;  ///< `public.orders` and its words
  std::map<std::string, Grantable> grantable_;
};

}  // namespace vya::pg
