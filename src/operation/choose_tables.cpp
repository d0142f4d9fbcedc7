#include "operation/choose_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "base/error.h"
#include "config/config.h"
#include "engine/mysql/objects.h"
#include "engine/postgresql/table_entries.h"

namespace vya {

namespace {

constexpr const char* kPostgresql = "PostgreSQL";

/// The tables of one database of a backup, by their names.
class TablesOfBackup {
 public:
  virtual ~TablesOfBackup() = default;
  virtual std::vector<TableName> all() const = 0;
  /// The table and those that hold rows of it. Empty when there is no such table.
  virtual std::set<TableName> with_holders(const TableName& name) const = 0;
  /// Whether there is something else of that name.
  virtual bool has_other(const TableName& name) const = 0;
};

class PostgresqlTables final : public TablesOfBackup {
 public:
  explicit PostgresqlTables(Source& schema) {
    pg::read_entries_json(schema, [&](const pg::Entry& entry) { entries_.add(entry); });
  }
  std::vector<TableName> all() const override { return entries_.tables(); }
  std::set<TableName> with_holders(const TableName& name) const override {
    return entries_.with_partitions(name);
  }
  bool has_other(const TableName& name) const override {
    return entries_.has_object(name.schema, name.name);
  }

 private:
  pg::TableEntries entries_;
};

/// Sequences are tables of their own kind there.
class MysqlTables final : public TablesOfBackup {
 public:
  explicit MysqlTables(Source& schema) {
    mysql::read_objects_json(schema, [&](const mysql::SchemaObject& object) {
      const bool is_table = object.type == "table" || object.type == "sequence";
      (is_table ? tables_ : others_).insert({"", object.name});
    });
  }
  std::vector<TableName> all() const override { return {tables_.begin(), tables_.end()}; }
  std::set<TableName> with_holders(const TableName& name) const override {
    return tables_.contains(name) ? std::set<TableName>{name} : std::set<TableName>{};
  }
  bool has_other(const TableName& name) const override { return others_.contains(name); }

 private:
  std::set<TableName> tables_;
  std::set<TableName> others_;
};

std::unique_ptr<TablesOfBackup> read_tables(const BackupContents& contents,
                                            const Database& database) {
  const std::unique_ptr<Source> source = contents.read({DocumentKind::kSchema, database.number});
  if (!source) {
    throw Error(
        Fault::kCheckFailed,
        fmt::format("cannot read the backup: it has no schema of database '{}'", database.name));
  }
  if (contents.server().product == kPostgresql) return std::make_unique<PostgresqlTables>(*source);
  return std::make_unique<MysqlTables>(*source);
}

/// Tables of PostgreSQL are in schemas, and those of the others are not.
void require_parts(const ServerFacts& server, const TablePath& path) {
  const bool has_schemas = server.product == kPostgresql;
  if (has_schemas != path.table.schema.empty()) return;
  throw Error(Fault::kUsage,
              fmt::format("cannot read '{}' as the name of a table: it has {} schema",
                          to_text(path), has_schemas ? "no" : "a"),
              has_schemas
                  ? "A table of PostgreSQL is named DATABASE.SCHEMA.TABLE."
                  : "A table of MySQL and MariaDB is named DATABASE.TABLE; a part that holds a dot "
                    "stands in double quotes.");
}

[[noreturn]] void refuse_unknown(const TablesOfBackup& tables, const TablePath& path) {
  if (tables.has_other(path.table)) {
    throw Error(Fault::kNotFound, fmt::format("'{}' is no table", to_text(path)),
                "Only tables are restored by themselves.");
  }
  std::vector<std::string> names;
  for (const TableName& table : tables.all()) names.push_back(to_text({path.database, table}));
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
  std::map<int, std::unique_ptr<TablesOfBackup>> databases;
  for (const RenamedTable& table : tables) {
    require_parts(contents.server(), table.path);
    const auto database =
        std::ranges::find(contents.databases(), table.path.database, &Database::name);
    auto& known = databases[database->number];
    if (!known) known = read_tables(contents, *database);
    const std::set<TableName> holders = known->with_holders(table.path.table);
    if (holders.empty()) refuse_unknown(*known, table.path);
    for (const TableName& name : holders) chosen.holders.insert({database->number, name});
    chosen.choices.push_back({database->number, table.path.table, table.name_on_target});
  }
  return chosen;
}

}  // namespace vya
