#include "engine/postgresql/preflight.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/postgresql/globals_sql.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/restore_plan.h"

namespace vya::pg {

namespace {

using Refusals = std::vector<std::string>;

/// Rows on disk can be much smaller than their text (compression, bytea in hex), so only a multiple
/// is a refusal.
constexpr std::uint64_t kTextToDisk = 4;

constexpr double kGigabyte = 1e9;

constexpr int kMajorWithParameterGrants = 15;  // release notes

void look_at_version(const BackupModel& backup, const TargetFacts& target, Refusals& refusals) {
  if (target.server.major < backup.server.major) {
    refusals.push_back(fmt::format(
        "the target is PostgreSQL {}, older than {} {}, which the backup is from; restore to "
        "version {} "
        "or newer",
        target.server.version, backup.server.product, backup.server.version, backup.server.major));
  }
  if (target.server.standby)
    refusals.push_back("the target is a standby, which cannot be written to");
}

bool creates_roles(const BackupModel& backup, const TargetFacts& target,
                   const RestoreOptions& options) {
  const bool is_asked_to =
      options.accounts != AccountsPolicy::kSkip &&
      (options.scope == RestoreScope::kAll || options.scope == RestoreScope::kAccounts);
  return is_asked_to && std::ranges::any_of(backup.globals.roles, [&](const Role& role) {
           return target.role(role.name) == nullptr;
         });
}

/// What a restore cannot do without; all else that a role may not do is a gap.
void look_at_powers(const BackupModel& backup, const TargetFacts& target,
                    const RestoreOptions& options, Refusals& refusals) {
  const Powers& powers = target.powers;
  if (powers.superuser) return;
  const std::string name = quote_name(powers.role);
  const auto refuse = [&](const std::string& why, const std::string& cure) {
    refusals.push_back(fmt::format("role {} of the target {}", name, why + "; " + cure));
  };
  const bool keeps_rights_apart = target.version < kWithMembershipOptions && !powers.inherits;
  if (keeps_rights_apart && options.scope != RestoreScope::kAccounts) {
    refuse("is NOINHERIT, so it cannot fill what it gives to other owners",
           fmt::format("run ALTER ROLE {} INHERIT there", name));
  }
  if (!powers.create_role && creates_roles(backup, target, options)) {
    refuse(
        "may not create roles",
        fmt::format("run ALTER ROLE {} CREATEROLE as an administrator there, or create the roles "
                    "and restore with --accounts skip",
                    name));
  }
  if (!powers.silences_triggers && options.scope == RestoreScope::kData) {
    refuse(
        "may not load rows without firing triggers",
        target.server.major >= kMajorWithParameterGrants
            ? fmt::format("run GRANT SET ON PARAMETER session_replication_role TO {} there", name)
            : "restore as a superuser");
  }
}

void look_for_extensions(const BackupModel& backup, const TargetFacts& target, Refusals& refusals) {
  std::set<std::string> missing;
  for (const DatabaseModel& database : backup.databases) {
    for (const Extension& extension : database.catalog.extensions) {
      if (target.extensions.contains(extension.name) || !missing.insert(extension.name).second)
        continue;
      refusals.push_back(fmt::format(
          "extension \"{0}\" version \"{1}\" of database \"{2}\" is not available on the target; "
          "install "
          "the package that carries it (Debian: postgresql-{3} for the contrib modules, else "
          "postgresql-{3}-{0} or the like)",
          extension.name, extension.version, database.database.name, target.server.major));
    }
  }
}

bool is_icu(const DatabaseProperties& database) { return database.locale_provider == "icu"; }

void look_for_locales(const BackupModel& backup, const TargetFacts& target, Refusals& refusals) {
  for (const DatabaseProperties& database : backup.globals.databases) {
    if (database.number == 0) continue;
    if (!target.encodings.contains(database.encoding)) {
      refusals.push_back(
          fmt::format("database \"{}\" has the encoding {}, which the target does not know",
                      database.name, database.encoding));
    }
    if (is_icu(database) && !target.has_icu) {
      refusals.push_back(
          fmt::format("database \"{}\" has ICU locale \"{}\", and the target is built without ICU",
                      database.name, database.locale));
    }
    for (const std::string& locale : std::set{database.collate, database.ctype}) {
      if (!target.missing_locales.contains(locale)) continue;
      refusals.push_back(
          fmt::format("database \"{}\" has the locale \"{}\", which the target's operating system "
                      "does not have; "
                      "install it there (Debian: add it to /etc/locale.gen, run locale-gen, "
                      "restart PostgreSQL)",
                      database.name, locale));
    }
  }
}

void look_for_room(const BackupModel& backup, const TargetFacts& target,
                   const RestoreOptions& options, Refusals& refusals) {
  const std::int64_t needed = static_cast<std::int64_t>(options.jobs) + 1;
  if (target.free_connections < needed) {
    refusals.push_back(fmt::format(
        "the restore needs {} connections and the target has {} left; use fewer jobs or raise "
        "max_connections",
        needed, std::max<std::int64_t>(target.free_connections, 0)));
  }
  if (target.free_bytes && *target.free_bytes < backup.row_bytes / kTextToDisk) {
    refusals.push_back(
        fmt::format("the rows are {:.1f} GB of text and the target's disk has {:.1f} GB free",
                    static_cast<double>(backup.row_bytes) / kGigabyte,
                    static_cast<double>(*target.free_bytes) / kGigabyte));
  }
}

/// Names that the server keeps for itself, or would cut.
void look_at_names(const BackupModel& backup, const RestoreOptions& options, Refusals& refusals) {
  constexpr std::size_t kLongestName = 63;  // NAMEDATALEN - 1
  const auto look_at_length = [&](const char* what, const std::string& name) {
    if (name.size() > kLongestName)
      refusals.push_back(
          fmt::format("the name of {} {} is longer than {} bytes, where the server "
                      "cuts it; give it a shorter one",
                      what, quote_name(name), kLongestName));
  };
  for (const auto& [from, to] : options.account_names) {
    look_at_length("role", to);
    if (to == "public" || to == "none" || to.starts_with("pg_"))
      refusals.push_back(
          fmt::format("{} is a name that the server keeps for itself, so no role "
                      "can stand for {} under it",
                      quote_name(to), quote_name(from)));
  }
  if (!makes_databases(options)) return;
  for (const DatabaseModel& database : backup.databases) {
    look_at_length("database", database.database.name);
    if (database.database.name == "template0")
      refusals.push_back("\"template0\" is the server's own, and nothing is restored into it");
  }
}

void look_at_options(const BackupModel& backup, const RestoreOptions& options, Refusals& refusals) {
  for (const std::string& name : options.accounts_of) {
    if (std::ranges::none_of(backup.databases,
                             [&](const DatabaseModel& one) { return one.database.name == name; })) {
      refusals.push_back(fmt::format(
          "there is no database \"{}\" in what is to be restored, whose accounts could be", name));
    }
  }
  for (const auto& [name, folder] : options.tablespace_folders) {
    const auto& tablespaces = backup.globals.tablespaces;
    if (std::ranges::find(tablespaces, name, &Tablespace::name) == tablespaces.end()) {
      refusals.push_back(fmt::format("there is no tablespace \"{}\" in the backup to put into '{}'",
                                     name, folder));
    }
  }
}

}  // namespace

std::string location_of(const Tablespace& tablespace, const RestoreOptions& options) {
  for (const auto& [name, folder] : options.tablespace_folders) {
    if (name == tablespace.name) return folder;
  }
  return tablespace.location;
}

Questions questions_about(const BackupModel& backup, const RestoreOptions& options) {
  Questions questions;
  for (const Tablespace& tablespace : backup.globals.tablespaces) {
    // A location that is no absolute path is inside the source's data folder.
    const std::string location = location_of(tablespace, options);
    if (location.starts_with('/')) questions.folders.insert(location);
  }
  for (const DatabaseProperties& database : backup.globals.databases) {
    if (database.number != 0) questions.locales.insert({database.collate, database.ctype});
  }
  return questions;
}

std::vector<std::string> refusals(const BackupModel& backup, const TargetFacts& target,
                                  const RestoreOptions& options) {
  Refusals refusals;
  look_at_version(backup, target, refusals);
  if (target.server.standby) return refusals;
  look_at_powers(backup, target, options, refusals);
  if (makes_databases(options)) {
    look_for_extensions(backup, target, refusals);
    look_for_locales(backup, target, refusals);
  }
  if (options.scope != RestoreScope::kAccounts) look_for_room(backup, target, options, refusals);
  look_at_names(backup, options, refusals);
  look_at_options(backup, options, refusals);
  return refusals;
}

std::optional<std::string> disk_warning(const BackupModel& backup, const TargetFacts& target) {
  if (!target.free_bytes || *target.free_bytes >= backup.row_bytes) return std::nullopt;
  return fmt::format(
      "the rows are {:.1f} GB of text and the target's disk has {:.1f} GB free: it may become full",
      static_cast<double>(backup.row_bytes) / kGigabyte,
      static_cast<double>(*target.free_bytes) / kGigabyte);
}

std::optional<std::string> log_warning(const AccountsPlan& accounts, const TargetFacts& target) {
  const Powers& powers = target.powers;
  const bool is_logged = !powers.silences_log && powers.logged_statements != "none";
  const bool has_secrets = std::ranges::any_of(
      accounts.roles, [](const Change& change) { return change.statement.secret; });
  if (!is_logged || !has_secrets) return std::nullopt;
  return fmt::format(
      "the target writes statements into its log (log_statement = {}) and role {} may not change "
      "that: the verifiers of passwords will be in its log",
      powers.logged_statements, quote_name(powers.role));
}

}  // namespace vya::pg
