// The definitions of databases and of what is in them, as the server writes them, each with the
// surroundings that its meaning depends on; and what the server has beside its databases.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/mysql/connection.h"
#include "engine/mysql/flavor.h"
#include "stream/contents.h"
#include "stream/sink.h"

namespace vya::mysql {

/// A column of a table, as a restore needs it to load rows.
struct ObjectColumn {
  std::string name;
  std::string type;
  std::optional<std::string> charset;
  bool generated = false;
  bool operator==(const ObjectColumn&) const = default;
};

/// One object with its definition. What an object does not have is absent.
struct SchemaObject {
  std::string type;  ///< `database`, `sequence`, `table`, `function`, `procedure`, `package`,
                     ///< `package body`, `view`, `trigger`, `event`: the order of a restore
  std::string name;
  std::string definition;            ///< the statement, as the server shows it
  std::optional<std::string> table;  ///< of a trigger
  std::optional<std::string> definer;
  std::optional<std::string> sql_mode;
  std::optional<std::string> charset;               ///< of a database; else of the definer's client
  std::optional<std::string> collation;             ///< of a database or table
  std::optional<std::string> connection_collation;  ///< of the definer's session
  std::optional<std::string> database_collation;    ///< when it was defined
  std::optional<std::string> time_zone;             ///< of an event
  std::optional<std::string> value;                 ///< of a sequence: its next value
  std::optional<std::string> broken;  ///< of a view whose tables are gone: what the server says
  std::vector<ObjectColumn> columns;  ///< of a table
  bool operator==(const SchemaObject&) const = default;
};

/// Calls `visit` with the objects of a database, in the order in which they can be made. What the
/// user may not see is added to the gaps.
void read_objects(Connection& connection, const Flavor& flavor, const std::string& database,
                  std::vector<Gap>& gaps, const std::function<void(const SchemaObject&)>& visit);

/// As one JSON line, and back.
void write_json(const SchemaObject& object, Sink& to);
void read_objects_json(Source& from, const std::function<void(SchemaObject)>& visit);

/// Something that belongs to the server: a plugin, a component, a function of a library, the
/// connection to another server. For reference, without secrets.
struct ServerObject {
  std::string type;  ///< `server`, `plugin`, `component`, `function`, `foreign server`
  std::string name;
  std::vector<std::pair<std::string, std::string>> properties;
};

/// Where the binary log was at the snapshot's moment; empty where nobody knows.
struct LogPosition {
  std::string file_and_offset;
  std::string gtid;
};

/// What the server has beside its databases, but for accounts.
std::vector<ServerObject> read_server_objects(Connection& connection, const Flavor& flavor,
                                              const LogPosition& position, std::vector<Gap>& gaps);

void write_json(const ServerObject& object, Sink& to);

/// A database of the server whose content is not in the backup, and the names that the lines say.
ServerObject other_database(const std::string& name);
std::vector<std::string> read_other_databases_json(Source& from);

/// The server's global variables, but for those that may hold a secret, as JSON lines.
void write_settings(const Flavor& flavor, Sink& to);

/// What write_settings() wrote: values by name.
std::map<std::string, std::string> read_settings_json(Source& from);

}  // namespace vya::mysql
