#include "config/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <optional>
#include <sstream>

namespace vya {

namespace {

// The deepest place of a configuration is instances.NAME.include[i]. The bound also ends a list
// that holds itself by an alias.
constexpr int kDeepest = 6;

// A few aliases of lists of aliases are more values than any memory holds.
constexpr std::size_t kMostValues = 100'000;

int line_of(const YAML::Mark& mark) { return mark.is_null() ? 1 : mark.line + 1; }

/// Makes plain values of yaml-cpp's nodes, up to the first that no configuration has.
class Conversion {
 public:
  explicit Conversion(Problems& problems) : problems_(problems) {}

  YamlValue value(const YAML::Node& node, int depth) {
    YamlValue value;
    value.line = line_of(node.Mark());
    if (depth > kDeepest) {
      give_up(value.line, "nested too deeply; no key of the configuration lies so deep");
    } else if (++values_ > kMostValues) {
      give_up(value.line, "too many values up to here; use fewer aliases");
    } else if (node.IsScalar()) {
      value.kind = YamlValue::Kind::kText;
      value.text = node.Scalar();
    } else if (node.IsSequence()) {
      value.kind = YamlValue::Kind::kList;
      add_items(node, depth, value);
    } else if (node.IsMap()) {
      value.kind = YamlValue::Kind::kMap;
      add_entries(node, depth, value);
    }
    return value;
  }

 private:
  void add_items(const YAML::Node& node, int depth, YamlValue& to) {
    for (const YAML::Node& item : node) {
      to.items.push_back(value(item, depth + 1));
      if (gave_up_) return;
    }
  }

  void add_entries(const YAML::Node& node, int depth, YamlValue& to) {
    for (const auto& entry : node) {
      const int line = line_of(entry.first.Mark());
      if (entry.first.IsScalar()) {
        to.entries.push_back({entry.first.Scalar(), line, value(entry.second, depth + 1)});
      } else {
        give_up(line, "a key is not a text; keys are single words");
      }
      if (gave_up_) return;
    }
  }

  void give_up(int line, const std::string& why) {
    problems_.add(line, "", why);
    gave_up_ = true;
  }

  Problems& problems_;
  std::size_t values_ = 0;
  bool gave_up_ = false;
};

/// Remembers where the last document started.
class DocumentStart final : public YAML::EventHandler {
 public:
  int line() const { return line_; }

  void OnDocumentStart(const YAML::Mark& mark) override { line_ = line_of(mark); }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}

 private:
  int line_ = 1;
};

/// The line in which a second document starts. Not by YAML::LoadAll: of a text that is only a comma
/// it makes documents until the memory ends (yaml-cpp 0.7).
std::optional<int> second_document(const std::string& yaml) {
  std::istringstream text(yaml);
  YAML::Parser parser(text);
  DocumentStart start;
  if (!parser.HandleNextDocument(start) || !parser.HandleNextDocument(start)) return std::nullopt;
  return start.line();
}

// yaml-cpp ends some messages with a colon and a piece of the text, which may be a password.
std::string without_values(const std::string& message) {
  return message.substr(0, message.find(": "));
}

}  // namespace

YamlValue read_yaml(std::string_view text, Problems& problems) {
  try {
    const std::string yaml(text);
    if (const std::optional<int> line = second_document(yaml)) {
      problems.add(*line, "", "a second document starts; a configuration is one, without '---'");
    }
    return Conversion(problems).value(YAML::Load(yaml), 0);
  } catch (const YAML::Exception& e) {
    problems.add(line_of(e.mark), "",
                 "this is not YAML: " + without_values(e.msg) +
                     "; look at the indentation, colons and quotes up to here");
    return {};
  }
}

}  // namespace vya
