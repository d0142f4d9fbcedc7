#include "engine/postgresql/restore_large_objects.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

void visit(const Restoration& restoration, const DatabaseModel& database,
           const std::function<void(const LargeObject&)>& visitor) {
  visit_large_objects(restoration.contents, restoration.backup.role_names, database.database.number,
                      visitor);
}

/// Each object takes a lock until the transaction ends.
constexpr std::size_t kAtOnce = 1000;

/// Collects what is done to many objects and does it in transactions of a bounded size.
class Batch {
 public:
  Batch(Restoration& restoration, Connection& connection, std::string doing)
      : restoration_(restoration), connection_(connection), doing_(std::move(doing)) {}

  void add(std::uint32_t oid, std::vector<Statement> statements) {
    if (objects_ == 0) first_ = oid;
    last_ = oid;
    std::ranges::move(statements, std::back_inserter(statements_));
    if (++objects_ == kAtOnce) flush();
  }

  void flush() {
    if (objects_ == 0) return;
    Statement all{.what = fmt::format("{} large objects {} to {} of database \"{}\"", doing_,
                                      first_, last_, connection_.database())};
    for (const Statement& one : statements_) all.sql += one.sql;
    // One that is refused takes the others with it, so they are run alone.
    if (run_unless(connection_, all, is_denied)) {
      for (const Statement& one : statements_)
        execute_if_allowed(restoration_, connection_, one, "large-object", one.what);
    }
    statements_.clear();
    objects_ = 0;
  }

 private:
  Restoration& restoration_;
  Connection& connection_;
  std::string doing_;
  std::vector<Statement> statements_;
  std::size_t objects_ = 0;
  std::uint32_t first_ = 0;
  std::uint32_t last_ = 0;
};

std::vector<Statement> finish(const LargeObject& object) {
  const std::string oid = std::to_string(object.oid);
  std::vector<Statement> list = {
      {.what = "set the owner of large object " + oid,
       .sql = "ALTER LARGE OBJECT " + oid + " OWNER TO " + quote_name(object.owner) + ";\n"}};
  if (object.comment) {
    list.push_back(set_comment("LARGE OBJECT", oid, object.comment));
    list.back().sql += ";\n";
  }
  if (object.acl) std::ranges::move(grant_statements(*object.acl), std::back_inserter(list));
  return list;
}

}  // namespace

void create_large_objects(Restoration& restoration, const DatabaseModel& database) {
  TargetSession session = restoration.sessions.borrow(database.database.name);
  Batch batch(restoration, *session, "create");
  visit(restoration, database, [&](const LargeObject& object) {
    batch.add(object.oid, {{.what = fmt::format("create large object {}", object.oid),
                            .sql = fmt::format("SELECT pg_catalog.lo_create({});\n", object.oid)}});
    restoration.outcome.add(Count::kLargeObjects);
  });
  batch.flush();
}

void finish_large_objects(Restoration& restoration, const DatabaseModel& database) {
  TargetSession session = restoration.sessions.borrow(database.database.name);
  Batch batch(restoration, *session, "set the owners of");
  visit(restoration, database, [&](const LargeObject& object) {
    batch.add(object.oid, finish(object));
    if (object.acl) restoration.outcome.add(Count::kGrants, object.acl->grants.size());
    for (const SecurityLabel& label : object.labels) {
      execute_label(restoration, *session,
                    set_label("LARGE OBJECT", std::to_string(object.oid), label));
    }
  });
  batch.flush();
}

}  // namespace vya::pg
