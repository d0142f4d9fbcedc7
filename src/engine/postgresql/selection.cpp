#include "engine/postgresql/selection.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fnmatch.h>

#include <algorithm>

#include "base/log.h"
#include "engine/postgresql/quote.h"
#include "engine/postgresql/readable.h"

namespace vya::pg {

namespace {

bool matches(const std::vector<std::string>& globs, const std::string& name) {
  return std::ranges::any_of(
      globs, [&](const std::string& glob) { return fnmatch(glob.c_str(), name.c_str(), 0) == 0; });
}

void allow_connections(Connection& connection, const std::string& database,
                       const std::string& whether) {
  connection.run("ALTER DATABASE " + quote_name(database) + " ALLOW_CONNECTIONS " + whether);
}

}  // namespace

Selection look_for_databases(Connection& connection, const FreezeOptions& options) {
  Selection selection;
  const Result rows = connection.query(
      "SELECT datname, pg_encoding_to_char(encoding), datallowconn,"
      " has_database_privilege(oid, 'CONNECT'), oid FROM pg_database WHERE datname "
      "<> 'template0'"
      " ORDER BY datname COLLATE \"C\"");
  for (int i = 0; i < rows.rows(); ++i) {
    const std::string name = rows.text(i, 0);
    if ((!options.include.empty() && !matches(options.include, name)) ||
        matches(options.exclude, name)) {
      selection.left_out.push_back(name);
      continue;
    }
    const int number = static_cast<int>(selection.databases.size()) + 1;
    selection.databases.push_back({number, name, rows.text(i, 1)});
    selection.oids.push_back(rows.text(i, 4));
    if (!rows.flag(i, 3)) {
      selection.forbidden.push_back(name);
    } else if (!rows.flag(i, 2)) {
      selection.closed.push_back(name);
    }
  }
  return selection;
}

Selection select_databases(Connection& connection, const FreezeOptions& options) {
  Selection selection = look_for_databases(connection, options);
  if (!selection.databases.empty()) return selection;
  throw Error(Fault::kNotFound, "no database of the server matches include and exclude",
              fmt::format("The server has: {}.", fmt::join(selection.left_out, ", ")));
}

std::optional<Gap> closed_to_us(Connection& connection, const std::string& name,
                                const Selection& selection) {
  if (std::ranges::count(selection.forbidden, name) > 0) {
    return Gap{
        .kind = "unreadable-database",
        .what = name,
        .why = "the role may not connect to the database, so its content is not in the backup",
        .cure = cure_in(connection.database(),
                        fmt::format("GRANT CONNECT ON DATABASE {} TO {};", quote_name(name),
                                    quote_name(connection.value("SELECT current_user"))))};
  }
  if (std::ranges::count(selection.closed, name) == 0) return std::nullopt;
  return Gap{.kind = std::string(kClosedDatabase),
             .what = name,
             .why = "the database allows no connections, so its content is not in the backup",
             .cure =
                 "Set open_closed_databases: true for the instance, or run ALTER DATABASE ... "
                 "ALLOW_CONNECTIONS true."};
}

void OpenedDatabases::open(const std::string& name) {
  Connection connection = server_.connect(server_.maintenance_database());
  allow_connections(connection, name, "true");
  names_.push_back(name);
}

OpenedDatabases::~OpenedDatabases() {
  if (names_.empty()) return;
  try {
    Connection connection = server_.connect(server_.maintenance_database());
    // Also after an interrupt: leaving a database open is worse than a second's delay.
    connection.watch_with([] {});
    for (const std::string& name : names_) allow_connections(connection, name, "false");
  } catch (const std::exception& e) {
    log_event(LogLevel::kWarning, "cannot close databases again that were opened for the backup",
              {{"why", e.what()}});
  }
}

}  // namespace vya::pg
