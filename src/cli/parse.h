// The command line as a value: which command, with which options.
//
// Only parse.cpp knows how words become this value; the commands only know what is asked of them.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "operation/restore_request.h"

namespace vya {

/// Options that every command takes.
struct GlobalOptions {
  std::optional<std::string> config;  ///< --config FILE
  std::optional<std::string> log;     ///< --log FILE; `-` is standard error
  bool json = false;
  bool verbose = false;
};

struct InitCommand {
  bool dry_run = false;
};

struct BackupCommand {
  std::vector<std::string> instances;  ///< none: all
  std::vector<std::string> databases;  ///< globs; none: what the configuration says
  std::optional<unsigned> jobs;
  std::map<std::string, std::string> labels;
  std::optional<int> level;  ///< zstd's, 1 to 19
  std::optional<std::chrono::seconds> max_snapshot_age;
  bool dry_run = false;
};

struct RestoreCommand {
  std::string backup;
  std::string to;
  std::optional<unsigned> jobs;
  RestoreRequest request;  ///< but for the jobs
  bool dry_run = false;
};

struct DoctorCommand {
  std::vector<std::string> instances;  ///< none: all
  std::vector<std::string> databases;  ///< globs; none: what the configuration says
  std::optional<unsigned> jobs;
};

struct ListCommand {
  std::optional<std::string> instance;  ///< nothing: all
};

struct ShowCommand {
  std::string backup;
};

struct CatCommand {
  std::string backup;
  std::string table;  ///< DATABASE.SCHEMA.TABLE
};

struct VerifyCommand {
  std::optional<std::string> backup;  ///< nothing: all
  std::optional<unsigned> jobs;
};

struct DiffCommand {
  std::string wanted;  ///< a backup, or live:INSTANCE
  std::string found;
  std::vector<std::string> databases;  ///< globs; none: all
  std::optional<unsigned> jobs;
};

struct DrillCommand {
  std::string backup;
  std::string server;                  ///< an empty instance; empty: as configured
  std::vector<std::string> databases;  ///< globs; none: as configured
  std::optional<unsigned> jobs;
  bool dry_run = false;
};

struct StatusCommand {
  std::vector<std::string> instances;  ///< none: all
};

struct AccountsListCommand {
  std::string from;                   ///< a backup, or live:INSTANCE
  std::vector<std::string> accounts;  ///< globs; none: all
};

struct AccountsExportCommand {
  std::string from;
  std::vector<std::string> accounts;
  bool verifiers = false;
};

struct RunbookCommand {
  std::string instance;
};

enum class ReportFormat { kText, kJson, kHtml };

struct ReportCommand {
  std::vector<std::string> instances;  ///< none: all
  std::optional<ReportFormat> format;  ///< nothing: --json, else as the file's name ends
  std::optional<std::string> output;   ///< a file; nothing: standard output
};

struct ConfigCheckCommand {};
struct ConfigShowCommand {};

/// `--help` and `--version`: nothing but a text for standard output.
struct TextCommand {
  std::string text;
};

using AnyCommand =
    std::variant<TextCommand, InitCommand, BackupCommand, RestoreCommand, DoctorCommand,
                 ListCommand, ShowCommand, CatCommand, VerifyCommand, DiffCommand, DrillCommand,
                 StatusCommand, AccountsListCommand, AccountsExportCommand, RunbookCommand,
                 ReportCommand, ConfigCheckCommand, ConfigShowCommand>;

struct CommandLine {
  GlobalOptions options;
  AnyCommand command;
};

/// Reads the arguments, without the program's name. Throws Error(kUsage), naming what is wrong and,
/// where there is one, the nearest word that would be right.
CommandLine parse_command_line(const std::vector<std::string>& arguments);

}  // namespace vya
