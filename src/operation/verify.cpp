#include "operation/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/parallel.h"

namespace vya {

namespace {

constexpr const char* kCure = "Restore from another backup; find out what damaged the storage.";

std::vector<FileRecord> files_of(const RepositoryContents& contents) {
  std::vector<FileRecord> files = contents.backup().manifest().files;
  for (const ObjectRecord& object : contents.objects())
    files.push_back({object.path, object.size, object.sha256});
  return files;
}

std::uint64_t bytes_of(const std::vector<FileRecord>& files) {
  std::uint64_t bytes = 0;
  for (const FileRecord& file : files) bytes += file.size;
  return bytes;
}

}  // namespace

std::vector<Finding> look_at_files(const RepositoryContents& contents, unsigned jobs,
                                   Progress& progress) {
  const std::vector<FileRecord> files = files_of(contents);
  const std::uint64_t expected = bytes_of(files);
  std::mutex mutex;
  std::vector<Finding> findings;
  in_parallel(files.size(), jobs, [&](std::size_t i) {
    throw_if_interrupted();
    const std::optional<std::string> wrong = contents.backup().look_at(files[i]);
    progress.advance({.bytes = files[i].size}, {.bytes = expected});
    if (!wrong) return;
    const std::lock_guard guard(mutex);
    findings.push_back({.where = "file '" + files[i].path + "'", .what = *wrong, .cure = kCure});
  });
  std::ranges::sort(findings, {}, &Finding::where);
  return findings;
}

VerifyReport verify(const Backup& backup, unsigned jobs, Progress& progress) {
  VerifyReport report{.id = backup.manifest().id};
  progress.phases(1);
  progress.begin("files of " + report.id.text());
  try {
    const RepositoryContents contents(backup);
    report.findings = look_at_files(contents, jobs, progress);
    const std::vector<FileRecord> files = files_of(contents);
    report.files = files.size();
    report.bytes = bytes_of(files);
  } catch (const Error& e) {
    if (e.fault() != Fault::kCheckFailed && e.fault() != Fault::kNotFound) throw;
    report.findings.push_back(
        {.where = "backup '" + report.id.text() + "'", .what = e.message(), .cure = kCure});
  }
  progress.end(report.findings.empty()
                   ? fmt::format("{} files, {}, all whole", report.files, human_bytes(report.bytes))
                   : fmt::format("{} findings", report.findings.size()));
  return report;
}

}  // namespace vya
