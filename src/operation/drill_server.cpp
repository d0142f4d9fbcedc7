#include "operation/drill_server.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/bytes.h"
#include "base/error.h"
#include "base/interrupt.h"
#include "operation/open.h"

namespace vya {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMiB = 1024 * 1024;
constexpr std::uint64_t kLeastMemory = 256 * kMiB;
constexpr std::uint64_t kMostMemory = 4096 * kMiB;
constexpr std::uint64_t kShareOfMemory = 4;
// Rows with their indexes take about twice their text; a server of its own some hundred MiB.
constexpr std::uint64_t kDiskForText = 2;
constexpr std::uint64_t kDiskForServer = 512 * kMiB;
constexpr std::chrono::seconds kStartLimit{120};
constexpr std::chrono::milliseconds kLookEvery{100};

/// What the system would give to a program that asks now; nothing where it does not tell.
std::optional<std::uint64_t> available_memory() {
  std::ifstream facts("/proc/meminfo");
  for (std::string word; facts >> word;) {
    std::uint64_t kib = 0;
    if (word == "MemAvailable:" && facts >> kib) return kib * 1024;
  }
  return std::nullopt;
}

std::string folder_for(const Config& config) {
  if (!config.drill.folder.empty()) return config.drill.folder;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
  const char* temporary = std::getenv("TMPDIR");
  return temporary != nullptr && *temporary != '\0' ? temporary : "/var/tmp";
}

void require_room(const std::string& folder, std::uint64_t row_bytes) {
  std::error_code failed;
  const fs::space_info space = fs::space(folder, failed);
  if (failed) {
    throw system_error(Fault::kStorage, fmt::format("cannot look at the folder '{}'", folder),
                       failed.value(), "Name another one in the key 'drill.folder'.");
  }
  const std::uint64_t needed = kDiskForText * row_bytes + kDiskForServer;
  if (space.available < needed) {
    throw Error(Fault::kRefused,
                fmt::format("cannot drill in '{}': about {} are needed and {} are free", folder,
                            human_bytes(needed), human_bytes(space.available)),
                "Name another folder in the key 'drill.folder', or drill a part with "
                "'--database'.");
  }
  const std::optional<std::uint64_t> memory = available_memory();
  if (memory && *memory < kLeastMemory) {
    throw Error(Fault::kRefused,
                fmt::format("cannot drill: a server needs {} of memory and {} are available",
                            human_bytes(kLeastMemory), human_bytes(*memory)),
                "Drill when less is running, or on another machine with '--server'.");
  }
}

std::uint64_t memory_for_server() {
  const std::uint64_t available = available_memory().value_or(4 * kLeastMemory);
  return std::clamp(available / kShareOfMemory, kLeastMemory / 2, kMostMemory);
}

std::string versions_of(const std::vector<ServerProgram>& servers) {
  std::vector<std::string> versions;
  for (const ServerProgram& server : servers) versions.push_back(server.version);
  return versions.empty() ? "none" : fmt::format("{}", fmt::join(versions, ", "));
}

/// A server that is started for the drill.
class StartedServer final : public DrillServer {
 public:
  StartedServer(const DrillServerChoice& choice, const ScratchRequest& request,
                const Instance& source)
      : program_(choice.program),
        tablespaces_(request.tablespaces),
        server_(choice.program, request) {
    instance_.name = source.name;
    instance_.engine = source.engine;
    instance_.user = request.superuser;
    instance_.accept_gaps = source.accept_gaps;
    if (source.engine == EngineKind::kPostgresql) {
      instance_.host = server_.folder().string();
      instance_.port = "5432";
      instance_.sslmode = "disable";
      instance_.open_closed_databases = true;
      const fs::path pg_dump = choice.program.folder() / "pg_dump";
      if (fs::exists(pg_dump)) instance_.pg_dump = pg_dump.string();
    } else {
      instance_.socket = server_.socket().string();
    }
    wait_until_ready();
  }

  const Instance& instance() const override { return instance_; }

  std::string text() const override {
    return fmt::format("{} {}, started for the drill", name_of(program_.product), program_.version);
  }

  std::vector<std::pair<std::string, std::string>> tablespace_folders() const override {
    std::vector<std::pair<std::string, std::string>> folders;
    for (const std::string& name : tablespaces_)
      folders.emplace_back(name, server_.tablespace_folder(name).string());
    return folders;
  }

 private:
  void wait_until_ready() {
    const std::unique_ptr<Engine> engine = open_engine(instance_);
    const auto until = std::chrono::steady_clock::now() + kStartLimit;
    for (;;) {
      throw_if_interrupted();
      if (const std::optional<std::string> how = server_.ended())
        throw Error(Fault::kInternal, fmt::format("cannot start {}: it {}", program_text(), *how));
      try {
        engine->inspect();
        return;
      } catch (const Error& error) {
        if (error.fault() != Fault::kConnection || std::chrono::steady_clock::now() > until) throw;
      }
      std::this_thread::sleep_for(kLookEvery);
    }
  }

