#include "operation/drill.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/version.h"
#include "operation/contents.h"
#include "operation/drill_server.h"
#include "operation/evidence.h"
#include "operation/explained.h"
#include "operation/open.h"
#include "operation/restore.h"
#include "operation/server_state.h"
#include "operation/user_checks.h"
#include "stream/digest.h"

namespace vya {

namespace {

using Result = DrillCheck::Result;

constexpr int kOwnPhases = 3;
constexpr const char* kBackup = "backup";

/// A restore within a drill says how many phases there are more.
class PhasesOfRestore final : public Progress {
 public:
  explicit PhasesOfRestore(Progress& next) : next_(next) {}
  void notice(const std::string& sentence) override { next_.notice(sentence); }
  void phases(int total) override { next_.more_phases(total); }
  void more_phases(int more) override { next_.more_phases(more); }
  void begin(const std::string& phase) override { next_.begin(phase); }
  void end(const std::string& result) override { next_.end(result); }
  void advance(const Amount& done, const Amount& expected) override {
    next_.advance(done, expected);
  }
  void snapshot(std::optional<Moment> since) override { next_.snapshot(since); }

 private:
  Progress& next_;
};

Selection selection_of(const std::vector<std::string>& globs) {
  Selection selection;
  for (const std::string& glob : globs) selection.databases.push_back({glob, ""});
  return selection;
}

std::string product_of(const Manifest& manifest) {
  return fmt::format("{} {}", manifest.product, manifest.version);
}

class Drill {
 public:
  Drill(const Config& config, const Instance& instance, const Backup& backup,
        const DrillRequest& request, Progress& progress)
      : config_(config),
        instance_(instance),
        backup_(backup),
        request_(request),
        progress_(progress),
        globs_(request.databases.empty() ? instance.drill.databases : request.databases) {}

  DrillRecord run() {
    begin();
    try {
      progress_.phases(kOwnPhases + (instance_.drill.checks.empty() ? 0 : 1));
      const RepositoryContents contents(backup_, selection_of(globs_));
      wanted_ = describe(backup_.manifest().engine, contents);
      start_server(contents);
      restore_onto_it();
      compare_catalogs();
      look_at_storage(contents);
      ask_questions();
    } catch (const Error& error) {
      if (is_interruption(error.fault()) || is_asked_wrongly(error)) throw;
      fail(error);
    }
    server_.reset();
    record_.finished = now();
    return std::move(record_);
  }

 private:
  /// There is no such database, say: no drill was possible.
  bool is_asked_wrongly(const Error& error) const {
    return doing_ == kBackup &&
           (error.fault() == Fault::kNotFound || error.fault() == Fault::kUsage);
  }

  std::string server_name() const {
    return request_.server.empty() ? instance_.drill.server : request_.server;
  }

  void begin() {
    if (!server_name().empty()) config_.instance(server_name());
    const Manifest& manifest = backup_.manifest();
    record_.tool = std::string("vya ") + kVersion;
    record_.started = now();
    record_.backup = manifest.id;
    record_.manifest_sha256 = sha256_hex(as_bytes(to_json_text(manifest)));
    record_.snapshot = manifest.snapshot;
    record_.backup_finished = manifest.finished;
    record_.source = product_of(manifest);
    record_.databases = globs_;
    record_.rto = instance_.rto;
    record_.rpo = instance_.rpo;
  }

  void start_server(const RepositoryContents& contents) {
    doing_ = "server";
    begin_phase("server");
    const DrillServerRequest request{.config = config_,
                                     .instance = instance_,
                                     .manifest = backup_.manifest(),
                                     .row_bytes = contents.row_bytes(),
                                     .server = server_name()};
    server_ = open_drill_server(request, server_needs(backup_.manifest().engine, contents));
    engine_ = open_engine(server_->instance());
    record_.server = server_->text();
    require_stillness();
    end_phase(record_.server);
  }

