#include "tests/story/comparison.h"

#include <algorithm>
#include <iterator>
#include <sstream>

#include "base/error.h"

namespace vya::story {

namespace {

using Lines = std::vector<std::string>;

void add_lines(Lines& lines, const world::Ended& dump) {
  if (dump.status != 0)
    throw Error(Fault::kInternal, "the comparison's own dump failed: " + dump.errors);
  std::istringstream text(dump.output);
  for (std::string line; std::getline(text, line);) {
    if (line.empty() || line.starts_with("--") || line.starts_with("\\restrict") ||
        line.starts_with("\\unrestrict")) {
      continue;
    }
    lines.push_back(line);
  }
}

Lines described(const world::PostgresServer& server, const std::vector<world::TextRow>& databases) {
  Lines lines;
  add_lines(lines, server.run_client("pg_dumpall", {"--globals-only"}));
  for (const world::TextRow& database : databases) {
    add_lines(lines, server.run_client("pg_dump", {"--create", database[0]}));
  }
  for (const world::TextRow& row :
       server.query("postgres",
                    "SELECT 'database ' || datname || ' ' || datallowconn || ' ' ||"
                    " datistemplate || ' ' || datconnlimit FROM pg_database")) {
    lines.push_back(row[0]);
  }
  std::ranges::sort(lines);
  return lines;
}

}  // namespace

std::vector<std::string> differences(const world::PostgresServer& source,
                                     const world::PostgresServer& restored,
                                     const std::vector<Rule>& rules) {
  const auto databases = source.query(
      "postgres", "SELECT datname FROM pg_database WHERE datallowconn ORDER BY datname");
  const Lines before = described(source, databases);
  const Lines after = described(restored, databases);
  Lines gone;
  Lines added;
  std::ranges::set_difference(before, after, std::back_inserter(gone));
  std::ranges::set_difference(after, before, std::back_inserter(added));
  Lines only;
  for (const std::string& line : gone) only.push_back("< " + line);
  for (const std::string& line : added) only.push_back("> " + line);
  for (const Rule& rule : rules) {
    if (std::erase_if(only, rule.explains) == 0)
      only.push_back("no line needs the rule: " + rule.name);
  }
  return only;
}

}  // namespace vya::story
