#include "engine/postgresql/acl_json.h"
#include "engine/postgresql/catalog.h"
#include "engine/text_json.h"

namespace vya::pg {

static void describe(JsonFields& line, Extension& extension) {
  line.text("name", extension.name);
  line.text("version", extension.version);
  line.text("schema", extension.schema);
  line.text("comment", extension.comment);
  line.text("owner", extension.owner);
}

static void describe(JsonFields& line, ExtensionMember& member) {
  line.text("extension", member.extension);
  line.text("object", member.object);
  line.text("owner", member.owner);
  line.text("comment", member.comment);
  line.list("labels", member.labels);
  line.text("definition", member.definition);
}

static void describe(JsonFields& line, CollationVersion& collation) {
  line.text("schema", collation.schema);
  line.text("name", collation.name);
  line.text("provider", collation.provider);
  line.text("recorded", collation.recorded);
  line.text("actual", collation.actual);
}

static void describe(JsonFields& line, SequenceValue& sequence) {
  line.text("schema", sequence.schema);
  line.text("name", sequence.name);
  line.number("last_value", sequence.last_value);
  line.flag("is_called", sequence.is_called);
}

static void describe(JsonFields& line, PopulatedView& view) {
  line.text("schema", view.schema);
  line.text("name", view.name);
}

static void describe(JsonFields& line, ColumnOrder& order) {
  line.text("schema", order.schema);
  line.text("name", order.name);
  line.texts("columns", order.columns);
}

static void describe(JsonFields& line, LeftOut& relation) {
  line.text("schema", relation.schema);
  line.text("name", relation.name);
  line.text("root_schema", relation.root_schema);
  line.text("root_name", relation.root_name);
}

namespace {

/// What the catalog says of the database itself.
struct DatabaseLine {
  bool has_public_schema = true;
  std::optional<std::string> public_comment;
};

void describe(JsonFields& line, DatabaseLine& database) {
  line.flag("has_public_schema", database.has_public_schema);
  line.text("public_comment", database.public_comment);
}

}  // namespace

static void describe(JsonFields& line, LargeObject& object) {
  line.number("oid", object.oid);
  line.text("owner", object.owner);
  line.object("acl", object.acl);
  line.text("comment", object.comment);
  line.list("labels", object.labels);
}

namespace {

constexpr std::string_view kDatabase = "database";
constexpr std::string_view kExtension = "extension";
constexpr std::string_view kMember = "extension-member";
constexpr std::string_view kCollation = "collation";
constexpr std::string_view kSequence = "sequence";
constexpr std::string_view kPopulatedView = "populated-view";
constexpr std::string_view kColumnOrder = "column-order";
constexpr std::string_view kAcl = "acl";
constexpr std::string_view kDefaultAcl = "default-acl";
constexpr std::string_view kLeftOut = "left-out";
constexpr std::string_view kLargeObject = "large-object";

}  // namespace

void write_json(const Catalog& catalog, Sink& to) {
  write_line(kDatabase, DatabaseLine{catalog.has_public_schema, catalog.public_comment}, to);
  write_lines(kExtension, catalog.extensions, to);
  write_lines(kMember, catalog.members, to);
  write_lines(kCollation, catalog.collations, to);
  write_lines(kSequence, catalog.sequences, to);
  write_lines(kPopulatedView, catalog.populated_views, to);
  write_lines(kColumnOrder, catalog.column_orders, to);
  write_lines(kAcl, catalog.acls, to);
  write_lines(kDefaultAcl, catalog.default_acls, to);
  write_lines(kLeftOut, catalog.left_out, to);
}

Catalog read_catalog_json(Source& from) {
  Catalog catalog;
  JsonLines lines(from, "catalog");
  while (std::optional<JsonFields> line = lines.next()) {
    const std::string kind = line->kind();
    if (kind == kDatabase) {
      DatabaseLine database = read_line<DatabaseLine>(*line);
      catalog.has_public_schema = database.has_public_schema;
      catalog.public_comment = std::move(database.public_comment);
    }
    if (kind == kExtension) catalog.extensions.push_back(read_line<Extension>(*line));
    if (kind == kMember) catalog.members.push_back(read_line<ExtensionMember>(*line));
    if (kind == kCollation) catalog.collations.push_back(read_line<CollationVersion>(*line));
    if (kind == kSequence) catalog.sequences.push_back(read_line<SequenceValue>(*line));
    if (kind == kPopulatedView) catalog.populated_views.push_back(read_line<PopulatedView>(*line));
    if (kind == kColumnOrder) catalog.column_orders.push_back(read_line<ColumnOrder>(*line));
    if (kind == kAcl) catalog.acls.push_back(read_line<Acl>(*line));
    if (kind == kLeftOut) catalog.left_out.push_back(read_line<LeftOut>(*line));
    if (kind == kDefaultAcl) catalog.default_acls.push_back(read_line<DefaultAcl>(*line));
  }
  return catalog;
}

void write_json(const LargeObject& object, Sink& to) { write_line(kLargeObject, object, to); }

void read_large_objects_json(Source& from, const std::function<void(const LargeObject&)>& visit) {
  JsonLines lines(from, "large objects");
  while (std::optional<JsonFields> line = lines.next()) {
    if (line->kind() == kLargeObject) visit(read_line<LargeObject>(*line));
  }
}

}  // namespace vya::pg
