// Tables and facts of a report as parts of a page.
#pragma once

#include <map>
#include <string>

#include "report/html.h"
#include "report/tables.h"

namespace vya {

/// Where each instance's section is in the page: its name leads to an id. Names are not ids,
/// because they may hold anything.
using SectionIds = std::map<std::string, std::string>;

/// A table with a caption, a heading for each column, and the first cell of each row as the row's.
/// Nothing when it has no rows.
void write_table(Html& html, const ReportTable& table, const SectionIds& sections);

/// A list of names and values, with the style `style`.
void write_facts(Html& html, const std::vector<Fact>& facts, const std::string& style);

}  // namespace vya