  std::string program_text() const {
    return fmt::format("{} {} ('{}')", name_of(program_.product), program_.version,
                       program_.program.string());
  }

  ServerProgram program_;
  std::vector<std::string> tablespaces_;
  ScratchServer server_;
  Instance instance_;
};

/// A server of the configuration.
class ConfiguredServer final : public DrillServer {
 public:
  ConfiguredServer(const Instance& instance, const Instance& source, const Manifest& manifest)
      : instance_(instance) {
    const std::unique_ptr<Engine> engine = open_engine(instance_);
    const ServerFacts facts = engine->inspect();
    text_ = fmt::format("{} {}, '{}'", facts.product, facts.version, instance_.name);
    if (is_reached_as(source) || is_same_server(facts, manifest)) {
      throw Error(Fault::kRefused,
                  fmt::format("cannot drill on '{}': it is the server that the backup is of",
                              instance_.name),
                  "Name an empty server, or let the drill start one.");
    }
    require_empty(*engine);
  }

  const Instance& instance() const override { return instance_; }
  std::string text() const override { return text_; }
  std::vector<std::pair<std::string, std::string>> tablespace_folders() const override {
    return {};
  }

 private:
  bool is_reached_as(const Instance& source) const {
    return instance_.host == source.host && instance_.port == source.port &&
           instance_.socket == source.socket && instance_.service == source.service;
  }

  /// MariaDB's id is made of the machine and the port (server_uid), so two of one machine can share
  /// it.
  static bool is_same_server(const ServerFacts& facts, const Manifest& manifest) {
    return facts.system_id == manifest.system_id &&
           facts.product != name_of(ServerProduct::kMariadb);
  }

  /// An engine may say that there is nothing to back up by an error.
  static std::vector<std::string> databases_of(Engine& engine) {
    try {
      const Examination found = engine.examine({});
      std::vector<std::string> names = found.left_out;
      for (const Database& database : found.databases) names.push_back(database.name);
      return names;
    } catch (const Error& error) {
      if (error.fault() != Fault::kNotFound) throw;
      return {};
    }
  }

  void require_empty(Engine& engine) const {
    std::vector<std::string> names = databases_of(engine);
    // Every PostgreSQL server has these; what is in them the plan of the restore looks at.
    std::erase(names, "postgres");
    std::erase(names, "template1");
    if (names.empty()) return;
    throw Error(Fault::kRefused,
                fmt::format("cannot drill on '{}': it is not empty, it has the databases {}",
                            instance_.name, fmt::join(names, ", ")),
                "Name an empty server, or let the drill start one.");
  }

  Instance instance_;
  std::string text_;
};

}  // namespace

DrillServerChoice choose_drill_server(const DrillServerRequest& request) {
  const ServerProduct product = product_named(request.manifest.product);
  const std::optional<ServerSeries> series = series_in(product, request.manifest.version);
  if (!series)
    throw Error(Fault::kCheckFailed, fmt::format("cannot read the version '{}' of the backup",
                                                 request.manifest.version));
  const std::vector<ServerProgram> installed = installed_servers(
      product, {request.config.drill.programs.begin(), request.config.drill.programs.end()});
  const std::optional<ServerProgram> program = choose_server(installed, *series);
  if (!program) {
    throw Error(
        Fault::kNotFound,
        fmt::format("cannot drill: this machine has no {} or later (installed: {})",
                    to_text(product, *series), versions_of(installed)),
        "Install one, name its folder in 'drill.programs', or an empty server with '--server'.");
  }
  DrillServerChoice choice{.program = *program, .folder = folder_for(request.config)};
  require_room(choice.folder, request.row_bytes);
  return choice;
}

std::unique_ptr<DrillServer> open_drill_server(const DrillServerRequest& request,
                                               const ServerNeeds& needs) {
  if (!request.server.empty()) {
    return std::make_unique<ConfiguredServer>(request.config.instance(request.server),
                                              request.instance, request.manifest);
  }
  const DrillServerChoice choice = choose_drill_server(request);
  ScratchRequest scratch{.parent = choice.folder,
                         .superuser = needs.superuser,
                         .init_options = needs.init_options,
                         .options = needs.options,
                         .tablespaces = needs.tablespaces,
                         .memory = memory_for_server()};
  const std::vector<std::string>& more = request.instance.drill.options;
  scratch.options.insert(scratch.options.end(), more.begin(), more.end());
  return std::make_unique<StartedServer>(choice, scratch, request.instance);
}

}  // namespace vya
