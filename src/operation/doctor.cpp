#include "operation/doctor.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "base/bytes.h"
#include "base/clock.h"
#include "operation/open.h"

namespace vya {

namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

/// Less is the time that the question takes on its way.
constexpr microseconds kNoticedSkew = seconds(5);
constexpr std::uint64_t kShareOfServer = 4;

Finding finding_of(const Remark& remark) {
  return {
      .severity = remark.weight == Remark::Weight::kFault ? Severity::kFault : Severity::kNotice,
      .where = remark.where,
      .what = remark.what,
      .cure = remark.cure};
}

std::optional<std::uint64_t> size_of_last(const Repository& repository,
                                          const std::string& instance) {
  if (repository.ids(instance).empty()) return std::nullopt;
  return repository.open(parse_backup_reference(instance)).manifest().sums.stored_bytes;
}

/// The repository's folder: it is there, it can be written to, and the next backup fits.
std::vector<Finding> look_at_repository(const Config& config, const Instance& instance,
                                        std::uint64_t server_bytes) {
  const std::string where = fmt::format("repository '{}'", config.repository);
  std::vector<Finding> findings;
  try {
    const std::unique_ptr<Store> store = open_store(config);
    const Repository repository(*store);
    if (::access(config.repository.c_str(), W_OK) != 0) {
      findings.push_back({.where = where,
                          .what = "has a folder that cannot be written to",
                          .cure = "Give it to the user that makes backups."});
    }
    const std::uint64_t free = std::filesystem::space(config.repository).available;
    if (auto finding = disk_finding(config.repository, free,
                                    size_of_last(repository, instance.name), server_bytes))
      findings.push_back(std::move(*finding));
  } catch (const Error& error) {
    findings.push_back({.where = where + ":", .what = error.message(), .cure = error.hint()});
  } catch (const std::filesystem::filesystem_error& error) {
    findings.push_back({.where = where + ":", .what = error.code().message(), .cure = ""});
  }
  return findings;
}

}  // namespace

std::optional<Finding> clock_finding(Time here, Time there) {
  const microseconds skew = here > there ? here - there : there - here;
  if (skew < kNoticedSkew) return std::nullopt;
  return Finding{
      .severity = Severity::kNotice,
      .where = "the server's clock",
      .what = fmt::format("is {} {} this machine's", human_duration(skew),
                          there > here ? "ahead of" : "behind"),
      .cure = "Let both follow a time server: the ages of backups are computed from them."};
}

std::optional<Finding> disk_finding(const std::string& folder, std::uint64_t free,
                                    std::optional<std::uint64_t> last, std::uint64_t server) {
  const std::uint64_t expected = last ? *last : server / kShareOfServer;
  if (free >= expected) return std::nullopt;
  return Finding{
      .where = fmt::format("repository '{}'", folder),
      .what = fmt::format("has room for {}, and the next backup will take about {} ({})",
                          human_bytes(free), human_bytes(expected),
                          last ? "as the last one did" : "a fourth of what the server holds"),
      .cure = "Make room, or move the repository to a larger disk."};
}

DoctorReport examine(const Config& config, Engine& engine, const Instance& instance,
                     const DoctorRequest& request) {
  engine.inspect();  // connects, so that the clocks are compared without the time that takes
  const Time before = now();
  Examination found =
      engine.examine({.include = request.databases.empty() ? instance.include : request.databases,
                      .exclude = instance.exclude,
                      .jobs = request.jobs,
                      .max_snapshot_age = {}});
  DoctorReport report{.server = found.server,
                      .databases = found.databases.size(),
                      .bytes = found.bytes,
                      .findings = {},
                      .gaps = {},
                      .accepted_gaps = {}};
  for (const Remark& remark : found.remarks) report.findings.push_back(finding_of(remark));
  if (auto finding = clock_finding(before, found.clock)) report.findings.push_back(*finding);
  if (!found.left_out.empty()) {
    report.findings.push_back(
        {.severity = Severity::kNotice,
         .where = "include and exclude",
         .what = fmt::format("leave out: {}", fmt::join(found.left_out, ", ")),
         .cure = ""});
  }
  for (Finding& finding : look_at_repository(config, instance, found.bytes))
    report.findings.push_back(std::move(finding));
  for (Gap& gap : found.gaps) {
    (instance.accept_gaps.contains(gap.id()) ? report.accepted_gaps : report.gaps)
        .push_back(std::move(gap));
  }
  return report;
}

}  // namespace vya
