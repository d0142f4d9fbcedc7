#include "engine/postgresql/plan_databases.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

constexpr std::size_t kLongestName = 63;  // NAMEDATALEN - 1

/// `shop_before_20261122t030000z_7f3a`, the name cut so that the whole is no longer than a name may
/// be; never inside a character.
std::string derived_name(const std::string& name, const std::string& word,
                         const std::string& stamp) {
  const std::string end = "_" + word + "_" + stamp;
  std::size_t length = std::min(name.size(), kLongestName - end.size());
  const auto is_inside = [&](std::size_t at) {
    return at < name.size() && (static_cast<unsigned char>(name[at]) & 0xC0U) == 0x80U;
  };
  while (length > 0 && is_inside(length)) --length;
  return name.substr(0, length) + end;
}

bool is_same_kind(const DatabaseProperties& wanted, const DatabaseProperties& found,
                  const std::string& tablespace) {
  return wanted.encoding == found.encoding && wanted.locale_provider == found.locale_provider &&
         wanted.collate == found.collate && wanted.ctype == found.ctype &&
         wanted.locale == found.locale && wanted.icu_rules == found.icu_rules &&
         (tablespace.empty() ? "pg_default" : tablespace) == found.tablespace;
}

bool holds_nothing(const BackupModel& backup, int number) {
  const auto found = std::ranges::find_if(
      backup.databases, [&](const DatabaseModel& one) { return one.database.number == number; });
  if (found == backup.databases.end()) return true;
  return found->tables == 0 && found->large_objects == 0 && found->catalog.acls.empty() &&
         found->catalog.default_acls.empty() && found->catalog.has_public_schema &&
         std::ranges::all_of(found->entries, [](const auto& stage) {
           return stage.first == Stage::kElsewhere || stage.second == 0;
         });
}

/// The plan for one database after the other.
class Planner {
 public:
  Planner(const BackupModel& backup, const TargetFacts& target, const RestoreOptions& options,
          const std::string& stamp, const TablespaceOnTarget& tablespace_on_target)
      : backup_(backup),
        target_(target),
        options_(options),
        stamp_(stamp),
        tablespace_on_target_(tablespace_on_target) {}

  void plan(const DatabaseProperties& wanted) {
    const FoundDatabase* found = target_.database(wanted.name);
    PlannedDatabase planned{.properties = wanted};
    if (found != nullptr) planned.found = found->properties;
    planned.action = action_for(wanted, found);
    if (planned.action == DatabaseAction::kReplace) {
      planned.replaces = wanted.name;
      planned.kept_as = derived_name(wanted.name, "before", stamp_);
      planned.properties.name = derived_name(wanted.name, "new", stamp_);
    }
    plan_.databases.push_back(std::move(planned));
  }

  DatabasesPlan take() { return std::move(plan_); }

 private:
  DatabaseAction action_for(const DatabaseProperties& wanted, const FoundDatabase* found) {
    const bool has_content = wanted.number != 0;
    if (!makes_databases(options_)) return enter(wanted, found);
    if (found == nullptr) return has_content ? DatabaseAction::kCreate : DatabaseAction::kLeaveOut;
    if (!is_initdbs(wanted.name))
      return has_content ? replace(wanted, *found) : DatabaseAction::kLeaveOut;
    return action_for_initdbs(wanted, *found);
  }

  /// `postgres` and `template1` are on every server.
  DatabaseAction action_for_initdbs(const DatabaseProperties& wanted, const FoundDatabase& found) {
    const bool is_ours = !target_.in_use() && target_.powers.superuser;
    if (!is_ours && holds_nothing(backup_, wanted.number)) return DatabaseAction::kLeaveOut;
    if (!found.objects.empty()) return replace(wanted, found);
    const std::string tablespace = tablespace_on_target_(wanted.tablespace);
    if (wanted.number == 0 || is_same_kind(wanted, found.properties, tablespace))
      return DatabaseAction::kFill;
    return is_ours ? DatabaseAction::kRecreate : replace(wanted, found);
  }

