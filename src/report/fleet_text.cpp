// The report for a terminal.
#include <fmt/format.h>

#include <algorithm>

#include "base/printable.h"
#include "report/render.h"
#include "report/tables.h"

namespace vya {

namespace {

// A terminal is read from its end: less of each instance than on the page.
constexpr std::size_t kMostFindings = 20;
constexpr std::size_t kMostGaps = 20;
constexpr std::size_t kMostDrills = 5;
constexpr std::size_t kMostBackups = 5;

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  });
  return text;
}

std::string indented(const std::string& text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    result += "  " + text.substr(at, end - at) + '\n';
    at = end + 1;
  }
  return result;
}

std::string table_of(const ReportTable& table) {
  if (table.rows.empty()) return "";
  std::vector<Column> columns = table.columns;
  for (Column& column : columns) column.heading = upper(column.heading);
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : table.rows) {
    std::vector<std::string>& cells = rows.emplace_back();
    for (const Cell& cell : row) cells.push_back(cell.text);
  }
  std::string text = indented(table_to_text(columns, rows));
  if (!table.rest.empty()) text += "  " + table.rest + '\n';
  return text;
}

std::string part(const std::string& heading, const std::string& text) {
  return text.empty() ? "" : fmt::format("\n{}\n{}", heading, text);
}

std::string facts_of(const std::vector<Fact>& facts) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const Fact& fact : facts) pairs.emplace_back(fact.name, fact.value.text);
  return pairs_to_text(pairs, 2);
}

/// Lines and no table: a finding may be as long as it needs to be.
std::string findings_of(const std::vector<Finding>& findings) {
  const ReportTable table = findings_table(findings, kMostFindings);
  std::string text;
  for (const auto& row : table.rows) {
    text += fmt::format("  {}: {} {}\n", row[0].text, printable_line(row[1].text),
                        printable_line(row[2].text));
    if (!row[3].text.empty()) text += fmt::format("    cure: {}\n", row[3].text);
  }
  if (!table.rest.empty()) text += "  " + table.rest + '\n';
  return text;
}

std::string gaps_of(const ReportedInstance& instance) {
  const ReportTable table = gaps_table(instance, kMostGaps);
  std::string text;
  for (const auto& row : table.rows) {
    text += fmt::format("  gap: {} {}: {}\n", row[0].text, printable_line(row[1].text),
                        printable_line(row[2].text));
    if (row[4].text != "no") text += fmt::format("    accepted: {}\n", row[4].text.substr(5));
  }
  if (!table.rest.empty()) text += "  " + table.rest + '\n';
  return text;
}

std::string instance_to_text(const ReportedInstance& instance, Time made) {
  const char* state = has_fault(instance.findings) ? "ATTENTION" : "OK";
  std::string text = fmt::format("\n{}: {}\n", instance.name, state);
  text += facts_of(instance_facts(instance, made));
  text += findings_of(instance.findings);
  text += gaps_of(instance);
  text += part("  drills", table_of(drills_table(instance, kMostDrills)));
  if (const ReportedDrill* drill = instance.newest_drill(); drill != nullptr && !drill->passed) {
    text += part("  checks of the last drill", table_of(checks_table(*drill)));
    text += findings_of(drill->findings);
  }
  return text + part("  backups", table_of(backups_table(instance, kMostBackups)));
}

}  // namespace

std::string fleet_to_text(const FleetReport& report) {
  std::string text = fmt::format("{} of the repository {} as of {}\n",
                                 report.whole ? "All instances" : "Some instances",
                                 report.repository, second_of(report.made));
  text += facts_of(fleet_facts(report));
  text += part("at a glance (times in UTC)", table_of(glance_table(report)));
  text += part("databases that no rule backs up", table_of(uncovered_table(report)));
  for (const ReportedInstance& instance : report.instances)
    text += instance_to_text(instance, report.made);
  text += part("evidence", findings_of(report.evidence.findings) + table_of(chain_table(report)));
  return text;
}

}  // namespace vya
