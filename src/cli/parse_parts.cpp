#include "cli/parse_parts.h"

namespace vya {

namespace {

constexpr int kMostJobs = 1024;

}  // namespace

CLI::App* add_command(CLI::App& app, const std::string& name, const std::string& usage,
                      const std::string& about) {
  CLI::App* command = app.add_subcommand(name, about);
  command->formatter(std::make_shared<Help>("vya " + usage));
  command->group("Commands");
  command->footer("'vya --help' lists the options that every command takes.");
  return command;
}

void add_jobs(CLI::App& app, std::optional<unsigned>& jobs, const std::string& help) {
  app.add_option_function<std::string>(
         "-j,--jobs",
         [&jobs](const std::string& text) { jobs = read_number("--jobs", text, kMostJobs); }, help)
      ->type_name("N");
}

void add_flag(CLI::App& app, const char* name, bool& flag, const std::string& help) {
  app.add_flag(name, flag, help)->disable_flag_override();
}

void add_dry_run(CLI::App& app, bool& dry_run) {
  add_flag(app, "--dry-run", dry_run, "Say what would be done and change nothing");
}

void add_map_role(CLI::App& app, RestoreOptions& to) {
  add_repeated(app, "--map-role", "A=B", "Let role B stand for role A; may be repeated",
               [&to](const std::string& text) {
                 auto [role, other] = read_pair("--map-role", "A=B", text);
                 if (!to.account_names.emplace(role, other).second)
                   refuse(fmt::format("--map-role '{}' is given twice", role), "Keep one.");
               });
}

}  // namespace vya
