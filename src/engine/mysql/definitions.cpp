#include "engine/mysql/definitions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include "base/bytes.h"
#include "engine/mysql/events.h"
#include "engine/mysql/relations.h"
#include "stream/digest.h"

namespace vya::mysql {

namespace {

/// What is compared of a view of information_schema.
struct Look {
  const char* columns;
  const char* view;
  const char* schema;   ///< the column with the database's name
  const char* defined;  ///< the column that says when; empty: there is none
};

constexpr std::string_view kEvents = "EVENTS";

constexpr std::array kLooks = {
    Look{"TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, CREATE_TIME, TABLE_COMMENT", "TABLES",
         "TABLE_SCHEMA", "CREATE_TIME"},
    Look{"ROUTINE_SCHEMA, ROUTINE_NAME, ROUTINE_TYPE, LAST_ALTERED", "ROUTINES", "ROUTINE_SCHEMA",
         "LAST_ALTERED"},
    Look{"TRIGGER_SCHEMA, TRIGGER_NAME, CREATED, ACTION_ORDER, ACTION_STATEMENT", "TRIGGERS",
         "TRIGGER_SCHEMA", "CREATED"},
    Look{"EVENT_SCHEMA, EVENT_NAME, CREATED, LAST_ALTERED", "EVENTS", "EVENT_SCHEMA",
         "LAST_ALTERED"},
    Look{"TABLE_SCHEMA, TABLE_NAME, VIEW_DEFINITION, DEFINER, SECURITY_TYPE", "VIEWS",
         "TABLE_SCHEMA", "''"},
    Look{"SCHEMA_NAME, DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME", "SCHEMATA",
         "SCHEMA_NAME", "''"},
};

struct State {
  std::string digest;
  std::string newest;  ///< when the latest was defined, `2026-11-22 22:30:01`
};

State look(Connection& connection, const std::vector<Database>& databases) {
  std::string all;
  State state;
  const bool events = shows_events(connection);
  for (const Look& one : kLooks) {
    if (!events && one.view == kEvents) continue;
    connection.each(
        fmt::format("SELECT COALESCE({}, ''), {} FROM information_schema.{} WHERE {} IN ({}) "
                    "ORDER BY 2, 3, 4",
                    one.defined, one.columns, one.view, one.schema, quoted_names(databases)),
        [&](const RowView& row) {
          state.newest = std::max(state.newest, row.text(0));
          for (unsigned i = 1; i < row.size(); ++i) all.append(row.bytes(i)) += '\0';
          all += '\n';
        });
    require_whole_look(connection);
  }
  state.digest = sha256_hex(as_bytes(all));
  return state;
}

}  // namespace

std::string definitions_state(Connection& connection, const std::vector<Database>& databases) {
  return look(connection, databases).digest;
}

std::string settled_definitions_state(Connection& connection,
                                      const std::vector<Database>& databases,
                                      const std::function<void()>& check) {
  constexpr int kMostLooks = 4;  // what claims to be of the future is not waited for
  for (int i = 1;; ++i) {
    const std::string begun = connection.value("SELECT NOW()").value_or("");
    State state = look(connection, databases);
    if (state.newest < begun || i == kMostLooks) return state.digest;
    check();
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
}

}  // namespace vya::mysql
