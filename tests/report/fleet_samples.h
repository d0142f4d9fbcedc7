// Fleets for the tests of reports.
#pragma once

#include <string>

#include "report/fleet.h"

namespace vya {

inline constexpr std::uint64_t kMebibyte = 1024UL * 1024;

/// The day `n` of a history, at 03:00.
inline Time day(int n) { return parse_time("2026-10-01T03:00:00Z") + std::chrono::days(n); }

/// The backup of a day: `mebibytes` of text, a quarter of it stored.
inline ReportedBackup backup_of(const std::string& instance, int n, std::uint64_t mebibytes) {
  return {.id = instance + "/" + to_compact(day(n)) + "-7f3a",
          .snapshot = day(n),
          .finished = day(n) + std::chrono::minutes(4),
          .duration = std::chrono::minutes(4),
          .databases = 3,
          .tables = 412,
          .rows = 1000 * mebibytes,
          .row_bytes = mebibytes * kMebibyte,
          .stored_bytes = mebibytes * kMebibyte / 4,
          .verdict = "COMPLETE",
          .guarantee = "exact"};
}

/// The passed drill of a day's backup.
inline ReportedDrill drill_of(const std::string& instance, int n, std::chrono::seconds recovery) {
  const Time started = day(n) + std::chrono::hours(1);
  return {.record = "2026/10/" + to_compact(started) + "-0b6b",
          .backup = backup_of(instance, n, 1).id,
          .tool = "vya 0.1.0",
          .started = started,
          .duration = 2 * recovery,
          .passed = true,
          .server = "PostgreSQL 15.18, started for the drill",
          .rows = 8012118,
          .row_bytes = 3 * kMebibyte,
          .recovery = recovery,
          .rto = std::chrono::minutes(30),
          .checks = {{"passed", "restore", "0 gaps"},
                     {"passed", "rows", "412 tables with 8012118 rows read again"}}};
}

/// Two servers: one in good order, which has a history of 21 days with a drill a week, the second
/// of which failed; one with everything that can be wrong.
inline FleetReport sample_fleet() {
  ReportedInstance good{.name = "shop-pg",
                        .server = "PostgreSQL 15.18",
                        .rpo = std::chrono::hours(24),
                        .rto = std::chrono::minutes(30)};
  for (int n = 0; n <= 21; ++n)
    good.backups.push_back(backup_of(good.name, n, 2048 + 64 * static_cast<std::uint64_t>(n)));
  good.drills = {drill_of(good.name, 0, std::chrono::seconds(41)),
                 drill_of(good.name, 7, std::chrono::seconds(2000)),
                 drill_of(good.name, 14, std::chrono::seconds(52)),
                 drill_of(good.name, 21, std::chrono::seconds(90))};
  good.drills[1].passed = false;
  good.drills[1].checks.push_back({"failed", "recovery time", "33 min 20 s of 30 min 00 s"});
  good.drills[2].databases = {"shop"};

  ReportedInstance bad{.name = "crm-maria",
                       .server = "MariaDB 10.11.14",
                       .rpo = std::chrono::hours(24),
                       .rto = std::chrono::minutes(30)};
  bad.backups = {backup_of(bad.name, 10, 700), backup_of(bad.name, 18, 512)};
  bad.backups[1].gaps = {{"closed-database", 2}};
  bad.backups[1].accepted_gaps = 1;
  bad.backups[1].verdict = "COMPLETE WITH GAPS";
  bad.drills = {drill_of(bad.name, 10, std::chrono::seconds(75))};
  bad.drills[0].passed = false;
  bad.drills[0].recovery.reset();
  bad.drills[0].server.clear();
  bad.drills[0].findings = {
      {.where = "server", .what = "could not be started", .cure = "See why."}};
  bad.gaps = {{"closed-database", "legacy", "It allows no connections.", "Allow them.", {}},
              {"closed-database", "old", "It allows no connections.", "", "it is archived"}};
  bad.uncovered = {"reports", "scratch"};
  bad.findings = {{.where = "backup", .what = "is older than its RPO", .cure = "Run vya backup."},
                  {.severity = Severity::kNotice, .where = "size", .what = "fell by 27 %"}};
  return {.made = parse_time("2026-10-22T09:30:00Z"),
          .tool = "vya 0.1.0",
          .repository = "0123456789abcdef0123456789abcdef",
          .instances = {bad, good},
          .evidence = {.records = 5, .last_ones = {{good.drills[3].record, std::string(64, 'd')}}}};
}

}  // namespace vya
