#include "tests/story/zoo.h"

#include <algorithm>
#include <fstream>
#include <optional>

#include "base/error.h"

namespace vya::story {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kConnect = "\\connect ";
constexpr std::string_view kNeedsVersion = "-- needs: version ";
constexpr std::string_view kNeedsExtension = "-- needs: extension ";
constexpr std::string_view kFact = "-- fact: ";
constexpr std::string_view kExpected = "--   -> ";
constexpr std::string_view kQuery = "--   ";
constexpr std::string_view kLineEnd = "{NL}";

/// What follows a mark at the start of a line, nothing when the line starts otherwise.
std::optional<std::string> after(std::string_view mark, const std::string& line) {
  if (!line.starts_with(mark)) return std::nullopt;
  return line.substr(mark.size());
}

/// As psql reads a name: quotes within quotes are doubled.
std::string unquoted(const std::string& name) {
  if (!name.starts_with('"')) return name;
  std::string plain;
  for (std::size_t i = 1; i + 1 < name.size(); ++i) {
    plain += name[i];
    if (name[i] == '"') ++i;
  }
  return plain;
}

std::string with_line_ends(std::string text) {
  for (std::size_t at = text.find(kLineEnd); at != std::string::npos; at = text.find(kLineEnd, at))
    text.replace(at, kLineEnd.size(), "\n");
  return text;
}

std::vector<std::string> lines_of(const fs::path& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  if (lines.empty()) throw Error(Fault::kNotFound, "cannot read '" + path.string() + "'");
  return lines;
}

bool has_extension(const world::PostgresServer& server, const std::string& name) {
  return !server
              .query("postgres", "SELECT FROM pg_available_extensions WHERE name = '" + name + "'")
              .empty();
}

bool fits(const world::PostgresServer& server, const std::vector<std::string>& lines) {
  return std::ranges::all_of(lines, [&](const std::string& line) {
    if (const auto version = after(kNeedsVersion, line))
      return std::stoi(*version) <= server.major();
    if (const auto extension = after(kNeedsExtension, line))
      return has_extension(server, *extension);
    return true;
  });
}

void add_facts(const std::vector<std::string>& lines, std::vector<Fact>& facts) {
  Fact fact{.name = "", .database = "postgres", .query = "", .expected = ""};
  for (const std::string& line : lines) {
    if (const auto database = after(kConnect, line)) {
      fact.database = unquoted(*database);
    } else if (const auto name = after(kFact, line)) {
      fact.name = *name;
      fact.query.clear();
    } else if (const auto expected = after(kExpected, line)) {
      fact.expected = with_line_ends(*expected);
      facts.push_back(fact);
    } else if (const auto query = after(kQuery, line)) {
      fact.query += *query + "\n";
    }
  }
}

/// What the query gives; what the server says where it fails.
std::string answer_of(const Fact& fact, const world::PostgresServer& server) {
  try {
    return pg::Connection(server.address(), fact.database, {}, "UTF8").value(fact.query);
  } catch (const Error& error) {
    return error.message();
  }
}

}  // namespace

std::vector<Fact> fill_zoo(const world::PostgresServer& server) {
  server.query("postgres", std::string("CREATE TABLESPACE \"") + kZooTablespace + "\" LOCATION '" +
                               server.make_folder("aquarium").string() + "'");
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(VYA_ZOO)) files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<Fact> facts;
  for (const fs::path& file : files) {
    const std::vector<std::string> lines = lines_of(file);
    if (!fits(server, lines)) continue;
    server.run_sql_file("postgres", file);
    add_facts(lines, facts);
  }
  return facts;
}

std::vector<std::string> untrue(const std::vector<Fact>& facts,
                                const world::PostgresServer& server) {
  std::vector<std::string> lines;
  for (const Fact& fact : facts) {
    const std::string answer = answer_of(fact, server);
    if (answer != fact.expected) {
      lines.push_back(fact.name + ": '" + answer + "' instead of '" + fact.expected + "'");
    }
  }
  return lines;
}

}  // namespace vya::story
