#include "tests/story/slow_table.h"

#include "tests/story/expectations.h"

namespace vya::story {

void make_slow_table(const world::PostgresServer& server, const std::string& database, int rows) {
  server.query(database,
               "SET default_toast_compression = 'lz4';"
               "CREATE TABLE slow (id int, filler text);"
               "INSERT INTO slow SELECT i, repeat(md5(i::text), 31250) FROM generate_series(1, " +
                   std::to_string(rows) + ") i");
}

int session_that_copies(const world::PostgresServer& server) {
  int pid = 0;
  soon([&] {
    const auto rows =
        server.query("postgres",
                     "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'vya-%'"
                     " AND state = 'active' AND query LIKE 'COPY%slow%' LIMIT 1");
    if (!rows.empty()) pid = std::stoi(rows[0][0]);
    return pid != 0;
  });
  return pid;
}

}  // namespace vya::story
