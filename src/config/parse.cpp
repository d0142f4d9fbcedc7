// From the text of a configuration to values: the keys at the top, and the instances' names.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "config/config.h"
#include "config/drill_keys.h"
#include "config/field.h"
#include "config/instance_keys.h"

namespace vya {

namespace {

bool is_name(std::string_view name) {
  const auto starts = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  const auto continues = [&](char c) { return starts(c) || c == '.' || c == '_' || c == '-'; };
  return !name.empty() && starts(name[0]) && std::ranges::all_of(name, continues);
}

// Folders of the repository's own beside the instances' (docs/format/).
bool is_reserved(std::string_view name) { return name == "evidence" || name == "leases"; }

void read_repository(const Field& field, Config& to) {
  const std::optional<std::string> place = field.text();
  if (!place) return;
  if (place->find("://") != std::string::npos) {
    field.complain(fmt::format("'{}' is not supported yet; only folders are", *place));
    return;
  }
  if (std::optional<std::string> path = field.file_path(*place)) to.repository = std::move(*path);
}

void read_instances(const Field& field, Config& to) {
  bool any = false;
  const bool is_map = field.each([&](const std::string& name, const Field& instance) {
    any = true;
    if (!is_name(name)) {
      instance.complain(
          "this is no name of an instance; write small letters, digits, '.', '_' and '-', "
          "beginning with a letter or "
          "digit");
    } else if (is_reserved(name)) {
      instance.complain("the repository has a folder of this name for itself; choose another name");
    }
    to.instances.push_back(read_instance(name, instance));
  });
  if (is_map && !any) field.complain("names no instance; write at least one");
}

void read_root(const Field& root, Config& to) {
  std::set<std::string> given;
  const bool is_map = root.each([&](const std::string& key, const Field& value) {
    given.insert(key);
    if (key == "repository") {
      read_repository(value, to);
    } else if (key == "instances") {
      read_instances(value, to);
    } else if (key == "drill") {
      to.drill = read_drill_place(value);
    } else {
      root.unknown_key(value, key, {"repository", "instances", "drill"});
    }
  });
  if (!is_map) return;
  if (!given.contains("repository")) {
    root.complain("the key 'repository' is missing; write the folder for the backups");
  }
  if (!given.contains("instances")) {
    root.complain("the key 'instances' is missing; write the servers to back up, by name");
  }
}

}  // namespace

Config parse_config(std::string_view text, const std::filesystem::path& file) {
  Problems problems(file.string());
  const YamlValue root = read_yaml(text, problems);
  problems.throw_if_any();  // what is no YAML would only give more complaints of keys that are not
                            // there
  Config config;
  config.file = file;
  FieldSurroundings around{problems, std::filesystem::absolute(file).parent_path()};
  if (root.kind == YamlValue::Kind::kNothing) {
    problems.add(1, "", "the file is empty; write the keys 'repository' and 'instances'");
  } else {
    read_root(Field(root, root.line, "", around), config);
  }
  problems.throw_if_any();
  return config;
}

}  // namespace vya
