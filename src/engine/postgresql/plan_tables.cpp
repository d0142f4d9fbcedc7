#include "engine/postgresql/plan_tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

std::string quoted(const TableName& name) { return quote_name(name.schema, name.name); }

Gap missing_grantee(const Acl& acl, const Grant& grant, const std::string& role) {
  Acl one = acl;
  one.grants = {grant};
  const std::string object =
      acl.column.empty() ? acl.object : acl.object + "." + quote_name(acl.column);
  return {.kind = "grant",
          .what = fmt::format("{} ON {} TO {}", grant.privilege, object,
                              grant.grantee.empty() ? "PUBLIC" : quote_name(grant.grantee)),
          .why = fmt::format("the target has no role {}", quote_name(role)),
          .cure = statements(one).back().sql};
}

std::string with_partitions(const ChosenTable& table) {
  if (table.partitions == 0) return "";
  return fmt::format(" with {} partition{}", table.partitions, table.partitions == 1 ? "" : "s");
}

std::string step_for(const ChosenTable& table, const std::string& database) {
  std::string text = (table.kind == "TABLE" ? "create table " : "create foreign table ") +
                     quoted(table.choice.name_on_target);
  if (table.choice.name != table.choice.name_on_target)
    text += ", in the backup " + quoted(table.choice.name) + ",";
  text += with_partitions(table) + " in database " + quote_name(database);
  if (table.above) {
    text += fmt::format("; it was a partition of {} and becomes an ordinary table",
                        quoted(*table.above));
  }
  return text;
}

}  // namespace

void leave_out_grants(BackupModel& backup, const HasRole& has_role, std::vector<Gap>& gaps) {
  for (DatabaseModel& database : backup.databases) {
    for (Acl& acl : database.catalog.acls) {
      std::erase_if(acl.grants, [&](const Grant& grant) {
        for (const std::string& role : {grant.grantee, grant.grantor}) {
          if (role.empty() || has_role(role, database)) continue;
          // The owner's own grants: that the owner is missing is a refusal.
          if (grant.grantee == acl.owner) return false;
          gaps.push_back(missing_grantee(acl, grant, role));
          return true;
        }
        return false;
      });
    }
    database.roles = database.owners;
  }
}

std::vector<PlannedTablespace> keep_tablespaces(const BackupModel& backup,
                                                const TargetFacts& target, std::vector<Gap>& gaps) {
  std::set<std::string> used;
  for (const DatabaseModel& database : backup.databases)
    used.insert(database.tablespaces.begin(), database.tablespaces.end());
  std::vector<PlannedTablespace> planned;
  for (const Tablespace& tablespace : backup.globals.tablespaces) {
    const bool is_there = target.tablespace(tablespace.name) != nullptr;
    planned.push_back({tablespace, tablespace.location,
                       is_there ? TablespaceAction::kKeep : TablespaceAction::kMissing});
    if (is_there || !used.contains(tablespace.name)) continue;
    gaps.push_back({.kind = "missing-tablespace",
                    .what = tablespace.name,
                    .why = "the target has no tablespace of this name, so what was in it goes to "
                           "the database's own",
                    .cure = "CREATE TABLESPACE, then ALTER TABLE ... SET TABLESPACE " +
                            quote_name(tablespace.name)});
  }
  return planned;
}

Gap missing_reference(const Entry& key, const std::vector<EntryHead>& tables) {
  std::vector<std::string> names;
  for (const EntryHead& table : tables) names.push_back(quote_name(table.schema, table.name));
  return {.kind = "definition",
          .what = in_words(key),
          .why = fmt::format("the target's database has no table {}, which it refers to",
                             fmt::join(names, ", ")),
          .cure = key.definition};
}

void name_tables(const std::vector<TablesOfDatabase>& chosen, RestoreScope scope,
                 std::vector<PlanStep>& steps) {
  std::vector<PlanStep> tables;
  std::erase_if(steps, [](const PlanStep& step) {
    return step.phase == phase::kDatabases || step.phase == phase::kStatistics;
  });
  for (const TablesOfDatabase& database : chosen) {
    for (const ChosenTable& table : database.tables) {
      if (makes_definitions(scope))
        tables.push_back({phase::kSchema, step_for(table, database.database.name)});
      if (!loads_rows(scope) || table.kind != "TABLE") continue;
      steps.push_back(
          {phase::kStatistics, fmt::format("analyze {} of {}", quoted(table.choice.name_on_target),
                                           quote_name(database.database.name))});
    }
  }
  steps.insert(steps.begin(), tables.begin(), tables.end());
}

std::string revoke_defaults(const Entry& entry,
                            const std::optional<std::set<std::string>>& grantees) {
  const bool is_sequence = entry.kind == "SEQUENCE";
  if (!grantees || entry.owner.empty() || (!is_sequence && !entry.kind.ends_with("TABLE")))
    return "";
  const std::string on = std::string(is_sequence ? " ON SEQUENCE " : " ON TABLE ") +
                         quote_name(entry.schema, entry.name);
  std::string from = "PUBLIC";
  for (const std::string& role : *grantees) {
    if (!role.empty()) from += ", " + quote_name(role);
  }
  return "\nREVOKE ALL" + on + " FROM " + from + ";\nGRANT ALL" + on + " TO " +
         quote_name(entry.owner) + ";\n";
}

}  // namespace vya::pg
