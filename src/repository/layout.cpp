#include "repository/layout.h"

#include <fmt/format.h>

#include "base/error.h"

namespace vya::layout {

namespace {

const char* name_of(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kGlobals:
      return "globals";
    case DocumentKind::kSettings:
      return "settings";
    case DocumentKind::kSchema:
      return "schema";
    case DocumentKind::kCatalog:
      return "catalog";
    case DocumentKind::kLargeObjects:
      return "large-objects";
  }
  throw Error(Fault::kInternal, "cannot name a document of an unknown kind");
}

}  // namespace

std::string evidence_file(const std::string& name) {
  return kEvidenceFolder + name + kEvidenceEnding;
}

std::string epoch_folder(const BackupId& id) { return id.instance + "/" + id.epoch; }

std::string full_folder(const BackupId& id) { return epoch_folder(id) + "/full"; }

std::string database_folder(int database) { return fmt::format("db/{}", database); }

std::string document(const Document& document) {
  const std::string name = fmt::format("{}.jsonl.zst", name_of(document.kind));
  return document.database == 0 ? name : fmt::format("db/{}/{}", document.database, name);
}

std::string segment_object(const Segment& segment, int piece) {
  const std::string start =
      fmt::format("db/{}/rows/{:06}/{:06}", segment.database, segment.table, segment.number);
  return piece == 0 ? start + ".zst" : fmt::format("{}-{}.zst", start, piece);
}

std::string bundle_object(int database, int number) {
  return fmt::format("db/{}/bundles/{:06}.zst", database, number);
}

}  // namespace vya::layout
