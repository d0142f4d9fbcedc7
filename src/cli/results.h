// Results as people and as programs read them.
//
// Texts are for eyes and may change; JSON documents are for programs, carry `"version": 1`, and
// only grow while it stays. docs/manual/commands.md describes both.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "cli/outcome.h"
#include "config/config.h"
#include "operation/accounts.h"
#include "operation/backup.h"
#include "operation/diff.h"
#include "operation/doctor.h"
#include "operation/drill.h"
#include "operation/restore.h"
#include "operation/status.h"
#include "operation/verify.h"
#include "repository/manifest.h"
#include "stream/contents.h"

namespace vya {

struct InitResult {
  std::string repository;  ///< where it is
  std::string id;          ///< empty when there is none yet
  enum class State { kMade, kIsThere, kWouldBeMade } state = State::kMade;
};

std::string init_to_text(const InitResult& result);
std::string init_to_json(const InitResult& result);

/// What came of one backup; the instance is for the reasons of gaps that it accepts.
std::string report_to_text(const BackupReport& report, const Instance& instance);
std::string reports_to_json(const std::vector<Outcome<BackupReport>>& outcomes);

/// What a backup of the instance would take.
std::string preview_to_text(const BackupPreview& preview, const Instance& instance);
std::string previews_to_json(const std::vector<Outcome<BackupPreview>>& outcomes);

/// What came of a restore; the target is for the reasons of gaps that it accepts.
std::string restore_to_text(const RestoreReport& report, const Instance& target);
std::string restore_to_json(const RestoreReport& report);

std::string plan_to_text(const Plan& plan, const Instance& target);
std::string plan_to_json(const Plan& plan);

std::string verification_to_text(const VerifyReport& report);
std::string verifications_to_json(const std::vector<Outcome<VerifyReport>>& outcomes);

/// In what two servers differ.
std::string diff_to_text(const DiffReport& report);
std::string diff_to_json(const DiffReport& report);

/// What a drill found, and what it would do.
std::string drill_to_text(const DrillRecord& record);
std::string drill_to_json(const DrillRecord& record);
std::string drill_plan_to_text(const DrillPlan& plan);
std::string drill_plan_to_json(const DrillPlan& plan);

/// Whether each instance has a backup that is new enough and proven. The first line says it all.
std::string status_to_text(const StatusReport& report);
std::string status_to_json(const StatusReport& report);

/// A runbook as a document; as text it is Markdown already.
std::string runbook_to_json(const std::string& instance, const std::string& markdown);

/// Accounts, and the statements that make them.
std::string accounts_to_text(const std::vector<ListedAccount>& accounts);
std::string accounts_to_json(const std::vector<ListedAccount>& accounts);
std::string script_to_text(const std::string& from, const std::vector<std::string>& statements,
                           Verifiers verifiers);
std::string script_to_json(const std::vector<std::string>& statements);

/// A backup with what its inventory names.
struct ShownBackup {
  Manifest manifest;
  std::vector<Gap> gaps;  ///< all, accepted or not
};

/// What stands in the way of a complete backup; the instance is for the reasons of gaps that it
/// accepts.
std::string examination_to_text(const DoctorReport& report, const Instance& instance);
std::string examinations_to_json(const std::vector<Outcome<DoctorReport>>& outcomes);

/// The configuration as it is understood; passwords only as where they come from.
std::string config_to_text(const Config& config);
std::string config_to_json(const Config& config);

/// One line per backup, in the order given; of one whose manifest cannot be read, only its id.
std::string list_to_text(const std::vector<Outcome<Manifest>>& backups);
std::string list_to_json(const std::vector<Outcome<Manifest>>& backups);

std::string backup_to_text(const ShownBackup& backup);
std::string backup_to_json(const ShownBackup& backup);

std::string error_to_json(const Error& error);

/// What an instance's configuration says, in the order of the manual: key and value, without what
/// is not set.
std::vector<std::pair<std::string, std::string>> settings_of(const Instance& instance);

}  // namespace vya
