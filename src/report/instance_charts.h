// Which charts an instance has, and what is in them.
#pragma once

#include <string>

#include "report/chart_svg.h"
#include "report/fleet.h"

namespace vya {

/// Text of the rows and stored bytes over time. Only where there is a backup.
Chart size_chart(const ReportedInstance& instance, const std::string& id, Time made);

/// What drills measured over time, and the target of their times. Only where there is a drill.
Chart recovery_chart(const ReportedInstance& instance, const std::string& id, Time made);

}  // namespace vya
