#include "tests/story/vya.h"

#include <algorithm>
#include <fstream>

namespace vya::story {

namespace fs = std::filesystem;

void Vya::add(const std::string& instance, const world::PostgresServer& server, const std::string& more) {
  add(instance, "{engine: postgresql, host: " + server.host() + ", port: " + server.port() +
                    ", user: " + server.superuser() + (more.empty() ? "" : ", " + more) + "}");
}

void Vya::add(const std::string& instance, const std::string& yaml) {
  instances_[instance] = yaml;
  write_config();
}

void Vya::write_config() const {
  std::ofstream config(folder_ / "vya.yaml");
  config << "repository: " << repository().string() << "\ninstances:\n";
  for (const auto& [name, yaml] : instances_) config << "  " << name << ": " << yaml << "\n";
}

world::Start Vya::command(std::vector<std::string> arguments) const {
  return {.program = VYA_PROGRAM,
          .arguments = std::move(arguments),
          .environment = {{"VYA_CONFIG", (folder_ / "vya.yaml").string()}}};
}

world::Ended Vya::run(std::vector<std::string> arguments) const { return world::run(command(std::move(arguments))); }

std::vector<fs::path> Vya::files(const std::string& ending) const {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(repository())) {
    if (entry.is_regular_file() && entry.path().string().ends_with(ending)) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace vya::story
