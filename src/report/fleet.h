// What a repository says of all its servers: backups and drills over time, targets, gaps, findings.
//
// Plain values with words already chosen, so that text, JSON and HTML (render.h) can only differ in
// their looks. Nothing here knows where it came from; operation/report.h fills it.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "report/finding.h"

namespace vya {

struct ReportedBackup {
  std::string id;  ///< `shop-pg/20261122T030000Z-7f3a`
  Time snapshot;   ///< the moment that it is of
  Time finished;
  std::chrono::microseconds duration{};
  std::uint64_t databases = 0;
  std::uint64_t tables = 0;
  std::uint64_t rows = 0;
  std::uint64_t row_bytes = 0;                ///< of text
  std::uint64_t stored_bytes = 0;             ///< compressed
  std::string verdict;                        ///< `COMPLETE`
  std::map<std::string, std::uint64_t> gaps;  ///< by kind, how many
  std::uint64_t accepted_gaps = 0;            ///< how many
  std::string guarantee;                      ///< `exact`
  bool operator==(const ReportedBackup&) const = default;

  std::uint64_t gap_count() const;
};

/// One thing that a drill looked at.
struct ReportedCheck {
  std::string result;  ///< `passed`, `failed`, `skipped`
  std::string name;
  std::string what;
  bool operator==(const ReportedCheck&) const = default;
};

struct ReportedDrill {
  std::string record;  ///< its name in the evidence
  std::string backup;  ///< id of what was restored
  std::string tool;
  Time started;
  std::chrono::microseconds duration{};
  bool passed = false;
  std::vector<std::string> databases;  ///< of a part; none: all
  std::string server;                  ///< onto which; empty: there was none
  std::uint64_t rows = 0;
  std::uint64_t row_bytes = 0;
  std::optional<std::chrono::microseconds> recovery;  ///< nothing: the restore did not end
  std::optional<std::chrono::seconds> rto;            ///< the target of that time
  std::vector<ReportedCheck> checks;
  std::vector<Finding> findings;
  bool operator==(const ReportedDrill&) const = default;
};

/// Something that the newest backup does not hold.
struct ReportedGap {
  std::string kind;  ///< `closed-database`
  std::string what;
  std::string why;
  std::string cure;
  std::optional<std::string> accepted;  ///< why the configuration accepts it
  bool operator==(const ReportedGap&) const = default;
};

struct ReportedInstance {
  std::string name;
  bool configured = true;                   ///< false: only the repository knows it
  std::string server;                       ///< `PostgreSQL 15.18`; empty: no backup tells
  std::optional<std::chrono::seconds> rpo;  ///< the targets of today
  std::optional<std::chrono::seconds> rto;
  std::vector<ReportedBackup> backups;  ///< oldest first
  std::vector<ReportedDrill> drills;    ///< oldest first
  std::vector<ReportedGap> gaps;        ///< of the newest backup
  std::vector<std::string> uncovered;   ///< databases of the server that no rule backs up
  std::vector<Finding> findings;        ///< as of today

  const ReportedBackup* newest_backup() const {
    return backups.empty() ? nullptr : &backups.back();
  }
  const ReportedDrill* newest_drill() const { return drills.empty() ? nullptr : &drills.back(); }
};

struct FleetReport {
  Time made;
  std::string tool;        ///< `vya 0.1.0`
  std::string repository;  ///< its id
  bool whole = true;       ///< false: only of instances that were asked for
  std::vector<ReportedInstance> instances;

  struct Chain {
    std::uint64_t records = 0;  ///< of all instances, whichever are reported
    std::vector<std::pair<std::string, std::string>> last_ones;  ///< name and SHA-256
    std::vector<Finding> findings;  ///< records that are missing, changed or no records
  } evidence;
};

}  // namespace vya
