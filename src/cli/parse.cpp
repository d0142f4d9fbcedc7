// CLI11 splits the words and prints the help; what a word means, and what is said when it means
// nothing, is decided here.
#include "cli/parse.h"

#include <algorithm>

#include "base/error.h"
#include "base/version.h"
#include "cli/parse_parts.h"
#include "config/config.h"

namespace vya {

namespace {

constexpr int kHighestLevel = 19;  // above it, zstd wants more memory than a backup should

std::string see_help(const std::string& command) {
  return fmt::format("'{} --help' shows how it is used.", command);
}

void add_globals(CLI::App& app, GlobalOptions& options) {
  app.add_option("--config", options.config,
                 "The configuration, instead of ./vya.yaml or /etc/vya/vya.yaml")
      ->type_name("FILE");
  add_flag(app, "--json", options.json, "Print the result as one JSON document");
  app.add_option("--log", options.log,
                 "Append the events of the work to FILE; '-' is standard error")
      ->type_name("FILE");
  add_flag(app, "--verbose", options.verbose, "Log details too; without --log, to standard error");
  app.set_version_flag("--version", fmt::format("vya {}", kVersion), "Print the version");
}

void add_init(CLI::App& app, Commands& commands) {
  CLI::App& init =
      *add_command(app, "init", "init [--dry-run]", "Make the configured folder a repository");
  add_dry_run(init, commands.init.dry_run);
}

void add_backup(CLI::App& app, Commands& commands) {
  BackupCommand& to = commands.backup;
  CLI::App& backup =
      *add_command(app, "backup", "backup INSTANCE...|--all [OPTIONS]", "Back up whole servers");
  backup.add_option("INSTANCE", to.instances, "The servers, by their names in the configuration");
  add_flag(backup, "--all", commands.backup_all, "All servers of the configuration");
  add_repeated(backup, "--database", "GLOB", "Only databases that match; may be repeated",
               [&to](const std::string& glob) { to.databases.push_back(glob); });
  add_jobs(backup, to.jobs, "Read with N connections at a time");
  add_repeated(backup, "--label", "K=V", "Note K=V in the backup; may be repeated",
               [&to](const std::string& text) {
                 auto [name, value] = read_pair("--label", "K=V", text);
                 if (!to.labels.emplace(name, value).second)
                   refuse(fmt::format("--label '{}' is given twice", name), "Keep one.");
               });
  backup
      .add_option_function<std::string>(
          "--level",
          [&to](const std::string& text) {
            to.level = read_number("--level", text, kHighestLevel);
          },
          "Compress less (1) or more (19); more takes longer")
      ->type_name("N");
  backup
      .add_option_function<std::string>(
          "--max-snapshot-age",
          [&to](const std::string& text) {
            to.max_snapshot_age = read_duration("--max-snapshot-age", text);
          },
          "Give up when the snapshot is older than this, as in 90m")
      ->type_name("DURATION");
  add_dry_run(backup, to.dry_run);
}

void add_restored_parts(CLI::App& restore, RestoreRequest& to, RestoreWords& words) {
  add_repeated(restore, "--database", "GLOB|A=B",
               "Only databases that match, or database A under the name B; may be repeated",
               [&to](const std::string& text) {
                 to.selection.databases.push_back(read_database_choice(text));
               });
  add_repeated(
      restore, "--table", "TABLE[=NEW]",
      "Only the table DATABASE.SCHEMA.TABLE (MySQL: DATABASE.TABLE), into a database that is "
      "there, under its name or a new one; may be repeated",
      [&to](const std::string& text) { to.selection.tables.push_back(parse_renamed_table(text)); });
  // In the order of RestoreScope.
  add_choice(restore, "--only", std::array{"all", "accounts", "schema", "data"},
             "Only accounts, only definitions, or only rows, into tables that are there",
             words.only);
  add_repeated(restore, "--accounts-of", "DATABASE",
               "Only the accounts that this database needs; may be repeated",
               [&to](const std::string& name) { to.options.accounts_of.insert(name); });
  add_map_role(restore, to.options);
}

void add_restore_policies(CLI::App& restore, RestoreRequest& to, RestoreWords& words) {
  // In the order of AccountsPolicy and of Existing.
  add_choice(restore, "--accounts", std::array{"create", "converge", "skip"},
             "Create missing accounts, make all equal, or leave accounts alone", words.accounts);
  add_choice(restore, "--existing", std::array{"refuse", "replace"},
             "Refuse a database that exists, or replace it and keep the old one", words.existing);
  add_flag(restore, "--terminate-sessions", words.terminate,
           "End the sessions in a database that is replaced");
  add_repeated(restore, "--tablespace", "A=DIR",
               "Put tablespace A into the server's folder DIR; may be repeated",
               [&to](const std::string& text) {
                 to.options.tablespace_folders.push_back(read_pair("--tablespace", "A=DIR", text));
               });
  add_flag(restore, "--check", words.check, "Read all rows back and compare them with the backup");
}

void add_restore(CLI::App& app, Commands& commands) {
  RestoreCommand& to = commands.restore;
  CLI::App& restore = *add_command(app, "restore", "restore BACKUP --to INSTANCE [OPTIONS]",
                                   "Restore a backup, or a part of it, to a server");
  restore.add_option("BACKUP", to.backup, kBackupHelp)->required();
  restore.add_option("--to", to.to, "The server to restore to, by its name in the configuration")
      ->type_name("INSTANCE")
      ->required();
  add_restored_parts(restore, to.request, commands.restore_words);
  add_restore_policies(restore, to.request, commands.restore_words);
  add_jobs(restore, to.jobs, "Load with N connections at a time");
  add_dry_run(restore, to.dry_run);
}

void add_doctor(CLI::App& app, Commands& commands) {
  DoctorCommand& to = commands.doctor;
  CLI::App& doctor = *add_command(app, "doctor", "doctor INSTANCE...|--all [OPTIONS]",
                                  "Say what stands in the way of a complete backup");
  doctor.add_option("INSTANCE", to.instances, "The servers, by their names in the configuration");
  add_flag(doctor, "--all", commands.doctor_all, "All servers of the configuration");
  add_repeated(doctor, "--database", "GLOB", "Only databases that match; may be repeated",
               [&to](const std::string& glob) { to.databases.push_back(glob); });
  add_jobs(doctor, to.jobs, "Look whether N connections at a time are possible");
}

void add_reading(CLI::App& app, Commands& commands) {
  CLI::App& list = *add_command(app, "list", "list [INSTANCE]", "List the backups");
  list.add_option("INSTANCE", commands.list.instance, "Only this server's");

  CLI::App& show = *add_command(app, "show", "show BACKUP", "Show what a backup holds");
  show.add_option("BACKUP", commands.show.backup, kBackupHelp)->required();

  CLI::App& cat = *add_command(app, "cat", "cat BACKUP DATABASE.SCHEMA.TABLE",
                               "Write a table's rows, as the backup has them");
  cat.add_option("BACKUP", commands.cat.backup, kBackupHelp)->required();
  cat.add_option("TABLE", commands.cat.table, "The table, as in shop.public.orders")->required();

  CLI::App& verify = *add_command(app, "verify", "verify BACKUP|--all [OPTIONS]",
                                  "Check that what is stored is whole");
  verify.add_option("BACKUP", commands.verify.backup, kBackupHelp);
  add_flag(verify, "--all", commands.verify_all, "All backups of the repository");
  add_jobs(verify, commands.verify.jobs, "Read N files at a time");
}

void add_config(CLI::App& app) {
  CLI::App* config = add_command(app, "config", "config check|show", "Look at the configuration");
  config->require_subcommand(1);
  add_command(*config, "check", "config check", "Say whether the configuration is right");
  add_command(*config, "show", "config show", "Show the configuration as it is understood");
}

/// The command that was named, as far as it was: `vya config check`.
std::string named(const CLI::App& app) {
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  return app.get_name() + (chosen.empty() ? "" : " " + named(*chosen.front()));
}

const CLI::App& innermost(const CLI::App& app) {
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  return chosen.empty() ? app : innermost(*chosen.front());
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* at = &app; at != nullptr; at = at->get_parent()) {
    for (const CLI::Option* option : at->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

/// A word that is left over.
[[noreturn]] void refuse_word(const CLI::App& app, const std::string& word) {
  const CLI::App& command = innermost(app);
  const std::vector<std::string> commands = command_names(command);
  const bool is_option = word.starts_with('-');
  const std::string option = word.substr(0, word.find('='));
  const std::optional<std::string> meant =
      is_option ? nearest(option, option_names(command)) : nearest(word, commands);
  const std::string hint = meant ? fmt::format("Did you mean '{}'?", *meant) : see_help(named(app));
  if (is_option) refuse(fmt::format("'{}' has no option '{}'", named(app), option), hint);
  if (!commands.empty()) refuse(fmt::format("'{}' has no command '{}'", named(app), word), hint);
  refuse(fmt::format("'{}' does not take the argument '{}'", named(app), word), hint);
}

/// What CLI11 says, in our words: it begins with the option's name, or ends with ` is required`.
std::string in_our_words(const CLI::ParseError& error) {
  const std::string message = error.what();
  if (message == "A subcommand is required") return "no command is given";
  const std::string option = message.substr(0, message.find_first_of(": "));
  if (error.get_name() == "RequiredError") return option + " is missing";
  if (error.get_name() != "ArgumentMismatch") return message.substr(0, message.find('\n'));
  if (message.ends_with("flag override")) return fmt::format("'--{}' takes no value", option);
  if (message.ends_with("missing")) return fmt::format("'{}' needs a value", option);
  return fmt::format("'{}' is given more than once", option);
}

void check_choices(const Commands& commands, const CLI::App& app) {
  const auto check = [](bool all, bool named_one, const char* what, const char* command) {
    if (all && named_one) {
      refuse(fmt::format("{} and --all exclude each other", what), see_help(command));
    }
    if (!all && !named_one) refuse(fmt::format("{} or --all is missing", what), see_help(command));
  };
  if (app.got_subcommand("backup")) {
    check(commands.backup_all, !commands.backup.instances.empty(), "INSTANCE", "vya backup");
    refuse_repeated(commands.backup.instances);
  }
  if (app.got_subcommand("doctor")) {
    check(commands.doctor_all, !commands.doctor.instances.empty(), "INSTANCE", "vya doctor");
    refuse_repeated(commands.doctor.instances);
  }
  if (app.got_subcommand("report")) refuse_repeated(commands.report.instances);
  if (app.got_subcommand("verify")) {
    check(commands.verify_all, commands.verify.backup.has_value(), "BACKUP", "vya verify");
  }
}

AnyCommand chosen(const Commands& commands, const CLI::App& app) {
  const std::string name = named(app);
  if (name == "vya init") return commands.init;
  if (name == "vya backup") return commands.backup;
  if (name == "vya restore") return commands.restore;
  if (name == "vya doctor") return commands.doctor;
  if (name == "vya list") return commands.list;
  if (name == "vya show") return commands.show;
  if (name == "vya cat") return commands.cat;
  if (name == "vya verify") return commands.verify;
  if (name == "vya diff") return commands.diff;
  if (name == "vya drill") return commands.drill;
  if (name == "vya status") return commands.status;
  if (name == "vya runbook") return commands.runbook;
  if (name == "vya report") return commands.report;
  if (name == "vya accounts list") return commands.accounts_list;
  if (name == "vya accounts export") return commands.accounts_export;
  if (name == "vya accounts restore") return commands.accounts_restore;
  if (name == "vya config check") return ConfigCheckCommand{};
  if (name == "vya config show") return ConfigShowCommand{};
  throw Error(Fault::kInternal, fmt::format("the command '{}' leads nowhere", name));
}

}  // namespace

CommandLine parse_command_line(const std::vector<std::string>& arguments) {
  CLI::App app("Back up whole database servers, and prove that the backups restore.", "vya");
  app.formatter(std::make_shared<Help>("vya COMMAND [OPTIONS]"));
  app.footer("'vya COMMAND --help' shows how a command is used.");
  app.require_subcommand(1);
  app.fallthrough();  // the options of every command may stand before and after its name
  CommandLine result;
  Commands commands;
  add_globals(app, result.options);
  add_init(app, commands);
  add_backup(app, commands);
  add_restore(app, commands);
  add_doctor(app, commands);
  add_reading(app, commands);
  add_proof(app, commands);
  add_config(app);
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(),
                                       arguments.rend()));  // CLI11 wants them reversed
  } catch (const CLI::CallForHelp&) {
    result.command = TextCommand{innermost(app).help()};
    return result;
  } catch (const CLI::CallForVersion& version) {
    result.command = TextCommand{std::string(version.what()) + "\n"};
    return result;
  } catch (const CLI::ParseError& error) {
    const std::vector<std::string> left_over = app.remaining(true);
    if (!left_over.empty()) refuse_word(app, left_over.front());
    refuse(in_our_words(error), see_help(named(app)));
  }
  check_choices(commands, app);
  take_words(commands.restore_words, commands.restore.request);
  take_words(commands.accounts_restore_words, commands.accounts_restore.request);
  result.command = chosen(commands, app);
  return result;
}

}  // namespace vya
