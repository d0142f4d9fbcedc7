#include "engine/postgresql/restore_large_objects.h"

#include <fmt/format.h>

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
  Batch(Connection& connection, std::string doing)
      : connection_(connection), doing_(std::move(doing)) {}

  void add(std::uint32_t oid, const std::string& sql) {
    if (objects_ == 0) first_ = oid;
    last_ = oid;
    sql_ += sql;
    if (++objects_ == kAtOnce) flush();
  }

  void flush() {
    if (objects_ == 0) return;
    execute(connection_, {.what = fmt::format("{} large objects {} to {} of database \"{}\"",
                                              doing_, first_, last_, connection_.database()),
                          .sql = sql_});
    sql_.clear();
    objects_ = 0;
  }

 private:
  Connection& connection_;
  std::string doing_;
  std::string sql_;
  std::size_t objects_ = 0;
  std::uint32_t first_ = 0;
  std::uint32_t last_ = 0;
};

std::string finish(const LargeObject& object) {
  const std::string oid = std::to_string(object.oid);
  std::string sql = "ALTER LARGE OBJECT " + oid + " OWNER TO " + quote_name(object.owner) + ";\n";
  if (object.comment) sql += set_comment("LARGE OBJECT", oid, object.comment).sql + ";\n";
  if (object.acl) {
    if (const auto grants = set_grants(*object.acl)) sql += grants->sql;
  }
  return sql;
}

}  // namespace

void create_large_objects(Restoration& restoration, const DatabaseModel& database) {
  TargetSession session = restoration.sessions.borrow(database.database.name);
  Batch batch(*session, "create");
  visit(restoration, database, [&](const LargeObject& object) {
    batch.add(object.oid, fmt::format("SELECT pg_catalog.lo_create({});\n", object.oid));
    restoration.outcome.add(Count::kLargeObjects);
  });
  batch.flush();
}

void finish_large_objects(Restoration& restoration, const DatabaseModel& database) {
  TargetSession session = restoration.sessions.borrow(database.database.name);
  Batch batch(*session, "set the owners of");
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
