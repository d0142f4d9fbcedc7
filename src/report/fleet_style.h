// The style sheet of the HTML report.
#pragma once

namespace vya {

/// Light and dark as the reader's system is, always light on paper. Colours have a contrast of at
/// least 4.5 to 1 to what they stand on, and say nothing that words do not say.
extern const char* const kFleetStyle;

}  // namespace vya