  DatabaseAction replace(const DatabaseProperties& wanted, const FoundDatabase& found) {
    const std::string name = quote_name(wanted.name);
    if (options_.existing == Existing::kRefuse) {
      const std::string holds =
          found.objects.empty() ? "" : fmt::format(" and holds {}", fmt::join(found.objects, ", "));
      refuse(
          fmt::format("database {0} exists on the target{1}; replace it with --existing replace, "
                      "which keeps the old one, or restore under another name with --database "
                      "{2}=NAME",
                      name, holds, wanted.name));
    } else if (found.sessions > 0 && options_.open_sessions == OpenSessions::kRefuse) {
      refuse(fmt::format(
          "database {} is to be replaced and {} in it; end them, or let the restore "
          "do it with --terminate-sessions",
          name,
          found.sessions == 1 ? "1 session is" : std::to_string(found.sessions) + " sessions are"));
    }
    if (options_.open_sessions == OpenSessions::kTerminate) look_for_lasting_sessions(name, found);
    return DatabaseAction::kReplace;
  }

  /// Better told now than when all is restored.
  void look_for_lasting_sessions(const std::string& name, const FoundDatabase& found) {
    const Powers& powers = target_.powers;
    if (powers.superuser) return;
    for (const std::string& role : found.session_roles) {
      const Role* one = target_.role(role);
      const bool is_superusers = one != nullptr && one->superuser;
      const bool may_end = powers.may_own_for(role) || powers.becomes.contains("pg_signal_backend");
      if (may_end && !is_superusers) continue;
      refuse(fmt::format(
          "role {0} of the target may not end the sessions of {1} in database {2}; {3}",
          quote_name(powers.role), quote_name(role), name,
          is_superusers ? std::string("only a superuser may, so end them as one, or restore as one")
                        : fmt::format("end them, or run GRANT pg_signal_backend TO {} as an "
                                      "administrator there",
                                      quote_name(powers.role))));
    }
  }

  DatabaseAction enter(const DatabaseProperties& wanted, const FoundDatabase* found) {
    if (wanted.number == 0) return DatabaseAction::kLeaveOut;
    if (found == nullptr) {
      const std::string name = quote_name(wanted.name);
      refuse(options_.tables.empty()
                 ? fmt::format("the target has no database {} to load rows into", name)
                 : fmt::format("the target has no database {} to restore tables into; create it, "
                               "or name another one with --database A=B",
                               name));
    }
    return DatabaseAction::kEnter;
  }

  void refuse(std::string sentence) { plan_.refusals.push_back(std::move(sentence)); }

  const BackupModel& backup_;
  const TargetFacts& target_;
  const RestoreOptions& options_;
  const std::string& stamp_;
  const TablespaceOnTarget& tablespace_on_target_;
  DatabasesPlan plan_;
};

}  // namespace

DatabasesPlan plan_databases(const BackupModel& backup, const TargetFacts& target,
                             const RestoreOptions& options, const std::string& stamp,
                             const TablespaceOnTarget& tablespace_on_target) {
  Planner planner(backup, target, options, stamp, tablespace_on_target);
  if (options.scope != RestoreScope::kAccounts) {
    for (const DatabaseProperties& database : backup.globals.databases) planner.plan(database);
  }
  return planner.take();
}

void rename_database(BackupModel& backup, const std::string& from, const std::string& to) {
  for (DatabaseModel& one : backup.databases) {
    if (one.database.name == from) one.database.name = to;
  }
  for (DatabaseProperties& one : backup.globals.databases) {
    if (one.name != from) continue;
    one.name = to;
    if (one.acl) one.acl->object = quote_name(to);
  }
  for (RoleSetting& setting : backup.globals.settings) {
    if (setting.database == from) setting.database = to;
  }
}

}  // namespace vya::pg
