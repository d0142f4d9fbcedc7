#include "tests/story/comparison.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>

#include "base/error.h"

namespace vya::story {

namespace {

using Lines = std::vector<std::string>;

/// A name with a '=' in it would be read as a connection string.
std::string conninfo_of(const std::string& database) {
  std::string quoted;
  for (const char c : database) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return "dbname='" + quoted + "'";
}

/// Without the column option that some minor versions of the server keep for themselves and some of
/// pg_dump write all the same, although no server takes it (17.11 and 18.6 do, 17.12 does not).
std::string without_internal_options(std::string dump) {
  constexpr std::string_view kOption = "pg_attver=";
  for (auto at = dump.find(kOption); at != std::string::npos; at = dump.find(kOption)) {
    const std::size_t end = dump.find_first_not_of("0123456789", at + kOption.size());
    if (dump.compare(end, 2, ", ") == 0) {
      dump.erase(at, end + 2 - at);
    } else if (dump.compare(at - 2, 2, ", ") == 0) {
      dump.erase(at - 2, end - at + 2);
    } else {  // it is the statement's only one
      const std::size_t begin = dump.rfind("\nALTER ", at) + 1;
      dump.erase(begin, dump.find(";\n", end) + 2 - begin);
    }
  }
  return dump;
}

void add_lines(Lines& lines, const world::Ended& dump) {
  if (dump.status != 0)
    throw Error(Fault::kInternal, "the comparison's own dump failed: " + dump.errors);
  std::istringstream text(without_internal_options(dump.output));
  for (std::string line; std::getline(text, line);) {
    if (line.empty() || line.starts_with("--") || line.starts_with("\\restrict") ||
        line.starts_with("\\unrestrict")) {
      continue;
    }
    lines.push_back(line);
  }
}

/// What pg_dumpall does not say of a server.
constexpr const char* kOfServer = R"(
SELECT 'database ' || datname || ' ' || datallowconn || ' ' || datistemplate || ' ' || datconnlimit
  FROM pg_database
UNION ALL SELECT 'setting ' || setrole::regrole || ' ' || coalesce(datname, '') || ' ' || c
  FROM pg_db_role_setting LEFT JOIN pg_database d ON d.oid = setdatabase, unnest(setconfig) c
UNION ALL SELECT 'label ' || provider || ' ' || objtype || ' ' || objname || ' ' || label
  FROM pg_seclabels WHERE objtype IN ('role', 'database', 'tablespace'))";

/// What pg_dump does not say of a database.
constexpr const char* kOfDatabase = R"(
SELECT 'extension ' || extname || ' ' || extversion || ' ' || extowner::regrole FROM pg_extension
UNION ALL SELECT 'member ' || objid::regprocedure || ' ' || proowner::regrole || ' ' ||
    coalesce(obj_description(p.oid, 'pg_proc'), '') FROM pg_depend JOIN pg_proc p ON p.oid = objid
  WHERE classid = 'pg_proc'::regclass AND deptype = 'e' AND refclassid = 'pg_extension'::regclass
UNION ALL SELECT 'columns ' || attrelid::regclass || ' ' ||
    string_agg(attname || '/' || attinhcount || attislocal, ' ' ORDER BY attnum)
  FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
  WHERE relkind IN ('r', 'p', 'f', 'm') AND c.oid >= 16384 AND attnum > 0 AND NOT attisdropped
  GROUP BY attrelid
UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || conislocal || coninhcount ||
    convalidated || connoinherit FROM pg_constraint JOIN pg_class c ON c.oid = conrelid
  WHERE c.oid >= 16384 AND contype = 'c'
UNION ALL SELECT 'index ' || indexrelid::regclass || ' ' || indisvalid FROM pg_index
  JOIN pg_class c ON c.oid = indexrelid
  WHERE c.oid >= 16384 AND relnamespace <> 'pg_toast'::regnamespace
UNION ALL SELECT 'depends on extension ' || pg_describe_object(classid, objid, 0) || ' ' ||
    pg_describe_object(refclassid, refobjid, 0) FROM pg_depend WHERE deptype = 'x'
UNION ALL SELECT 'label ' || provider || ' ' || objtype || ' ' || objname || ' ' || label
  FROM pg_seclabels WHERE objtype NOT IN ('role', 'database', 'tablespace'))";

void add_rows(Lines& lines, const std::string& prefix, const std::vector<world::TextRow>& rows) {
  for (const world::TextRow& row : rows) lines.push_back(prefix + row[0]);
}

/// `major` is that of the programs.
Lines described(const world::PostgresServer& server, const std::vector<world::TextRow>& databases,
                int major) {
  // A database's own setting of `role` would make a dump somebody else's.
  const std::string role = "--role=" + server.superuser();
  Lines lines;
  add_lines(lines, server.run_client("pg_dumpall", {"--globals-only", role}, major));
  add_rows(lines, "", server.query("postgres", kOfServer));
  for (const world::TextRow& database : databases) {
    add_lines(lines,
              server.run_client("pg_dump",
                                {"--create", role, "--dbname=" + conninfo_of(database[0])}, major));
    add_rows(lines, "database " + database[0] + ": ", server.query(database[0], kOfDatabase));
  }
  return lines;
}

/// Returns how many lines it changed.
std::size_t write_in_one_way(const Rule& rule, Lines& lines) {
  std::size_t changed = 0;
  for (std::string& line : lines) {
    std::string written = rule.in_one_way(line);
    if (written != line) ++changed;
    line = std::move(written);
  }
  return changed;
}

Lines different(Lines& before, Lines& after) {
  std::ranges::sort(before);
  std::ranges::sort(after);
  Lines gone;
  Lines added;
  std::ranges::set_difference(before, after, std::back_inserter(gone));
  std::ranges::set_difference(after, before, std::back_inserter(added));
  Lines only;
  for (const std::string& line : gone) only.push_back("< " + line);
  for (const std::string& line : added) only.push_back("> " + line);
  return only;
}

}  // namespace

std::vector<std::string> differences(const world::PostgresServer& source,
                                     const world::PostgresServer& restored,
                                     const std::vector<Rule>& rules) {
  const auto databases = source.query(
      "postgres", "SELECT datname FROM pg_database WHERE datallowconn ORDER BY datname");
  const int major = std::max(source.major(), restored.major());
  Lines before = described(source, databases, major);
  Lines after = described(restored, databases, major);
  std::set<std::string> needed;
  for (const Rule& rule : rules) {
    if (rule.in_one_way && write_in_one_way(rule, before) + write_in_one_way(rule, after) > 0)
      needed.insert(rule.name);
  }
  Lines only = different(before, after);
  for (const Rule& rule : rules) {
    if (rule.explains && std::erase_if(only, rule.explains) > 0) needed.insert(rule.name);
  }
  for (const Rule& rule : rules) {
    if (!needed.contains(rule.name)) only.push_back("no line needs the rule: " + rule.name);
  }
  return only;
}

}  // namespace vya::story
