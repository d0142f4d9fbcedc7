#include "scratch/server_programs.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <sstream>

#include "base/error.h"
#include "base/process.h"

namespace vya {

namespace fs = std::filesystem;

namespace {

struct ProductFacts {
  ServerProduct product;
  const char* name;
  const char* program;
};

constexpr std::array kProducts = {
    ProductFacts{ServerProduct::kPostgresql, "PostgreSQL", "postgres"},
    ProductFacts{ServerProduct::kMariadb, "MariaDB", "mariadbd"},
    ProductFacts{ServerProduct::kMysql, "MySQL", "mysqld"}};

const ProductFacts& facts_of(ServerProduct product) {
  return *std::ranges::find(kProducts, product, &ProductFacts::product);
}

/// `postgres (PostgreSQL) 15.18 (Debian ...)`, `mysqld  Ver 9.7.0 for Linux on x86_64 (...)`.
std::string version_in(ServerProduct product, const std::string& said) {
  const std::string before = product == ServerProduct::kPostgresql ? "(PostgreSQL) " : "Ver ";
  const std::size_t at = said.find(before);
  if (at == std::string::npos) return "";
  const std::size_t begin = at + before.size();
  return said.substr(begin, said.find_first_of(" \n", begin) - begin);
}

/// MariaDB's server is often called mysqld too.
bool is_product(ServerProduct product, const std::string& version) {
  if (product == ServerProduct::kPostgresql) return true;
  return (version.find("MariaDB") != std::string::npos) == (product == ServerProduct::kMariadb);
}

void add_if_runs(ServerProduct product, const fs::path& path, std::vector<ServerProgram>& found) {
  if (::access(path.c_str(), X_OK) != 0) return;
  std::error_code failed;
  const fs::path whole = fs::canonical(path, failed);
  if (failed || std::ranges::find(found, whole, &ServerProgram::program) != found.end()) return;
  try {
    const std::string version = version_in(
        product, run_for_output({.program = whole.string(), .arguments = {"--version"}}));
    const std::optional<ServerSeries> series = series_in(product, version);
    if (series && is_product(product, version))
      found.push_back(
          {.product = product, .series = *series, .version = version, .program = whole});
  } catch (const Error&) {
    // A program that does not even tell its version is not one of those to choose from.
  }
}

void add_folders_in(const fs::path& parent, const std::string& prefix, std::vector<fs::path>& to) {
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(parent, missing)) {
    if (entry.path().filename().string().starts_with(prefix)) to.push_back(entry.path() / "bin");
  }
}

std::vector<fs::path> usual_folders(ServerProduct product) {
  std::vector<fs::path> folders;
  if (product == ServerProduct::kPostgresql) {
    add_folders_in("/usr/lib/postgresql", "", folders);
    add_folders_in("/usr", "pgsql-", folders);
  } else {
    folders = {"/usr/sbin", "/usr/libexec", "/usr/local/mysql/bin"};
  }
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
  const char* path = std::getenv("PATH");
  std::istringstream parts(path != nullptr ? path : "");
  for (std::string folder; std::getline(parts, folder, ':');) {
    if (!folder.empty()) folders.emplace_back(folder);
  }
  return folders;
}

}  // namespace

const char* name_of(ServerProduct product) { return facts_of(product).name; }

ServerProduct product_named(const std::string& name) {
  const auto* found = std::ranges::find(kProducts, name, &ProductFacts::name);
  if (found != kProducts.end()) return found->product;
  throw Error(Fault::kUsage, fmt::format("cannot start a server of '{}': it is not known", name));
}

std::optional<ServerSeries> series_in(ServerProduct product, const std::string& version) {
  ServerSeries series;
  const char* end = version.data() + version.size();
  const auto major = std::from_chars(version.data(), end, series.major);
  if (major.ec != std::errc()) return std::nullopt;
  if (product != ServerProduct::kPostgresql && major.ptr != end && *major.ptr == '.')
    std::from_chars(major.ptr + 1, end, series.minor);
  return series;
}

std::string to_text(ServerProduct product, const ServerSeries& series) {
  if (product == ServerProduct::kPostgresql) return fmt::format("PostgreSQL {}", series.major);
  return fmt::format("{} {}.{}", name_of(product), series.major, series.minor);
}

std::vector<ServerProgram> installed_servers(ServerProduct product,
                                             const std::vector<fs::path>& more) {
  std::vector<fs::path> folders = more;
  for (fs::path& folder : usual_folders(product)) folders.push_back(std::move(folder));
  std::vector<ServerProgram> found;
  for (const fs::path& folder : folders)
    add_if_runs(product, folder / facts_of(product).program, found);
  return found;
}

std::optional<ServerProgram> choose_server(const std::vector<ServerProgram>& servers,
                                           const ServerSeries& least) {
  std::optional<ServerProgram> best;
  for (const ServerProgram& server : servers) {
    if (server.series >= least && (!best || server.series < best->series)) best = server;
  }
  return best;
}

}  // namespace vya
