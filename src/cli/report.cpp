// `vya report`.
#include "operation/report.h"

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/open.h"
#include "cli/replace_file.h"
#include "report/render.h"

namespace vya {

namespace {

ReportFormat format_of(const ReportCommand& command, Format global) {
  const ReportFormat asked = command.format.value_or(ReportFormat::kJson);
  if (global == Format::kJson) {
    if (asked == ReportFormat::kJson) return asked;
    throw Error(Fault::kUsage, "--json and --format exclude each other",
                "'--json' is the same as '--format json'.");
  }
  if (command.format) return asked;
  const std::string& file = command.output.value_or("");
  if (file.ends_with(".html")) return ReportFormat::kHtml;
  return file.ends_with(".json") ? ReportFormat::kJson : ReportFormat::kText;
}

std::string rendered(const FleetReport& report, ReportFormat format) {
  if (format == ReportFormat::kHtml) return fleet_to_html(report);
  return format == ReportFormat::kJson ? fleet_to_json(report) : fleet_to_text(report);
}

}  // namespace

int run(const ReportCommand& command, const Surroundings& around) {
  const ReportFormat format = format_of(command, around.output.format());
  const Config config = around.config();
  OpenRepository repository(config);
  const FleetReport report = report_on(config, *repository, command.instances, now());
  const std::string text = rendered(report, format);
  if (command.output) {
    replace_file(*command.output, text);
  } else if (format == ReportFormat::kText) {
    around.output.result(text);
  } else {
    around.output.raw(text);
  }
  return kStatusDone;
}

}  // namespace vya
