// `vya doctor`.
#include "operation/doctor.h"

#include "cli/commands.h"
#include "cli/open.h"
#include "cli/outcome.h"
#include "cli/results.h"
#include "operation/open.h"

namespace vya {

namespace {

int status_of(const DoctorReport& report) {
  if (has_fault(report.findings)) return static_cast<int>(Fault::kCheckFailed);
  return report.gaps.empty() ? kStatusDone : kStatusDoneWithGaps;
}

std::vector<std::string> names_of(const DoctorCommand& command, const Config& config) {
  std::vector<std::string> names = command.instances;
  for (const std::string& name : names) config.instance(name);
  return names.empty() ? config.backed_up() : names;
}

}  // namespace

int run(const DoctorCommand& command, const Surroundings& around) {
  const Config config = around.config();
  Output& output = around.output;
  const DoctorRequest request{.databases = command.databases,
                              .jobs = command.jobs.value_or(default_jobs())};
  const auto look = [&](const std::string& name) {
    const Instance& instance = config.instance(name);
    DoctorReport report = examine(config, *open_engine(instance), instance, request);
    if (output.format() == Format::kText) output.result(examination_to_text(report, instance));
    const int status = status_of(report);
    return std::pair(std::move(report), status);
  };
  const auto outcomes = do_each<DoctorReport>(names_of(command, config), output, look);
  if (output.format() == Format::kJson) output.result(examinations_to_json(outcomes));
  return status_of_all(outcomes);
}

}  // namespace vya
