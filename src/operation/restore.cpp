#include "operation/restore.h"

#include <fmt/format.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "base/parallel.h"
#include "operation/contents.h"
#include "operation/extent_reader.h"
#include "operation/load_work.h"
#include "operation/recheck.h"
#include "operation/table_count.h"
#include "operation/verify.h"

namespace vya {

namespace {

/// Runs phases, tells of them, and keeps how long each took.
class PhaseRunner {
 public:
  PhaseRunner(Progress& progress, RestoreReport& report) : progress_(progress), report_(report) {}

  void run(const Phase& phase) {
    const Time begun = now();
    progress_.begin(phase.name);
    progress_.end(phase.run());
    report_.phases.emplace_back(phase.name, now() - begun);
  }

  void run(const std::vector<Phase>& phases) {
    for (const Phase& phase : phases) run(phase);
  }

 private:
  Progress& progress_;
  RestoreReport& report_;
};

std::string look_at_backup(const RepositoryContents& contents, unsigned jobs, Progress& progress) {
  const std::vector<Finding> findings = look_at_files(contents, jobs, progress);
  if (!findings.empty()) {
    throw Error(
        Fault::kCheckFailed,
        fmt::format("cannot restore backup '{}': {} {}{}", contents.backup().manifest().id.text(),
                    findings.front().where, findings.front().what,
                    findings.size() > 1 ? fmt::format(" (and {} more)", findings.size() - 1) : ""),
        "Nothing was changed on the server. Restore another backup; 'vya verify' lists all "
        "findings.");
  }
  return fmt::format("{} files whole",
                     contents.backup().manifest().files.size() + contents.objects().size());
}

void refuse_if_planned(const Plan& plan) {
  if (plan.refusals.empty()) return;
  throw Error(Fault::kRefused, fmt::format("cannot restore: {}", fmt::join(plan.refusals, "; ")),
              "Nothing was changed on the server. 'vya restore --dry-run' shows the whole plan.");
}

void count(const StoredSegment& stored, const RepositoryContents& contents, TableCount& tables,
           Progress& progress) {
  progress.advance({.bytes = stored.fingerprint.bytes, .tables = tables.finish(stored.segment)},
                   {.bytes = contents.row_bytes(), .tables = tables.tables()});
}

/// `counted`: how many of the run's segments the progress knows already.
void load_once(const LoadRun& run, const RepositoryContents& contents, ExtentReader& reader,
               Target& target, TableCount& tables, Progress& progress, std::size_t& counted) {
  const auto sink = target.load(*run.table, run.loading);
  for (std::size_t i = 0; i < run.segments.size(); ++i) {
    const StoredSegment* stored = run.segments[i];
    FingerprintSink fingerprinted(*sink);
    for (const Extent& extent : stored->extents) reader.copy(extent, fingerprinted);
    if (fingerprinted.fingerprint() != stored->fingerprint) {
      throw Error(Fault::kCheckFailed,
                  fmt::format("cannot load table '{}.{}' of database '{}': the rows of segment {} "
                              "are not those of the "
                              "backup",
                              run.table->name.schema, run.table->name.name,
                              contents.database_name(run.table->database), stored->segment.number));
    }
    if (i < counted) continue;
    ++counted;
    count(*stored, contents, tables, progress);
  }
  sink->finish();
}

void load_run(const LoadRun& run, const RepositoryContents& contents, ExtentReader& reader,
              Target& target, TableCount& tables, Progress& progress) {
  std::size_t counted = 0;
  for (;;) {
    try {
      return load_once(run, contents, reader, target, tables, progress, counted);
    } catch (const LoadAgain& again) {
      log_event(LogLevel::kInfo, "rows loaded again", {{"why", again.what()}});
    } catch (const LoadLater& later) {
      log_event(LogLevel::kInfo, "rows loaded later", {{"why", later.what()}});
      for (; counted < run.segments.size(); ++counted)
        count(*run.segments[counted], contents, tables, progress);
      return;
    }
  }
}

std::string load_rows(const RepositoryContents& contents, Target& target,
                      const RestoreRequest& request, Progress& progress, RestoreReport& report) {
  std::vector<LoadItem> items = load_items(contents, request.options.jobs);
  for (LoadItem& item : items) {
    std::erase_if(item.runs, [&](const LoadRun& run) { return target.is_missing(*run.table); });
  }
  TableCount tables;
  for (const LoadItem& item : items) {
    for (const LoadRun& run : item.runs) {
      for (const StoredSegment* segment : run.segments) tables.expect(segment->segment);
    }
  }
  in_parallel(items.size(), request.options.jobs, [&](std::size_t i) {
    ExtentReader reader(contents.backup());
    for (const LoadRun& run : items[i].runs)
      load_run(run, contents, reader, target, tables, progress);
  });
  for (const LoadItem& item : items) {
    for (const LoadRun& run : item.runs) {
      for (const StoredSegment* segment : run.segments) {
        report.rows += segment->fingerprint.rows;
        report.row_bytes += segment->fingerprint.bytes;
      }
    }
  }
  return fmt::format("{} rows, {} of text, each segment as in the backup", report.rows,
                     human_bytes(report.row_bytes));
}

std::string recheck(const RepositoryContents& contents, Target& target, unsigned jobs,
                    Progress& progress, RestoreReport& report) {
  RecheckResult result = recheck_rows(contents, target, jobs, progress);
  report.findings = std::move(result.findings);
  report.tables_checked = result.tables;
  return fmt::format("{} tables read again, {}", result.tables,
                     result.differ == 0 ? std::string("all as in the backup")
                                        : fmt::format("{} differ", result.differ));
}

void run_phases(const RepositoryContents& contents, Target& target, const RestoreRequest& request,
                Progress& progress, RestoreReport& report) {
  PhaseRunner runner(progress, report);
  const std::vector<Phase> before = target.before_rows();
  const std::vector<Phase> after = target.after_rows();
  const std::vector<Phase> last = target.after_check();
  const bool loads = loads_rows(request.options.scope);
  const bool checks = loads && (request.recheck == Recheck::kYes || !last.empty());
  progress.phases(static_cast<int>(2 + before.size() + (loads ? 1 : 0) + after.size() +
                                   (checks ? 1 : 0) + last.size()));

  runner.run({"backup", [&] { return look_at_backup(contents, request.options.jobs, progress); }});
  runner.run({"preflight", [&] {
                refuse_if_planned(target.plan());
                return fmt::format("{} steps planned", target.plan().steps.size());
              }});
  runner.run(before);
  if (loads) {
    runner.run({"rows", [&] { return load_rows(contents, target, request, progress, report); }});
  }
  runner.run(after);
  if (checks) {
    runner.run({"check",
                [&] { return recheck(contents, target, request.options.jobs, progress, report); }});
  }
  if (has_fault(report.findings)) {
    if (!last.empty())
      progress.notice("what was restored keeps its new name, because it is not as in the backup");
  } else {
    runner.run(last);
  }
}

RestoreOptions options_of(const RestoreRequest& request, const RepositoryContents& contents) {
  RestoreOptions options = request.options;
  options.tables = contents.table_choices();
  return options;
}

}  // namespace

Plan plan_restore(const Backup& backup, Engine& engine, const RestoreRequest& request,
                  Progress& progress) {
  const RepositoryContents contents(backup, request.selection);
  return engine.prepare(contents, options_of(request, contents), progress)->plan();
}

RestoreReport restore(const Backup& backup, Engine& engine, const RestoreRequest& request,
                      Progress& progress) {
  RestoreReport report{.id = backup.manifest().id};
  const Time begun = now();
  const RepositoryContents contents(backup, request.selection);
  const auto target = engine.prepare(contents, options_of(request, contents), progress);
  try {
    run_phases(contents, *target, request, progress, report);
  } catch (...) {
    if (const std::string undo = target->undo(); !undo.empty())
      progress.notice("what was made so far is there; this takes it away: " + undo);
    throw;
  }
  target->finish();
  report.totals = target->totals();
  report.gaps = target->gaps();
  report.reference = target->plan().reference;
  report.duration = now() - begun;
  return report;
}

}  // namespace vya
