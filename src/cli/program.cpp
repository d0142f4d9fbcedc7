// From the arguments to the exit status.
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <new>

#include "base/log.h"
#include "cli/commands.h"

namespace vya {

namespace {

/// Whether errors are to be documents; asked before the arguments are understood, because they may
/// be the error.
Format format_of(const std::vector<std::string>& arguments) {
  const auto end = std::ranges::find(arguments, "--");
  return std::find(arguments.begin(), end, "--json") == end ? Format::kText : Format::kJson;
}

void open_log(const GlobalOptions& options) {
  if (!options.log && !options.verbose) return;
  log_to(options.log.value_or("-"), options.verbose ? LogLevel::kDebug : LogLevel::kInfo);
}

int run_arguments(const std::vector<std::string>& arguments, Output& output) {
  const CommandLine line = parse_command_line(arguments);
  open_log(line.options);
  const Surroundings around{line.options, output};
  return std::visit([&](const auto& command) { return run(command, around); }, line.command);
}

int fail(const Error& error, Output& output) {
  log_event(LogLevel::kWarning, "failed",
            {{"status", std::to_string(error.exit_status())}, {"message", error.message()}});
  output.error(error);
  return error.exit_status();
}

}  // namespace

int run_program(const std::vector<std::string>& arguments, std::ostream& results,
                std::ostream& messages) noexcept {
  Output output(results, messages, format_of(arguments));
  try {
    return run_arguments(arguments, output);
  } catch (const Error& error) {
    return fail(error, output);
  } catch (const std::bad_alloc&) {
    return fail(Error(Fault::kInternal, "there is not enough memory",
                      "Give it more memory or fewer --jobs."),
                output);
  } catch (const std::exception& error) {
    return fail(Error(Fault::kInternal,
                      fmt::format("something happened that was not foreseen: {}", error.what()),
                      "This is a mistake in vya; please report it."),
                output);
  }
}

int run(const TextCommand& command, const Surroundings& around) {
  around.output.result(command.text);
  return kStatusDone;
}

}  // namespace vya
