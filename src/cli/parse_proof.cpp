// The commands that compare, prove and tell: diff, drill, status, runbook, report,
// accounts.
#include "cli/parse_parts.h"

namespace vya {

namespace {

constexpr const char* kServerHelp =
    "INSTANCE/EPOCH, INSTANCE (its newest), INSTANCE@TIME or live:INSTANCE";

void add_diff(CLI::App& app, Commands& commands) {
  DiffCommand& to = commands.diff;
  CLI::App& diff = *add_command(app, "diff", "diff WANTED FOUND [OPTIONS]",
                                "Say in what two servers differ: backups, or servers as they are");
  diff.add_option("WANTED", to.wanted, kServerHelp)->required();
  diff.add_option("FOUND", to.found, "Likewise; what differs is said of this one")->required();
  add_repeated(diff, "--database", "GLOB", "Only databases that match; may be repeated",
               [&to](const std::string& glob) { to.databases.push_back(glob); });
  add_jobs(diff, to.jobs, "Read a server with N connections at a time");
}

void add_drill(CLI::App& app, Commands& commands) {
  DrillCommand& to = commands.drill;
  CLI::App& drill = *add_command(app, "drill", "drill INSTANCE|BACKUP [OPTIONS]",
                                 "Prove a backup: restore it onto an empty server and compare");
  drill.add_option("BACKUP", to.backup, kBackupHelp)->required();
  drill.add_option("--server", to.server, "Restore onto this empty instance; none is started")
      ->type_name("INSTANCE");
  add_repeated(drill, "--database", "GLOB", "Only databases that match; may be repeated",
               [&to](const std::string& glob) { to.databases.push_back(glob); });
  add_jobs(drill, to.jobs, "Restore with N connections at a time");
  add_dry_run(drill, to.dry_run);
}

void add_status(CLI::App& app, Commands& commands) {
  CLI::App& status = *add_command(app, "status", "status [INSTANCE...]",
                                  "Say which backups are new enough, and proven");
  status.add_option("INSTANCE", commands.status.instances,
                    "The instances; without any, all of the configuration");
}

void add_runbook(CLI::App& app, Commands& commands) {
  CLI::App& runbook = *add_command(app, "runbook", "runbook INSTANCE",
                                   "Write down how to recover an instance, from what there is");
  runbook.add_option("INSTANCE", commands.runbook.instance, "The instance")->required();
}

void add_report(CLI::App& app, Commands& commands) {
  ReportCommand& to = commands.report;
  CLI::App& report = *add_command(app, "report", "report [INSTANCE...] [OPTIONS]",
                                  "Report the history of backups and drills, as a page too");
  report.add_option("INSTANCE", to.instances, "Only these; without any, all of the repository");
  // In the order of ReportFormat.
  add_choice(report, "--format", std::array{"text", "json", "html"},
             "How it is written; without it, as FILE ends, else text", to.format);
  report.add_option("--output", to.output, "Write it to FILE, which is replaced as a whole")
      ->type_name("FILE");
}

void add_account_globs(CLI::App& app, std::vector<std::string>& to) {
  add_repeated(app, "--account", "GLOB", "Only accounts that match; may be repeated",
               [&to](const std::string& glob) { to.push_back(glob); });
}

void add_accounts_restore(CLI::App& accounts, Commands& commands) {
  RestoreCommand& to = commands.accounts_restore;
  commands.accounts_restore_words.only = RestoreScope::kAccounts;
  CLI::App& restore =
      *add_command(accounts, "restore", "accounts restore BACKUP --to INSTANCE [OPTIONS]",
                   "Restore accounts of a backup, and nothing else");
  restore.add_option("BACKUP", to.backup, kBackupHelp)->required();
  restore.add_option("--to", to.to, "The server to restore to, by its name in the configuration")
      ->type_name("INSTANCE")
      ->required();
  add_account_globs(restore, to.request.selection.accounts);
  // In the order of AccountsPolicy.
  add_choice(restore, "--accounts", std::array{"create", "converge"},
             "Create those that are missing, or make all equal",
             commands.accounts_restore_words.accounts);
  add_map_role(restore, to.request.options);
  add_dry_run(restore, to.dry_run);
}

void add_accounts(CLI::App& app, Commands& commands) {
  CLI::App& accounts =
      *add_command(app, "accounts", "accounts list|export|restore", "Look at accounts alone");
  accounts.require_subcommand(1);

  AccountsListCommand& list_to = commands.accounts_list;
  CLI::App& list = *add_command(accounts, "list", "accounts list BACKUP|live:INSTANCE [OPTIONS]",
                                "List accounts with what they are and may do");
  list.add_option("BACKUP", list_to.from, kServerHelp)->required();
  add_account_globs(list, list_to.accounts);

  AccountsExportCommand& to = commands.accounts_export;
  CLI::App& script =
      *add_command(accounts, "export", "accounts export BACKUP|live:INSTANCE [OPTIONS]",
                   "Write the SQL that makes accounts on an empty server");
  script.add_option("BACKUP", to.from, kServerHelp)->required();
  add_account_globs(script, to.accounts);
  add_flag(script, "--verifiers", to.verifiers,
           "With the hashes of passwords: keep the output as you keep passwords");
  add_accounts_restore(accounts, commands);
}

}  // namespace

void add_proof(CLI::App& app, Commands& commands) {
  add_diff(app, commands);
  add_drill(app, commands);
  add_status(app, commands);
  add_runbook(app, commands);
  add_report(app, commands);
  add_accounts(app, commands);
}

}  // namespace vya
