#include "engine/postgresql/restore_extensions.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

const Extension* extension_of(const Catalog& catalog, const std::string& name) {
  const auto found = std::ranges::find(catalog.extensions, name, &Extension::name);
  return found == catalog.extensions.end() ? nullptr : &*found;
}

/// Whether an owner is who was wanted. What the bootstrap superuser had, another one has whose name
/// may differ.
bool is_same(const RestorePlan& plan, const std::string& wanted, const std::string& found) {
  return wanted == found || (wanted == plan.source_bootstrap && found == plan.target_bootstrap);
}

std::string owner_on_target(Connection& connection, const std::string& extension) {
  const Result found = connection.query(
      "SELECT pg_catalog.pg_get_userbyid(extowner) FROM pg_catalog.pg_extension WHERE extname = $1",
      {extension});
  return found.rows() == 0 ? "" : found.text(0, 0);
}

/// The statement as another role, with the right to create in the database for as long as it takes.
Statement as_role(Connection& connection, const std::string& role, Statement statement) {
  const std::string name = quote_name(role);
  const std::string database = quote_name(connection.database());
  const bool may_create =
      connection
          .query(
              "SELECT coalesce((SELECT pg_catalog.has_database_privilege(oid, $1, 'CREATE') FROM "
              "pg_catalog.pg_roles WHERE rolname = $2), true)",
              {connection.database(), role})
          .flag(0, 0);
  statement.sql = fmt::format("SET LOCAL ROLE {};\n{};\nRESET ROLE;\n", name, statement.sql);
  if (!may_create) {
    statement.sql = fmt::format(
        "GRANT CREATE ON DATABASE {0} TO {1};\n{2}REVOKE CREATE ON DATABASE "
        "{0} FROM {1};\n",
        database, name, statement.sql);
  }
  return statement;
}

/// All statements are one transaction, which nobody sees before it is over.
Statement as_superuser(const std::string& role, Statement statement) {
  statement.sql = fmt::format(
      "ALTER ROLE {0} SUPERUSER;\nSET LOCAL ROLE {0};\n{1};\nRESET ROLE;\nALTER ROLE {0} "
      "NOSUPERUSER;\n",
      quote_name(role), statement.sql);
  return statement;
}

bool is_superuser(Connection& connection, const std::string& role) {
  return connection.query("SELECT FROM pg_catalog.pg_roles WHERE rolname = $1 AND rolsuper", {role})
             .rows() > 0;
}

/// Returns what the server said when the role could not make it.
std::optional<std::string> create_as(Restoration& restoration, Connection& connection,
                                     const std::string& owner, const Statement& statement) {
  auto refusal = run_unless(connection, as_role(connection, owner, statement), can_go_without);
  const bool may_raise = restoration.plan.powers.superuser && !is_superuser(connection, owner);
  if (!refusal || !may_raise) return refusal;
  const std::lock_guard lock(restoration.raising);
  return run_unless(connection, as_superuser(owner, statement), can_go_without);
}

Gap other_owner(const std::string& extension, const std::string& wanted, const std::string& found,
                const std::string& why) {
  return {.kind = "owner",
          .what = "EXTENSION " + quote_name(extension),
          .why = fmt::format("it belongs to {} and not to {}: {}", quote_name(found),
                             quote_name(wanted), why),
          .cure = fmt::format("DROP EXTENSION {0}; SET ROLE {1}; CREATE EXTENSION {0}",
                              quote_name(extension), quote_name(wanted))};
}

std::optional<std::string> members_owner(const Restoration& restoration, const Extension& extension,
                                         const ExtensionMember* wanted,
                                         const ExtensionMember& found) {
  if (!found.owner) return std::nullopt;
  std::optional<std::string> owner = wanted != nullptr ? wanted->owner : extension.owner;
  if (!owner || is_same(restoration.plan, *owner, *found.owner)) return std::nullopt;
  return owner;
}

/// Corrects what is not as it was; nothing waits for it, so what the server refuses is a gap.
class Corrections {
 public:
  Corrections(Restoration& restoration, Connection& connection)
      : restoration_(restoration), connection_(connection) {}

  void owner(const ExtensionMember& member, const std::string& owner) {
    run("owner", member, "set the owner of",
        "ALTER " + name_for_owner(member) + " OWNER TO " + quote_name(owner));
  }

