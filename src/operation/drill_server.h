// The empty server that a drill restores onto: one that is started for it, or one that the
// configuration names.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "config/config.h"
#include "engine/server_needs.h"
#include "operation/progress.h"
#include "repository/manifest.h"
#include "scratch/scratch_server.h"

namespace vya {

/// Ends the server that was started, and removes what was made of it.
class DrillServer {
 public:
  virtual ~DrillServer() = default;

  /// How it is reached.
  virtual const Instance& instance() const = 0;
  /// `PostgreSQL 15.18, started for the drill`.
  virtual std::string text() const = 0;
  /// Tablespace -> a folder of the server's.
  virtual std::vector<std::pair<std::string, std::string>> tablespace_folders() const = 0;
};

struct DrillServerRequest {
  const Config& config;
  const Instance& instance;  ///< whose backup it is
  const Manifest& manifest;
  std::uint64_t row_bytes = 0;  ///< of what is restored
  std::string server;           ///< a configured instance; empty: one is started
};

/// Where a started server would be, and with which programs.
struct DrillServerChoice {
  ServerProgram program;
  std::string folder;
};

/// Throws Error(kNotFound) when no server of this machine will do, and Error(kRefused) when there
/// is not enough disk or memory for it.
DrillServerChoice choose_drill_server(const DrillServerRequest& request);

/// Throws as choose_drill_server() does, Error(kRefused) when the configured server is the source
/// or holds data, and Error when the server does not start.
std::unique_ptr<DrillServer> open_drill_server(const DrillServerRequest& request,
                                               const ServerNeeds& needs);

}  // namespace vya
