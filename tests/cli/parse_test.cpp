#include "cli/parse.h"

#include <gtest/gtest.h>

#include <sstream>

#include "base/error.h"

namespace vya {
namespace {

/// The words of a command line, separated by single spaces.
CommandLine parsed(const std::string& line) {
  std::istringstream words(line);
  std::vector<std::string> arguments;
  for (std::string word; words >> word;) arguments.push_back(word);
  return parse_command_line(arguments);
}

template <typename Command>
Command command(const std::string& line) {
  return std::get<Command>(parsed(line).command);
}

/// `MESSAGE | HINT` of a command line that is refused.
std::string refusal(const std::string& line) {
  try {
    parsed(line);
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_status(), 3);
    return error.message() + " | " + error.hint();
  }
  return "(none)";
}

TEST(ParseCommandLine, ReadsInit) {
  EXPECT_FALSE(command<InitCommand>("init").dry_run);
  EXPECT_TRUE(command<InitCommand>("init --dry-run").dry_run);
}

TEST(ParseCommandLine, ReadsABackupOfSomeInstances) {
  const auto backup = command<BackupCommand>("backup shop crm");
  EXPECT_EQ(backup.instances, (std::vector<std::string>{"shop", "crm"}));
  EXPECT_TRUE(backup.databases.empty());
  EXPECT_EQ(backup.jobs, std::nullopt);
  EXPECT_EQ(backup.level, std::nullopt);
  EXPECT_TRUE(backup.labels.empty());
  EXPECT_FALSE(backup.dry_run);
}

TEST(ParseCommandLine, ReadsHowOldTheSnapshotMayBecome) {
  EXPECT_EQ(command<BackupCommand>("backup shop").max_snapshot_age, std::nullopt);
  EXPECT_EQ(command<BackupCommand>("backup shop --max-snapshot-age 90m").max_snapshot_age,
            std::chrono::minutes(90));
  EXPECT_EQ(
      refusal("backup shop --max-snapshot-age 90"),
      "--max-snapshot-age '90' is no duration from 1s to 24h | Write a number with s, m or h, "
      "as in '--max-snapshot-age 90m'.");
}

TEST(ParseCommandLine, ReadsADoctor) {
  const auto doctor = command<DoctorCommand>("doctor shop crm --database a* --jobs 8");
  EXPECT_EQ(doctor.instances, (std::vector<std::string>{"shop", "crm"}));
  EXPECT_EQ(doctor.databases, std::vector<std::string>{"a*"});
  EXPECT_EQ(doctor.jobs, 8U);
  EXPECT_TRUE(command<DoctorCommand>("doctor --all").instances.empty());
  EXPECT_EQ(refusal("doctor"),
            "INSTANCE or --all is missing | 'vya doctor --help' shows how it is used.");
}

TEST(ParseCommandLine, ReadsABackupOfAllInstances) {
  EXPECT_TRUE(command<BackupCommand>("backup --all").instances.empty());
}

TEST(ParseCommandLine, ReadsEveryOptionOfABackup) {
  const auto backup = command<BackupCommand>(
      "backup --database shop --database crm* --jobs 8 --label why=release --label ticket=a=b "
      "--level 19 --dry-run shop");
  EXPECT_EQ(backup.instances, std::vector<std::string>{"shop"});
  EXPECT_EQ(backup.databases, (std::vector<std::string>{"shop", "crm*"}));
  EXPECT_EQ(backup.jobs, 8U);
  EXPECT_EQ(backup.labels,
            (std::map<std::string, std::string>{{"why", "release"}, {"ticket", "a=b"}}));
  EXPECT_EQ(backup.level, 19);
  EXPECT_TRUE(backup.dry_run);
}

TEST(ParseCommandLine, TakesOneValueAfterARepeatedOptionAndNoInstances) {
  const auto backup = command<BackupCommand>("backup --database a shop --label k=v crm");
  EXPECT_EQ(backup.databases, std::vector<std::string>{"a"});
  EXPECT_EQ(backup.instances, (std::vector<std::string>{"shop", "crm"}));
}

TEST(ParseCommandLine, TakesAnInstanceThatIsCalledLikeACommand) {
  EXPECT_EQ(command<BackupCommand>("backup show list").instances,
            (std::vector<std::string>{"show", "list"}));
  EXPECT_EQ(command<ListCommand>("list list").instance, "list");
}

TEST(ParseCommandLine, ReadsARestore) {
  const auto restore = command<RestoreCommand>("restore shop@2026-01-30T18:05 --to spare");
  EXPECT_EQ(restore.backup, "shop@2026-01-30T18:05");
  EXPECT_EQ(restore.to, "spare");
  EXPECT_EQ(restore.jobs, std::nullopt);
  EXPECT_EQ(restore.request.recheck, Recheck::kNo);
  const RestoreOptions& options = restore.request.options;
  EXPECT_EQ(options.scope, RestoreScope::kAll);
  EXPECT_EQ(options.accounts, AccountsPolicy::kCreate);
  EXPECT_EQ(options.existing, Existing::kRefuse);
  EXPECT_EQ(options.open_sessions, OpenSessions::kRefuse);
  EXPECT_FALSE(restore.dry_run);
}

TEST(ParseCommandLine, ReadsEveryOptionOfARestore) {
  const auto restore = command<RestoreCommand>(
      "restore --to spare --jobs 2 --tablespace fast=/ssd --tablespace slow=/a=b --check --dry-run "
      "--database crm* --database a=b --accounts-of a --map-role x=y --accounts converge "
      "--existing "
      "replace --terminate-sessions --only all shop");
  EXPECT_EQ(restore.backup, "shop");
  EXPECT_EQ(restore.jobs, 2U);
  const RestoreOptions& options = restore.request.options;
  EXPECT_EQ(options.tablespace_folders,
            (std::vector<std::pair<std::string, std::string>>{{"fast", "/ssd"}, {"slow", "/a=b"}}));
  EXPECT_EQ(restore.request.selection.databases,
            (std::vector<DatabaseChoice>{{"crm*", ""}, {"a", "b"}}));
  EXPECT_EQ(options.accounts_of, std::set<std::string>{"a"});
  EXPECT_EQ(options.account_names, (std::map<std::string, std::string>{{"x", "y"}}));
  EXPECT_EQ(options.accounts, AccountsPolicy::kConverge);
  EXPECT_EQ(options.existing, Existing::kReplace);
  EXPECT_EQ(options.open_sessions, OpenSessions::kTerminate);
  EXPECT_EQ(restore.request.recheck, Recheck::kYes);
  EXPECT_TRUE(restore.dry_run);
}

TEST(ParseCommandLine, LeavesAccountsAloneWhereOnlyDefinitionsOrRowsAreWanted) {
  for (const char* part : {"schema", "data"}) {
    const auto restore =
        command<RestoreCommand>(std::string("restore shop --to spare --only ") + part);
    EXPECT_EQ(restore.request.options.accounts, AccountsPolicy::kSkip) << part;
  }
  EXPECT_EQ(
      command<RestoreCommand>("restore shop --to spare --only accounts").request.options.scope,
      RestoreScope::kAccounts);
}

TEST(ParseCommandLine, RefusesWordsOfARestoreThatExcludeEachOther) {
  for (const char* words :
       {"--only data --accounts create", "--accounts skip --accounts-of a",
        "--only accounts --existing replace", "--terminate-sessions", "--only schema --check",
        "--only dta", "--accounts all", "--existing drop", "--map-role a",
        "--map-role a=", "--map-role a=b --map-role a=c", "--database a="}) {
    SCOPED_TRACE(words);
    EXPECT_NE(refusal(std::string("restore shop --to spare ") + words), "(none)");
  }
}

TEST(ParseCommandLine, LeavesAccountsAloneWhereTablesAreRestored) {
  const auto restore = command<RestoreCommand>(
      "restore shop --to spare --table a.b.c --table a.b.d=e.f --database a=x --only schema");
  EXPECT_EQ(restore.request.selection.tables,
            (std::vector<RenamedTable>{{{"a", {"b", "c"}}, {"b", "c"}},
                                       {{"a", {"b", "d"}}, {"e", "f"}}}));
  EXPECT_EQ(restore.request.selection.databases, (std::vector<DatabaseChoice>{{"a", "x"}}));
  EXPECT_EQ(restore.request.options.accounts, AccountsPolicy::kSkip);
  EXPECT_EQ(restore.request.options.scope, RestoreScope::kSchema);
}

TEST(ParseCommandLine, RefusesWhatMakesNoSenseBesideATable) {
  for (const char* words :
       {"--only accounts", "--accounts create", "--accounts-of a", "--existing replace",
        "--tablespace a=/b", "--database a", "--terminate-sessions", "--table b"}) {
    SCOPED_TRACE(words);
    EXPECT_NE(refusal(std::string("restore shop --to spare --table a.b.c ") + words), "(none)");
  }
  EXPECT_EQ(refusal("restore shop --to spare --table a.b.c --accounts skip"), "(none)");
}

TEST(ParseCommandLine, ReadsTheCommandsThatLook) {
  EXPECT_EQ(command<ListCommand>("list").instance, std::nullopt);
  EXPECT_EQ(command<ListCommand>("list shop").instance, "shop");
  EXPECT_EQ(command<ShowCommand>("show shop/20261122T030000Z-7f3a").backup,
            "shop/20261122T030000Z-7f3a");
  EXPECT_EQ(command<VerifyCommand>("verify shop --jobs 3").backup, "shop");
  EXPECT_EQ(command<VerifyCommand>("verify shop --jobs 3").jobs, 3U);
  EXPECT_EQ(command<VerifyCommand>("verify --all").backup, std::nullopt);
  command<ConfigCheckCommand>("config check");
  command<ConfigShowCommand>("config show");
}

TEST(ParseCommandLine, TakesTheGlobalOptionsBeforeAndAfterTheCommand) {
  for (const char* line : {"--config c.yaml --json --log - --verbose list",
                           "list --config c.yaml --json --log - --verbose",
                           "config --json check --log - --config=c.yaml --verbose"}) {
    const GlobalOptions options = parsed(line).options;
    EXPECT_EQ(options.config, "c.yaml") << line;
    EXPECT_EQ(options.log, "-") << line;
    EXPECT_TRUE(options.json) << line;
    EXPECT_TRUE(options.verbose) << line;
  }
  const GlobalOptions none = parsed("list").options;
  EXPECT_EQ(none.config, std::nullopt);
  EXPECT_EQ(none.log, std::nullopt);
  EXPECT_FALSE(none.json);
  EXPECT_FALSE(none.verbose);
}

TEST(ParseCommandLine, PrintsTheVersion) {
  EXPECT_EQ(command<TextCommand>("--version").text, "vya 0.1.0\n");
}

TEST(ParseCommandLine, PrintsTheHelpOfTheCommandThatIsNamed) {
  const auto has = [](const char* line, const char* words) {
    const std::string text = command<TextCommand>(line).text;
    return text.find(words) != std::string::npos;
  };
  EXPECT_TRUE(has("--help", "Usage: vya COMMAND [OPTIONS]"));
  EXPECT_TRUE(has("-h", "  backup  "));
  EXPECT_TRUE(has("backup --help", "Usage: vya backup INSTANCE...|--all [OPTIONS]"));
  EXPECT_TRUE(has("restore --help", "  --tablespace A=DIR  "));
  EXPECT_TRUE(has("config --help", "Usage: vya config check|show"));
  EXPECT_TRUE(has("config check --help", "Usage: vya config check\n"));
}

TEST(ParseCommandLine, RefusesWhatItDoesNotKnowAndSaysWhatIsNear) {
  struct Case {
    const char* line;
    const char* refusal;
  };
  const Case cases[] = {
      {"", "no command is given | 'vya --help' shows how it is used."},
      {"bakup shop", "'vya' has no command 'bakup' | Did you mean 'backup'?"},
      {"explode", "'vya' has no command 'explode' | 'vya --help' shows how it is used."},
      {"config", "no command is given | 'vya config --help' shows how it is used."},
      {"config chekc", "'vya config' has no command 'chekc' | Did you mean 'check'?"},
      {"backup a --jbos 3", "'vya backup' has no option '--jbos' | Did you mean '--jobs'?"},
      {"list --jsno", "'vya list' has no option '--jsno' | Did you mean '--json'?"},
      {"list --frobnicate=1",
       "'vya list' has no option '--frobnicate' | 'vya list --help' shows how it is used."},
      {"show a b",
       "'vya show' does not take the argument 'b' | 'vya show --help' shows how it is used."},
      {"show", "BACKUP is missing | 'vya show --help' shows how it is used."},
      {"restore --to spare", "BACKUP is missing | 'vya restore --help' shows how it is used."},
      {"restore shop", "--to is missing | 'vya restore --help' shows how it is used."},
      {"backup", "INSTANCE or --all is missing | 'vya backup --help' shows how it is used."},
      {"backup shop --all",
       "INSTANCE and --all exclude each other | 'vya backup --help' shows how it is used."},
      {"backup a b a", "the instance 'a' is named twice | Name it once."},
      {"verify", "BACKUP or --all is missing | 'vya verify --help' shows how it is used."},
      {"verify a --all",
       "BACKUP and --all exclude each other | 'vya verify --help' shows how it is used."},
  };
  for (const Case& one : cases) EXPECT_EQ(refusal(one.line), one.refusal) << one.line;
}

TEST(ParseCommandLine, RefusesValuesThatDoNotFit) {
  struct Case {
    const char* line;
    const char* refusal;
  };
  const Case cases[] = {
      {"backup a --jobs 0",
       "--jobs '0' is no number from 1 to 1024 | Write a number, as in '--jobs 4'."},
      {"backup a --jobs 1025",
       "--jobs '1025' is no number from 1 to 1024 | Write a number, as in '--jobs 4'."},
      {"restore a --to b --jobs 2x",
       "--jobs '2x' is no number from 1 to 1024 | Write a number, as in '--jobs 4'."},
      {"verify a --jobs -1",
       "--jobs '-1' is no number from 1 to 1024 | Write a number, as in '--jobs 4'."},
      {"backup a --level 20",
       "--level '20' is no number from 1 to 19 | Write a number, as in '--level 4'."},
      {"backup a --label why",
       "--label 'why' is not of the form K=V | Write '--label K=V', without spaces around '='."},
      {"backup a --label =v",
       "--label '=v' is not of the form K=V | Write '--label K=V', without spaces around '='."},
      {"backup a --label k=v --label k=w", "--label 'k' is given twice | Keep one."},
      {"restore a --to b --tablespace fast=",
       "--tablespace 'fast=' is not of the form A=DIR | Write '--tablespace A=DIR', without spaces "
       "around '='."},
      {"backup a --jobs", "'--jobs' needs a value | 'vya backup --help' shows how it is used."},
      {"backup a --jobs 2 --jobs 3",
       "'--jobs' is given more than once | 'vya backup --help' shows how it is used."},
      {"list --json=no", "'--json' takes no value | 'vya list --help' shows how it is used."},
  };
  for (const Case& one : cases) EXPECT_EQ(refusal(one.line), one.refusal) << one.line;
}

}  // namespace
}  // namespace vya
