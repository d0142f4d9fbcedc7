// Finding and reading the configuration's file, and looking up an instance in it.
#include "config/config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include "base/file.h"

namespace vya {

namespace {

constexpr const char* kSystemWide = "/etc/vya/vya.yaml";
constexpr const char* kHere = "vya.yaml";

bool exists(const std::filesystem::path& path) {
  std::error_code ignored;  // a folder we may not look into holds no configuration for us
  return std::filesystem::exists(path, ignored);
}

std::filesystem::path require(const std::string& path, const std::string& named_by) {
  if (exists(path)) return path;
  throw Error(Fault::kUsage,
              fmt::format("cannot read the configuration '{}' named by {}: there is no such file",
                          path, named_by),
              "Name the file with --config, or write it.");
}

}  // namespace

std::filesystem::path find_config(const std::optional<std::string>& named) {
  if (named) return require(*named, "--config");
  if (const char* variable = std::getenv("VYA_CONFIG"); variable != nullptr && *variable != '\0') {
    return require(variable, "$VYA_CONFIG");
  }
  for (const char* place : {kHere, kSystemWide}) {
    if (exists(place)) return place;
  }
  throw Error(
      Fault::kUsage,
      fmt::format(
          "cannot find a configuration: --config and $VYA_CONFIG name none, and there is no "
          "'./{}' and no '{}'",
          kHere, kSystemWide),
      "Write one of these files, or name yours with --config.");
}

Config read_config(const std::filesystem::path& file) {
  const std::optional<std::string> text = read_file(file);
  if (!text) {
    throw Error(Fault::kUsage,
                "cannot read the configuration '" + file.string() + "': there is no such file",
                "Name the file with --config, or write it.");
  }
  return parse_config(*text, file);
}

const Instance& Config::instance(std::string_view name) const {
  const auto found = std::ranges::find(instances, name, &Instance::name);
  if (found != instances.end()) return *found;
  std::vector<std::string> names;
  for (const Instance& known : instances) names.push_back(known.name);
  const std::optional<std::string> meant = nearest(name, names);
  throw Error(Fault::kNotFound,
              fmt::format("there is no instance '{}' in '{}'", name, file.string()),
              meant ? fmt::format("Did you mean '{}'?", *meant)
                    : fmt::format("The instances are: {}.", fmt::join(names, ", ")));
}

std::vector<std::string> Config::backed_up() const {
  std::vector<std::string> names;
  for (const Instance& instance : instances) {
    if (!instance.restore_only) names.push_back(instance.name);
  }
  return names;
}

}  // namespace vya