  /// A drill is no second production: nothing of what comes back may send, fetch or delete
  /// anything.
  void require_stillness() const {
    for (const std::string& glob : open_probe(server_->instance())->starts()) {
      for (const auto& [name, object] : wanted_) {
        if (::fnmatch(glob.c_str(), name.c_str(), 0) != 0) continue;
        throw Error(
            Fault::kRefused,
            fmt::format("cannot drill on '{}': {} would begin to work there",
                        server_->instance().name, name),
            "Turn that off on the server: max_logical_replication_workers = 0, no pg_cron in "
            "shared_preload_libraries, event_scheduler = OFF; or let the drill start one.");
      }
    }
  }

  void restore_onto_it() {
    doing_ = "restore";
    RestoreRequest request{.options = {.jobs = request_.jobs},
                           .selection = selection_of(globs_),
                           .recheck = Recheck::kYes};
    request.options.tablespace_folders = server_->tablespace_folders();
    PhasesOfRestore progress(progress_);
    const RestoreReport report = restore(backup_, *engine_, request, progress);
    record_.rows = report.rows;
    record_.row_bytes = report.row_bytes;
    std::chrono::microseconds recovery{};
    for (const auto& [name, duration] : report.phases) {
      record_.phases.push_back({.name = name, .duration = duration});
      if (name != "check") recovery += duration;
    }
    record_.recovery = recovery;
    add_gaps(report.gaps);
    add_check("rows", report.findings,
              fmt::format("{} tables with {} rows read again", report.tables_checked, report.rows));
    look_at_target_time(recovery);
  }

  /// What was not restored is not proven, unless the configuration accepts it.
  void add_gaps(const std::vector<Gap>& gaps) {
    std::vector<Finding> findings;
    for (const Gap& gap : gaps) {
      const auto accepted = instance_.accept_gaps.find(gap.id());
      const bool is_accepted = accepted != instance_.accept_gaps.end();
      findings.push_back({.severity = is_accepted ? Severity::kNotice : Severity::kFault,
                          .where = "gap " + gap.id() + ":",
                          .what = is_accepted ? "accepted: " + accepted->second : gap.why,
                          .cure = gap.cure});
    }
    add_check("restore", findings, fmt::format("{} gaps", gaps.size()));
  }

  void look_at_target_time(std::chrono::microseconds recovery) {
    if (!instance_.rto) return;
    std::vector<Finding> findings;
    const std::string times =
        fmt::format("{} of {}", human_duration(recovery), human_duration(*instance_.rto));
    if (recovery > *instance_.rto)
      findings.push_back({.where = "recovery", .what = "took longer than its target: " + times});
    add_check("recovery time", findings, times);
  }

  void compare_catalogs() {
    doing_ = "catalog";
    begin_phase("catalog");
    const FreezeOptions options{.include = globs_, .exclude = {}, .jobs = request_.jobs};
    const CatalogModel found = catalog_of(*engine_, server_->instance(), options, progress_);
    std::vector<Finding> findings = explained(wanted_, found,
                                              {.engine = backup_.manifest().engine,
                                               .account = server_->instance().user,
                                               .source_major = backup_.manifest().major,
                                               .target_major = engine_->inspect().major});
    const auto faults = std::ranges::count(findings, Severity::kFault, &Finding::severity);
    const std::string what = fmt::format(
        "{} objects compared, {}", wanted_.size(),
        faults == 0 ? std::string("all as in the backup") : fmt::format("{} differences", faults));
    add_check("catalog", findings, what);
    end_phase(what);
  }

  void look_at_storage(const RepositoryContents& contents) {
    doing_ = "storage";
    begin_phase("storage");
    const Validation found =
        open_probe(server_->instance())->validate(contents.databases(), request_.jobs);
    std::vector<Finding> findings;
    for (const Remark& remark : found.remarks) {
      findings.push_back({.severity = remark.weight == Remark::Weight::kFault ? Severity::kFault
                                                                              : Severity::kNotice,
                          .where = remark.where,
                          .what = remark.what,
                          .cure = remark.cure});
    }
    const std::string what =
        fmt::format("{} tables and {} indexes examined by the server", found.tables, found.indexes);
    add_check("storage", findings, what);
    if (found.tables + found.indexes == 0 && !has_fault(findings))
      record_.checks.back().result = Result::kSkipped;
    end_phase(what);
  }

