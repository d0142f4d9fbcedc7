// One function per command: from what was asked for to a result and an exit status.
//
// A command only joins things: it reads the configuration, calls an operation and has its result
// written.
#pragma once

#include "cli/output.h"
#include "cli/parse.h"
#include "config/config.h"

namespace vya {

/// What every command gets.
struct Surroundings {
  const GlobalOptions& options;
  Output& output;

  /// Finds and reads the configuration. Throws Error(kUsage).
  Config config() const { return read_config(find_config(options.config)); }
};

/// Each does the command and returns the exit status. Throws Error when the one thing asked for
/// cannot be done.
int run(const TextCommand& command, const Surroundings& around);
int run(const InitCommand& command, const Surroundings& around);
int run(const BackupCommand& command, const Surroundings& around);
int run(const RestoreCommand& command, const Surroundings& around);
int run(const DoctorCommand& command, const Surroundings& around);
int run(const ListCommand& command, const Surroundings& around);
int run(const ShowCommand& command, const Surroundings& around);
int run(const CatCommand& command, const Surroundings& around);
int run(const VerifyCommand& command, const Surroundings& around);
int run(const DiffCommand& command, const Surroundings& around);
int run(const DrillCommand& command, const Surroundings& around);
int run(const StatusCommand& command, const Surroundings& around);
int run(const RunbookCommand& command, const Surroundings& around);
int run(const AccountsListCommand& command, const Surroundings& around);
int run(const AccountsExportCommand& command, const Surroundings& around);
int run(const ReportCommand& command, const Surroundings& around);
int run(const ConfigCheckCommand& command, const Surroundings& around);
int run(const ConfigShowCommand& command, const Surroundings& around);

/// The whole program but for signals: reads the arguments (without the program's name), opens the
/// log, runs the command, and writes an Error as such. Never throws.
int run_program(const std::vector<std::string>& arguments, std::ostream& results,
                std::ostream& messages) noexcept;

}  // namespace vya
