#include "engine/postgresql/client_programs.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <sstream>

#include "base/error.h"
#include "base/process.h"

namespace vya::pg {

namespace fs = std::filesystem;

namespace {

/// `pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` -> 15
std::optional<int> major_in(const std::string& version_line) {
  constexpr std::string_view kBefore = "(PostgreSQL) ";
  const std::size_t at = version_line.find(kBefore);
  if (at == std::string::npos) return std::nullopt;
  int major = 0;
  const char* begin = version_line.data() + at + kBefore.size();
  if (std::from_chars(begin, version_line.data() + version_line.size(), major).ptr == begin)
    return std::nullopt;
  return major;
}

void add_if_runs(std::vector<ClientProgram>& programs, const fs::path& path) {
  if (::access(path.c_str(), X_OK) != 0) return;
  try {
    const auto major =
        major_in(run_for_output({.program = path.string(), .arguments = {"--version"}}));
    if (major) programs.push_back({path.string(), *major});
  } catch (const Error&) {
    // A program that does not even tell its version is not one of the programs to choose from.
  }
}

void add_versioned(std::vector<ClientProgram>& programs, const fs::path& folder,
                   const std::string& prefix) {
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(folder, missing)) {
    if (entry.path().filename().string().starts_with(prefix)) {
      add_if_runs(programs, entry.path() / "bin/pg_dump");
    }
  }
}

}  // namespace

std::vector<ClientProgram> installed_pg_dumps() {
  std::vector<ClientProgram> programs;
  add_versioned(programs, "/usr/lib/postgresql", "");
  add_versioned(programs, "/usr", "pgsql-");
  const char* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');)
    add_if_runs(programs, fs::path(folder) / "pg_dump");
  return programs;
}

ClientProgram choose_pg_dump(const std::vector<ClientProgram>& programs, int server_major) {
  const ClientProgram* best = nullptr;
  for (const ClientProgram& program : programs) {
    if (program.major >= server_major && (best == nullptr || program.major < best->major))
      best = &program;
  }
  if (best != nullptr) return *best;
  throw Error(
      Fault::kNotFound,
      fmt::format(
          "cannot read the schema: there is no pg_dump of PostgreSQL {} or later on this machine",
          server_major),
      fmt::format("Install the package postgresql-client-{}, or name the program in the instance's "
                  "key 'pg_dump'.",
                  server_major));
}

ClientProgram pg_dump_at(const std::string& path) {
  std::string said;
  try {
    said = run_for_output({.program = path, .arguments = {"--version"}});
  } catch (const Error& e) {
    throw Error(e.fault(), "cannot read the schema: " + e.message(),
                "Correct the instance's key 'pg_dump', or leave it out: the program is then found "
                "by its version.");
  }
  const std::optional<int> major = major_in(said);
  if (!major) throw Error(Fault::kUsage, fmt::format("cannot use '{}': it is no pg_dump", path));
  return {path, *major};
}

}  // namespace vya::pg
