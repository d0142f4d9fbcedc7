// The documents of a held group's databases.
#include <algorithm>

#include "engine/postgresql/catalog.h"
#include "engine/postgresql/held_group.h"
#include "engine/postgresql/schema_dump.h"

namespace vya::pg {

namespace {

/// What a catalog says of relations whose definitions are not in the backup.
void leave_out(const std::vector<Undumpable>& left_out, Catalog& catalog) {
  std::erase_if(catalog.acls, [&](const Acl& acl) {
    return std::ranges::find(left_out, acl.object, &Undumpable::identifier) != left_out.end();
  });
  std::erase_if(catalog.populated_views, [&](const PopulatedView& view) {
    return is_left_out(left_out, {view.schema, view.name});
  });
  for (const Undumpable& one : left_out) {
    LeftOut relation{.schema = one.name.schema, .name = one.name.name};
    if (one.root) {
      relation.root_schema = one.root->schema;
      relation.root_name = one.root->name;
    }
    catalog.left_out.push_back(std::move(relation));
  }
}

}  // namespace

void HeldGroup::dump(const Document& document, Sink& sink) {
  Leader& leader = leader_of(document.database);
  switch (document.kind) {
    case DocumentKind::kCatalog:
      return dump_catalog(leader, sink);
    case DocumentKind::kSchema:
      return dump_schema_entries(leader, sink);
    case DocumentKind::kLargeObjects:
      return leader.with_session([&](Connection& session) {
        read_large_objects(session, [&](const LargeObject& object) { write_json(object, sink); });
      });
    case DocumentKind::kGlobals:
    case DocumentKind::kSettings:
      break;
  }
  throw Error(Fault::kInternal, "a document of the server was asked of a group of databases");
}

void HeldGroup::dump_catalog(Leader& leader, Sink& sink) {
  leader.note_definitions();
  leader.with_session([&](Connection& session) {
    Catalog catalog = read_catalog(session);
    leave_out(undumpable_.at(leader.database().number), catalog);
    write_json(catalog, sink);
  });
}

void HeldGroup::dump_schema_entries(Leader& leader, Sink& sink) {
  const auto early = early_definitions_.find(leader.database().number);
  if (early != early_definitions_.end() && leader.has_definitions_of(early->second.state())) {
    early->second.write(sink);
  } else {
    try {
      write_definitions(schema_dump_of(leader), sink);
    } catch (const StartOver&) {
      around_.experience.definitions_first = true;
      throw;
    }
  }
  leader.compare_definitions();
}

SchemaDump HeldGroup::schema_dump_of(const Leader& leader) const {
  return {.server = around_.server,
          .program = around_.pg_dump,
          .database = leader.database().name,
          .encoding = leader.database().encoding,
          .snapshot_id = leader.position().snapshot_id,
          .application_name = around_.application_name,
          .check = [this] { check(); },
          .left_out = undumpable_.at(leader.database().number),
          .languages = languages_.at(leader.database().number)};
}

}  // namespace vya::pg
