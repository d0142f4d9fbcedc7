// The tables of a report, as cells of text: the same for a terminal and for a page.
//
// What is said, in which column, and how much of a long list is shown is decided here; the
// renderers only set it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/fleet.h"
#include "report/text.h"

namespace vya {

/// How a cell is to be felt; its words say the same.
enum class Tone { kPlain, kGood, kBad };

struct Cell {
  std::string text;
  Tone tone = Tone::kPlain;
  std::string instance;  ///< whose section it leads to, or empty
};

struct ReportTable {
  std::string caption;
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
  std::string rest;  ///< `and 470 older backups`, or empty
};

/// A name and what is to be known of it.
struct Fact {
  std::string name;
  Cell value;
};

/// How many faults are among the findings.
std::size_t faults_of(const std::vector<Finding>& findings);

/// Of the whole fleet. `made` in the report is the present.
std::vector<Fact> fleet_facts(const FleetReport& report);
ReportTable glance_table(const FleetReport& report);
ReportTable attention_table(const FleetReport& report);  ///< faults of all instances
ReportTable uncovered_table(const FleetReport& report);
ReportTable chain_table(const FleetReport& report);  ///< the ends of the chain, with their digests

/// Of one instance. `most` rows at the most: the newest, and the newest first.
std::vector<Fact> instance_facts(const ReportedInstance& instance, Time made);
ReportTable findings_table(const std::vector<Finding>& findings, std::size_t most);
ReportTable gaps_table(const ReportedInstance& instance, std::size_t most);
ReportTable drills_table(const ReportedInstance& instance, std::size_t most);
ReportTable checks_table(const ReportedDrill& drill);
ReportTable backups_table(const ReportedInstance& instance, std::size_t most);

}  // namespace vya
