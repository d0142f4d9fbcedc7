#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "engine/postgresql/reference.h"
#include "stream/lines.h"

namespace vya::pg {

namespace {

using Json = nlohmann::ordered_json;

/// Settings that say where a server lies: another server's are never of use.
constexpr std::array<std::string_view, 8> kPlaces = {
    "config_file", "data_directory", "external_pid_file",       "hba_file",
    "ident_file",  "port",           "unix_socket_directories", "cluster_name"};

std::string text_of(const Json& line, const char* key) {
  const auto found = line.find(key);
  if (found == line.end()) return "";
  if (found->is_number() || found->is_boolean()) return found->dump();
  if (!found->is_array()) return found->get<std::string>();
  std::string joined;
  for (const Json& part : *found) joined += (joined.empty() ? "" : ",") + part.get<std::string>();
  return joined;
}

std::string joined_words(const Json& line, std::initializer_list<const char*> keys) {
  std::string text;
  for (const char* key : keys) {
    const std::string word = text_of(line, key);
    if (!word.empty()) text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

/// The line's sentence, or empty for what is not to be shown.
std::string sentence(const Json& line) {
  const std::string kind = text_of(line, "kind");
  if (kind == "setting") {
    const std::string name = text_of(line, "name");
    if (std::ranges::find(kPlaces, name) != kPlaces.end()) return "";
    return name + " = " + joined_words(line, {"value", "unit"});
  }
  if (kind == "hba") {
    return "pg_hba.conf: " + joined_words(line, {"type", "database", "user_name", "address",
                                                 "netmask", "auth_method", "options"});
  }
  if (kind == "ident") {
    return "pg_ident.conf: " + joined_words(line, {"map_name", "sys_name", "pg_username"});
  }
  return "";
}

std::vector<std::string> sentences(Source& document) {
  std::vector<std::string> all;
  LineReader lines(document);
  for (int number = 1; const auto line = lines.next(); ++number) {
    try {
      if (std::string text = sentence(Json::parse(*line)); !text.empty()) {
        all.push_back(std::move(text));
      }
    } catch (const Json::exception& e) {
      throw Error(Fault::kCheckFailed, "cannot read line " + std::to_string(number) +
                                           " of the server's settings: " + e.what());
    }
  }
  return all;
}

}  // namespace

std::vector<std::string> reference_lines(Source& backup, Source& target) {
  const std::vector<std::string> here = sentences(target);
  const std::set<std::string> known(here.begin(), here.end());
  std::vector<std::string> lines = sentences(backup);
  std::erase_if(lines, [&](const std::string& line) { return known.contains(line); });
  return lines;
}

}  // namespace vya::pg
