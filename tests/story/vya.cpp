#include "tests/story/vya.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace vya::story {

namespace fs = std::filesystem;

void Vya::add(const std::string& instance, const world::PostgresServer& server,
              const std::string& more) {
  add(instance, "{engine: postgresql, host: " + server.host() + ", port: " + server.port() +
                    ", user: " + server.superuser() + (more.empty() ? "" : ", " + more) + "}");
}

void Vya::add(const std::string& instance, const std::string& yaml) {
  instances_[instance] = yaml;
  write_config();
}

void Vya::set_drills(const std::string& yaml) {
  drills_ = yaml;
  write_config();
}

void Vya::write_config() const {
  std::ofstream config(folder_ / "vya.yaml");
  config << "repository: " << repository().string() << "\n";
  if (!drills_.empty()) config << "drill: " << drills_ << "\n";
  config << "instances:\n";
  for (const auto& [name, yaml] : instances_) config << "  " << name << ": " << yaml << "\n";
}

world::Start Vya::command(std::vector<std::string> arguments) const {
  world::Start start{.program = VYA_PROGRAM,
                     .arguments = std::move(arguments),
                     .environment = {{"VYA_CONFIG", (folder_ / "vya.yaml").string()}},
                     .input = {},
                     .folder = {}};
  start.environment.insert(start.environment.end(), environment_.begin(), environment_.end());
  return start;
}

world::Ended Vya::run(std::vector<std::string> arguments) const {
  return world::run(command(std::move(arguments)));
}

std::vector<fs::path> Vya::files(const std::string& ending) const {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(repository())) {
    if (entry.is_regular_file() && entry.path().string().ends_with(ending))
      found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

std::vector<std::string> Vya::backups() const {
  std::vector<std::string> ids;
  std::istringstream lines(run({"list"}).output);
  for (std::string line; std::getline(lines, line);) {
    const std::string first = line.substr(0, line.find(' '));
    if (first.find('/') != std::string::npos) ids.push_back(first);
  }
  return ids;
}

}  // namespace vya::story
