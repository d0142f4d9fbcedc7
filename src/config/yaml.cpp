#include "config/yaml.h"

#include <yaml-cpp/yaml.h>

namespace vya {

namespace {

// The deepest place of a configuration is instances.NAME.include[i]. The bound also ends a list
// that holds itself by an alias.
constexpr int kDeepest = 6;

int line_of(const YAML::Mark& mark) { return mark.is_null() ? 1 : mark.line + 1; }

YamlValue convert(const YAML::Node& node, int depth, Problems& problems);

void convert_entries(const YAML::Node& node, int depth, YamlValue& to, Problems& problems) {
  for (const auto& entry : node) {
    const int line = line_of(entry.first.Mark());
    if (!entry.first.IsScalar()) {
      problems.add(line, "", "a key is not a text; keys are single words");
      continue;
    }
    to.entries.push_back({entry.first.Scalar(), line, convert(entry.second, depth + 1, problems)});
  }
}

YamlValue convert(const YAML::Node& node, int depth, Problems& problems) {
  YamlValue value;
  value.line = line_of(node.Mark());
  if (depth > kDeepest) {
    problems.add(value.line, "", "nested too deeply; no key of the configuration lies so deep");
    return value;
  }
  if (node.IsScalar()) {
    value.kind = YamlValue::Kind::kText;
    value.text = node.Scalar();
  } else if (node.IsSequence()) {
    value.kind = YamlValue::Kind::kList;
    for (const YAML::Node& item : node) value.items.push_back(convert(item, depth + 1, problems));
  } else if (node.IsMap()) {
    value.kind = YamlValue::Kind::kMap;
    convert_entries(node, depth, value, problems);
  }
  return value;
}

// yaml-cpp ends some messages with a colon and a piece of the text, which may be a password.
std::string without_values(const std::string& message) {
  return message.substr(0, message.find(": "));
}

}  // namespace

YamlValue read_yaml(std::string_view text, Problems& problems) {
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(std::string(text));
    if (documents.empty()) return {};
    if (documents.size() > 1) {
      problems.add(line_of(documents[1].Mark()), "",
                   "a second document starts; a configuration is one, without '---'");
    }
    return convert(documents[0], 0, problems);
  } catch (const YAML::Exception& e) {
    problems.add(line_of(e.mark), "",
                 "this is not YAML: " + without_values(e.msg) +
                     "; look at the indentation, colons and quotes up to here");
    return {};
  }
}

}  // namespace vya
