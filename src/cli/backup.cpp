// `vya backup`.
#include "operation/backup.h"

#include "cli/commands.h"
#include "cli/console_progress.h"
#include "cli/open.h"
#include "cli/outcome.h"
#include "cli/results.h"
#include "operation/open.h"

namespace vya {

namespace {

BackupRequest request_of(const BackupCommand& command) {
  BackupRequest request{.databases = command.databases,
                        .jobs = command.jobs.value_or(default_jobs()),
                        .labels = command.labels,
                        .max_snapshot_age = command.max_snapshot_age};
  if (command.level) request.level = *command.level;
  return request;
}

/// All are looked up before the first is backed up: a slip must not show after hours.
std::vector<std::string> names_of(const BackupCommand& command, const Config& config) {
  std::vector<std::string> names = command.instances;
  for (const std::string& name : names) config.instance(name);
  return names.empty() ? config.backed_up() : names;
}

void announce(const std::string& name, const std::vector<std::string>& names, Output& output) {
  if (names.size() > 1) output.messages() << name << '\n' << std::flush;
}

int status_with(const std::vector<Gap>& gaps, const Instance& instance) {
  return has_open_gap(gaps, instance) ? kStatusDoneWithGaps : kStatusDone;
}

int preview(const BackupCommand& command, const Config& config, Output& output) {
  const BackupRequest request = request_of(command);
  const std::vector<std::string> names = names_of(command, config);
  const auto look = [&](const std::string& name) {
    announce(name, names, output);
    const Instance& instance = config.instance(name);
    ConsoleProgress progress(output.messages(), surface_of_standard_error());
    BackupPreview preview = preview_backup(*open_engine(instance), instance, request, progress);
    if (output.format() == Format::kText) output.result(preview_to_text(preview, instance));
    const int status = status_with(preview.gaps, instance);
    return std::pair(std::move(preview), status);
  };
  const auto outcomes = do_each<BackupPreview>(names, output, look);
  if (output.format() == Format::kJson) output.result(previews_to_json(outcomes));
  return status_of_all(outcomes);
}

int back_up_all(const BackupCommand& command, const Config& config, Output& output) {
  const BackupRequest request = request_of(command);
  const std::vector<std::string> names = names_of(command, config);
  OpenRepository repository(config);
  const auto work = [&](const std::string& name) {
    announce(name, names, output);
    const Instance& instance = config.instance(name);
    ConsoleProgress progress(output.messages(), surface_of_standard_error());
    BackupReport report = back_up(*repository, *open_engine(instance), instance, request, progress);
    if (output.format() == Format::kText) output.result(report_to_text(report, instance));
    const int status = status_with(report.gaps, instance);
    return std::pair(std::move(report), status);
  };
  const auto outcomes = do_each<BackupReport>(names, output, work);
  if (output.format() == Format::kJson) output.result(reports_to_json(outcomes));
  return status_of_all(outcomes);
}

}  // namespace

int run(const BackupCommand& command, const Surroundings& around) {
  const Config config = around.config();
  return command.dry_run ? preview(command, config, around.output)
                         : back_up_all(command, config, around.output);
}

}  // namespace vya
