// A report as text for a terminal, as JSON for programs, as one HTML page for people and paper.
#pragma once

#include <string>

#include "report/fleet.h"

namespace vya {

std::string fleet_to_text(const FleetReport& report);

/// All of it; docs/manual/reports.md describes the keys.
std::string fleet_to_json(const FleetReport& report);

/// A page that needs nothing else: no script, no font, no picture from anywhere. Long lists end
/// with how many more there are.
std::string fleet_to_html(const FleetReport& report);

}  // namespace vya