  void description(const ExtensionMember* wanted, const ExtensionMember& found) {
    const std::size_t blank = found.object.find(' ');
    const std::string kind = found.object.substr(0, blank);
    const std::string object = found.object.substr(blank + 1);
    const std::optional<std::string> comment = wanted != nullptr ? wanted->comment : std::nullopt;
    if (comment != found.comment)
      run("comment", found, "comment on", set_comment(kind, object, comment).sql);
    if (wanted == nullptr) return;
    for (const SecurityLabel& label : wanted->labels) {
      if (std::ranges::find(found.labels, label) == found.labels.end())
        execute_label(restoration_, connection_, set_label(kind, object, label));
    }
  }

  /// A function that the extension's script makes otherwise.
  void definition(const ExtensionMember& wanted) {
    if (!wanted.definition) return;
    const auto found = definition_of_member(connection_, wanted.object);
    if (!found || found == wanted.definition) return;
    // As when definitions run: names that become texts are quoted where needed.
    run("definition", wanted, "replace",
        "SET LOCAL quote_all_identifiers = off;\n" + *wanted.definition);
  }

 private:
  void run(const std::string& gap, const ExtensionMember& member, const std::string& doing,
           std::string sql) {
    const Statement statement{.what = doing + " " + member.object, .sql = std::move(sql)};
    execute_or_gap(restoration_, connection_, in_database(connection_.database(), statement),
                   can_go_without, gap, member.object);
  }

  Restoration& restoration_;
  Connection& connection_;
};

/// Extensions of which a member that the backup does not mention is as the script made it, for the
/// owner.
std::set<std::string> comparable(const Restoration& restoration, Connection& connection,
                                 const DatabaseModel& database) {
  const RestorePlan& plan = restoration.plan;
  std::set<std::string> names;
  for (const Extension& extension : database.catalog.extensions) {
    const bool is_another_version =
        plan.default_versions.contains({database.database.number, extension.name});
    if (!extension.owner || is_another_version) continue;
    // That another owner's members are another's too is told with the extension.
    if (plan.powers.superuser ||
        is_same(plan, *extension.owner, owner_on_target(connection, extension.name)))
      names.insert(extension.name);
  }
  return names;
}

}  // namespace

bool create_extension(Restoration& restoration, Connection& connection,
                      const DatabaseModel& database, const Entry& entry,
                      const StatementOf& statement_of) {
  const Extension* extension = extension_of(database.catalog, entry.name);
  const std::string ours = restoration.plan.powers.role;
  const bool is_others = extension != nullptr && extension->owner && *extension->owner != ours;
  std::optional<std::string> refusal;
  if (is_others) {
    refusal = create_as(restoration, connection, *extension->owner, statement_of(entry));
  }
  if (!is_others || refusal) {
    if (!run_definition(restoration, connection, database, entry, statement_of)) return false;
  }
  if (extension == nullptr || !extension->owner) return true;
  const std::string found = owner_on_target(connection, entry.name);
  if (!is_same(restoration.plan, *extension->owner, found)) {
    restoration.outcome.add(other_owner(entry.name, *extension->owner, found,
                                        refusal.value_or("it was there already")));
  }
  return true;
}

void correct_members(Restoration& restoration, const DatabaseModel& database) {
  const Catalog& catalog = database.catalog;
  if (catalog.extensions.empty() && catalog.members.empty()) return;
  std::map<std::pair<std::string, std::string>, const ExtensionMember*> wanted;
  for (const ExtensionMember& member : catalog.members)
    wanted[{member.extension, member.object}] = &member;
  TargetSession session = restoration.sessions.borrow(database.database.name);
  Corrections corrections(restoration, *session);
  const std::set<std::string> unchanged = comparable(restoration, *session, database);
  for (const ExtensionMember& found : read_extension_members(*session)) {
    const Extension* extension = extension_of(catalog, found.extension);
    const auto one = wanted.find({found.extension, found.object});
    const ExtensionMember* changed = one == wanted.end() ? nullptr : one->second;
    if (one != wanted.end()) wanted.erase(one);
    if (extension == nullptr || (changed == nullptr && !unchanged.contains(found.extension)))
      continue;
    if (const auto owner = members_owner(restoration, *extension, changed, found))
      corrections.owner(found, *owner);
    corrections.description(changed, found);
  }
  for (const ExtensionMember& member : catalog.members) {
    if (!restoration.plan.default_versions.contains({database.database.number, member.extension}))
      corrections.definition(member);
  }
  // A column is told only where somebody described it.
  for (const auto& [key, member] : wanted) {
    if (member->object.starts_with("COLUMN "))
      corrections.description(member, {member->extension, member->object});
  }
}

}  // namespace vya::pg
