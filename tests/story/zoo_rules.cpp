#include "tests/story/zoo_rules.h"

#include "tests/world/regex.h"

namespace vya::story {

namespace {

/// A rule that replaces what the expression finds.
Rule replacing(const std::string& name, const std::string& expression, const std::string& by) {
  return {.name = name, .in_one_way = [pattern = std::regex(expression), by](const std::string& l) {
            return std::regex_replace(l, pattern, by);
          }};
}

bool crosses(const world::PostgresServer& source, const world::PostgresServer& restored,
             int major) {
  return source.major() < major && restored.major() >= major;
}

}  // namespace

Rule tablespace_folder() {
  return {.name = "a tablespace is in another folder", .explains = [](const std::string& line) {
            return line.find(" TABLESPACE \"Aquarium\" ") != std::string::npos &&
                   line.find(" LOCATION ") != std::string::npos;
          }};
}

Rule multiranges() {
  return {.name = "a range type has a multirange type", .explains = [](const std::string& line) {
            return line.starts_with(">     multirange_type_name = zoo.w") &&
                   line.ends_with("_multirange,");
          }};
}

Rule names_in_views() {
  return replacing(
      "views are written without needless names",
      R"((^ .*|^  .*)\b(animals|hungry|upwards|tree|first_of_ring|counted_animals|s)\.)", "$1");
}

Rule membership_options() {
  return replacing(
      "memberships have more options",
      R"(^(GRANT [^ ]+|GRANT "[^"]+")( TO .*?)( WITH ADMIN OPTION)?(,| WITH)? ?(INHERIT (TRUE|FALSE))?( GRANTED BY .*)?;$)",
      "$1$2$3;");
}

Rule maintenance() {
  return {
      .name = "owners may maintain",
      .explains =
          [](const std::string& line) {
            return line ==
                   "> ALTER DEFAULT PRIVILEGES FOR ROLE loner GRANT MAINTAIN ON TABLES TO loner;";
          },
      .in_one_way =
          [](const std::string& line) {
            static const std::regex kAll(
                "REVOKE SELECT,INSERT,REFERENCES,DELETE,TRIGGER,TRUNCATE,UPDATE ON");
            static const std::regex kOwner("GRANT INSERT,MAINTAIN ON TABLE zoo.diary TO");
            return std::regex_replace(std::regex_replace(line, kAll, "REVOKE ALL ON"), kOwner,
                                      "GRANT INSERT ON TABLE zoo.diary TO");
          }};
}

Rule not_null_names() {
  return replacing("a NOT NULL has a name", R"( CONSTRAINT [^ ]+_not_null NOT NULL)", " NOT NULL");
}

std::vector<Rule> rules_between(const world::PostgresServer& source,
                                const world::PostgresServer& restored) {
  std::vector<Rule> rules = {tablespace_folder()};
  if (crosses(source, restored, 14)) rules.push_back(multiranges());
  if (crosses(source, restored, 16)) {
    rules.push_back(names_in_views());
    rules.push_back(membership_options());
  }
  if (crosses(source, restored, 17)) rules.push_back(maintenance());
  if (crosses(source, restored, 18)) rules.push_back(not_null_names());
  return rules;
}

}  // namespace vya::story
