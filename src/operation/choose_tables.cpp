#include "operation/choose_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "base/error.h"
#include "config/config.h"
#include "engine/postgresql/table_entries.h"

namespace vya {

namespace {

pg::TableEntries read_entries(const BackupContents& contents, const Database& database) {
  const std::unique_ptr<Source> source = contents.read({DocumentKind::kSchema, database.number});
  if (!source) {
    throw Error(
        Fault::kCheckFailed,
        fmt::format("cannot read the backup: it has no schema of database '{}'", database.name));
  }
  pg::TableEntries entries;
  pg::read_entries_json(*source, [&](const pg::Entry& entry) { entries.add(entry); });
  return entries;
}

[[noreturn]] void refuse_unknown(const pg::TableEntries& entries, const TablePath& path) {
  if (entries.has_object(path.table.schema, path.table.name)) {
    throw Error(Fault::kNotFound, fmt::format("'{}' is no table", to_text(path)),
                "Only tables are restored by themselves.");
  }
  std::vector<std::string> names;
  for (const TableName& table : entries.tables()) names.push_back(to_text({path.database, table}));
  const std::optional<std::string> meant = nearest(to_text(path), names);
  throw Error(Fault::kNotFound, fmt::format("the backup has no table '{}'", to_text(path)),
              meant ? fmt::format("Did you mean '{}'?", *meant)
                    : fmt::format("Database '{}' has {} tables, and none of a name like it.",
                                  path.database, names.size()));
}

}  // namespace

ChosenTableNames choose_tables(const BackupContents& contents,
                               const std::vector<RenamedTable>& tables) {
  ChosenTableNames chosen;
  std::map<int, pg::TableEntries> databases;
  for (const RenamedTable& table : tables) {
    const auto database =
        std::ranges::find(contents.databases(), table.path.database, &Database::name);
    if (!databases.contains(database->number))
      databases.emplace(database->number, read_entries(contents, *database));
    const pg::TableEntries& entries = databases.at(database->number);
    const std::set<TableName> holders = entries.with_partitions(table.path.table);
    if (holders.empty()) refuse_unknown(entries, table.path);
    for (const TableName& name : holders) chosen.holders.insert({database->number, name});
    chosen.choices.push_back({database->number, table.path.table, table.name_on_target});
  }
  return chosen;
}

}  // namespace vya
