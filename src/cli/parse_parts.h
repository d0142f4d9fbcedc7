// What the options of several commands have in common. Only for the files that read the command
// line with CLI11, which takes long to compile.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/parse.h"
#include "cli/restore_words.h"

namespace vya {

/// CLI11 writes into these while it reads, so they live as long as the reading.
struct Commands {
  InitCommand init;
  BackupCommand backup;
  bool backup_all = false;
  RestoreCommand restore;
  RestoreWords restore_words;
  DoctorCommand doctor;
  bool doctor_all = false;
  ListCommand list;
  ShowCommand show;
  CatCommand cat;
  VerifyCommand verify;
  bool verify_all = false;
  DiffCommand diff;
  DrillCommand drill;
  StatusCommand status;
  RunbookCommand runbook;
  ReportCommand report;
  AccountsListCommand accounts_list;
  AccountsExportCommand accounts_export;
  RestoreCommand accounts_restore;
  RestoreWords accounts_restore_words;
};

/// The help of one command: its usage as we write it, and options without CLI11's notes on types.
class Help final : public CLI::Formatter {
 public:
  explicit Help(std::string usage) : usage_(std::move(usage)) {
    column_width(28);
    label("Positionals", "Arguments");
  }

  std::string make_usage(const CLI::App*, std::string) const override {
    return "Usage: " + usage_ + "\n";
  }

  std::string make_option_opts(const CLI::Option* option) const override {
    return option->get_type_size() == 0 || option->get_positional() ? ""
                                                                    : " " + option->get_type_name();
  }

 private:
  std::string usage_;
};

inline constexpr const char* kBackupHelp = "INSTANCE/EPOCH, INSTANCE (its newest) or INSTANCE@TIME";

/// An option with one value that may be given several times; `take` gets each value.
template <typename Take>
void add_repeated(CLI::App& app, const std::string& name, const char* form, const std::string& help,
                  Take take) {
  app.add_option_function<std::vector<std::string>>(
         name,
         [take](const std::vector<std::string>& values) {
           for (const std::string& value : values) take(value);
         },
         help)
      ->type_name(form)
      ->allow_extra_args(false);  // or it would also take the positional arguments that follow
}

/// An option that takes one of a few words; `Choice` lists what they mean in the same order.
template <typename Choice, std::size_t kNumber>
void add_choice(CLI::App& app, const char* name, const std::array<const char*, kNumber>& words,
                const std::string& help, std::optional<Choice>& to) {
  app.add_option_function<std::string>(
         name,
         [name, words, &to](const std::string& text) {
           to = static_cast<Choice>(read_choice(name, words, text));
         },
         help)
      ->type_name(fmt::format("{}", fmt::join(words, "|")));
}

CLI::App* add_command(CLI::App& app, const std::string& name, const std::string& usage,
                      const std::string& about);
void add_jobs(CLI::App& app, std::optional<unsigned>& jobs, const std::string& help);
void add_flag(CLI::App& app, const char* name, bool& flag, const std::string& help);
void add_dry_run(CLI::App& app, bool& dry_run);
/// `--map-role A=B`.
void add_map_role(CLI::App& app, RestoreOptions& to);

/// diff, drill, status, runbook, report, accounts.
void add_proof(CLI::App& app, Commands& commands);

}  // namespace vya
