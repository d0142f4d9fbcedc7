#include "engine/mysql/preflight.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "engine/mysql/quote.h"
#include "engine/mysql/sql_tokens.h"

namespace vya::mysql {

namespace {

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

class Look {
 public:
  Look(const DatabaseModel& database, const TargetFacts& target)
      : database_(database), target_(target) {}

  std::vector<std::string> refusals() {
    who_ = "database " + quote_name(database_.name());
    require_charset(database_.itself.charset);
    require_collation(database_.itself.collation);
    for (const SchemaObject& object : database_.objects) {
      who_ = object.type + " " + quote_name(database_.name(), object.name);
      if (object.type == "table") {
        look_at_table(object);
      } else {
        require_charset(object.charset);
        require_collation(object.connection_collation);
        require_collation(object.database_collation);
      }
    }
    std::vector<std::string> all;
    for (const auto& [what, who] : missing_)
      all.push_back(fmt::format("{} needs {}, which the target does not have", who, what));
    return all;
  }

 private:
  void look_at_table(const SchemaObject& table);

  void require(const std::set<std::string>& there, const std::string& name,
               const std::string& what) {
    if (!name.empty() && !there.contains(name)) missing_.emplace(what + " '" + name + "'", who_);
  }

  void require_charset(const std::optional<std::string>& name) {
    require(target_.charsets, by_its_name_in(target_.charsets, name.value_or("")),
            "the character set");
  }

  void require_collation(const std::optional<std::string>& name) {
    require(target_.collations, by_its_name_in(target_.collations, name.value_or("")),
            "the collation");
  }

  /// Older servers say `utf8` where newer ones say `utf8mb3`, and newer ones read both.
  static std::string by_its_name_in(const std::set<std::string>& there, const std::string& name) {
    const bool old = name == "utf8" || name.starts_with("utf8_");
    return old && !there.contains(name) ? "utf8mb3" + name.substr(4) : name;
  }

  const DatabaseModel& database_;
  const TargetFacts& target_;
  std::string who_;                             ///< needs what is looked for
  std::map<std::string, std::string> missing_;  ///< what, and who was first to need it
};

void Look::look_at_table(const SchemaObject& table) {
  require_collation(table.collation);
  for (const ObjectColumn& column : table.columns) require_charset(column.charset);
  std::vector<SqlToken> tokens = sql_tokens(table.definition);
  std::erase_if(tokens, is_blank);
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (is_word(tokens[i], "COLLATE")) {
      const SqlToken& named = tokens[i + (is_symbol(tokens[i + 1], '=') ? 2 : 1)];
      require_collation(name_in(named));
    } else if (is_word(tokens[i], "ENGINE") && is_symbol(tokens[i + 1], '=')) {
      require(target_.engines, lower(name_in(tokens[i + 2])), "the storage engine");
    } else if (is_word(tokens[i], "WITH") && is_word(tokens[i + 1], "PARSER")) {
      require(target_.plugins, lower(name_in(tokens[i + 2])), "the full-text parser");
    }
  }
}

}  // namespace

std::vector<std::string> missing_for(const DatabaseModel& database, const TargetFacts& target) {
  return Look(database, target).refusals();
}

}  // namespace vya::mysql
