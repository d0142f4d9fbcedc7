#include "engine/mysql/server_needs.h"

#include <array>

#include "engine/mysql/backup_model.h"

namespace vya::mysql {

namespace {

// What is fixed when a server is made: how names are kept, and how long a row can be.
constexpr std::array kOfDataFolder = {"lower_case_table_names", "innodb_page_size"};

// What statements that make things, and comparisons with the source, depend on. Not all servers
// have all of them.
constexpr std::array kOfServer = {
    "character_set_server", "collation_server", "explicit_defaults_for_timestamp",
    "partial_revokes",      "mandatory_roles",  "innodb_ft_min_token_size",
    "ft_min_word_len"};

template <std::size_t kSize>
std::vector<std::string> set(const Flavor& source, const std::array<const char*, kSize>& names,
                             const std::string& before) {
  std::vector<std::string> options;
  for (const char* name : names) {
    if (const std::string value = source.variable(name); !value.empty())
      options.push_back(before + name + "=" + value);
  }
  return options;
}

}  // namespace

ServerNeeds server_needs(const BackupContents& contents) {
  const Flavor source = read_backup(contents).source;
  return {.superuser = "root",
          .init_options = set(source, kOfDataFolder, "--"),
          .options = set(source, kOfServer, ""),
          .tablespaces = {}};
}

}  // namespace vya::mysql
