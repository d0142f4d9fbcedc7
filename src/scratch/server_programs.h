// The servers that are installed on this machine.
#pragma once

#include <compare>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace vya {

enum class ServerProduct { kPostgresql, kMariadb, kMysql };

/// As servers and manifests write it: `PostgreSQL`, `MariaDB`, `MySQL`.
const char* name_of(ServerProduct product);
/// Throws Error(kUsage) for any other word.
ServerProduct product_named(const std::string& name);

/// What backups cross only upwards: `15` is {15, 0}, `10.11.19-MariaDB` is {10, 11}.
struct ServerSeries {
  int major = 0;
  int minor = 0;
  auto operator<=>(const ServerSeries&) const = default;
};

/// The first of a version's numbers that count for the product. Nothing when there is none.
std::optional<ServerSeries> series_in(ServerProduct product, const std::string& version);
std::string to_text(ServerProduct product, const ServerSeries& series);

struct ServerProgram {
  ServerProduct product = ServerProduct::kPostgresql;
  ServerSeries series;
  std::string version;            ///< as it says itself: `15.18`, `10.11.19-MariaDB`
  std::filesystem::path program;  ///< the server's own

  std::filesystem::path folder() const { return program.parent_path(); }
};

/// Those in the folders where packages put them, in PATH, and in `more` folders.
std::vector<ServerProgram> installed_servers(ServerProduct product,
                                             const std::vector<std::filesystem::path>& more);

/// The one of the lowest series that is not below `least`; nothing when there is none. Pure.
std::optional<ServerProgram> choose_server(const std::vector<ServerProgram>& servers,
                                           const ServerSeries& least);

}  // namespace vya
