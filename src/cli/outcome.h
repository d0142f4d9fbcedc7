// Several things that were asked for at once: each is tried, whatever becomes of the others.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/interrupt.h"
#include "cli/output.h"
#include "cli/status.h"

namespace vya {

/// What came of one of the things: a report, or an error.
template <typename Report>
struct Outcome {
  std::string name;
  std::optional<Report> report;
  std::optional<Error> error;
  int status = kStatusDone;
};

/// Calls `work(name)`, which gives a report and its exit status as a pair, for each name. With one
/// name an Error passes through. With several it is written and becomes the outcome, and the next
/// one is tried; after an interruption none is.
template <typename Report, typename Work>
std::vector<Outcome<Report>> do_each(const std::vector<std::string>& names, Output& output,
                                     Work work) {
  std::vector<Outcome<Report>> outcomes;
  for (const std::string& name : names) {
    Outcome<Report>& outcome = outcomes.emplace_back();
    outcome.name = name;
    try {
      std::pair<Report, int> done = work(name);
      outcome.report = std::move(done.first);
      outcome.status = done.second;
    } catch (const Error& error) {
      if (names.size() == 1) throw;
      output.warning(Error(error.fault(), name + ": " + error.message(), error.hint()));
      outcome.error = error;
      outcome.status = error.exit_status();
      if (is_interruption(error.fault())) break;
    }
  }
  return outcomes;
}

/// The exit status of them all (combined_status); an interruption's own when there was one.
template <typename Report>
int status_of_all(const std::vector<Outcome<Report>>& outcomes) {
  std::vector<int> statuses;
  for (const Outcome<Report>& outcome : outcomes) {
    if (outcome.error && is_interruption(outcome.error->fault())) return outcome.status;
    statuses.push_back(outcome.status);
  }
  return combined_status(statuses);
}

}  // namespace vya