  void ask_questions() {
    const std::vector<UserCheck>& checks = instance_.drill.checks;
    if (checks.empty()) return;
    doing_ = "checks";
    begin_phase("checks");
    const std::unique_ptr<Probe> probe = open_probe(server_->instance());
    std::size_t passed = 0;
    for (const UserCheck& check : checks) {
      const CheckResult result = run_check(check, *probe);
      passed += result.passed ? 1 : 0;
      record_.checks.push_back({.name = "check " + check.name,
                                .result = result.passed ? Result::kPassed : Result::kFailed,
                                .what = result.what});
    }
    end_phase(fmt::format("{} of {} passed", passed, checks.size()));
  }

  void begin_phase(const std::string& name) {
    phase_begun_ = now();
    phase_ = name;
    progress_.begin(name);
  }

  void end_phase(const std::string& result) {
    record_.phases.push_back({.name = phase_, .duration = now() - phase_begun_});
    progress_.end(result);
  }

  void add_check(const std::string& name, const std::vector<Finding>& findings,
                 const std::string& what) {
    for (const Finding& finding : findings) record_.findings.push_back(recorded(finding));
    record_.checks.push_back({.name = name,
                              .result = has_fault(findings) ? Result::kFailed : Result::kPassed,
                              .what = what});
  }

  /// What could not be done is a failed check, and what would have come after it was not looked at.
  void fail(const Error& error) {
    record_.checks.push_back(
        {.name = doing_, .result = Result::kFailed, .what = "could not be done"});
    record_.findings.push_back(
        {.fault = true, .where = doing_ + ":", .what = error.message(), .cure = error.hint()});
    std::vector<std::string> rest = {"restore", "rows", "catalog", "storage"};
    for (const UserCheck& check : instance_.drill.checks) rest.push_back("check " + check.name);
    for (const std::string& name : rest) {
      if (std::ranges::find(record_.checks, name, &DrillCheck::name) == record_.checks.end())
        record_.checks.push_back({.name = name, .result = Result::kSkipped, .what = "not reached"});
    }
  }

  const Config& config_;
  const Instance& instance_;
  const Backup& backup_;
  const DrillRequest& request_;
  Progress& progress_;
  std::vector<std::string> globs_;
  DrillRecord record_;
  std::string doing_ = kBackup;
  std::string phase_;
  Time phase_begun_;
  CatalogModel wanted_;
  std::unique_ptr<DrillServer> server_;
  std::unique_ptr<Engine> engine_;  ///< of the server, so it goes first
};

}  // namespace

DrillPlan plan_drill(const Config& config, Repository& repository, const DrillRequest& request) {
  const Instance& instance = config.instance(request.backup.instance);
  const Backup backup = repository.open(request.backup);
  const std::vector<std::string>& globs =
      request.databases.empty() ? instance.drill.databases : request.databases;
  const RepositoryContents contents(backup, selection_of(globs));
  DrillPlan plan{.backup = backup.manifest().id};
  for (const UserCheck& check : instance.drill.checks) plan.checks.push_back(check.name);
  const std::string server = request.server.empty() ? instance.drill.server : request.server;
  const DrillServerRequest wanted{.config = config,
                                  .instance = instance,
                                  .manifest = backup.manifest(),
                                  .row_bytes = contents.row_bytes(),
                                  .server = server};
  if (!server.empty()) {
    plan.server = open_drill_server(wanted, {})->text();
    return plan;
  }
  const DrillServerChoice choice = choose_drill_server(wanted);
  plan.server = fmt::format("{} {} ('{}')", name_of(choice.program.product), choice.program.version,
                            choice.program.program.string());
  plan.folder = choice.folder;
  return plan;
}

DrillRecord drill(const Config& config, Repository& repository, const DrillRequest& request,
                  Progress& progress) {
  const Instance& instance = config.instance(request.backup.instance);
  const Backup backup = repository.open(request.backup);
  return keep_record(repository, Drill(config, instance, backup, request, progress).run());
}

}  // namespace vya
