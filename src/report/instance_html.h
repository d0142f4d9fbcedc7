// The section of one instance in the page.
#pragma once

#include <string>

#include "report/fleet.h"
#include "report/html.h"

namespace vya {

/// `id` is the section's in the page.
void write_instance(Html& html, const ReportedInstance& instance, const std::string& id, Time made);

}  // namespace vya
