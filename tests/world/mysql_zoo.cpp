#include "tests/world/mysql_zoo.h"

#include "tests/world/test_file.h"

namespace vya::world {

void make_mysql_zoo(const MysqlServer& server) {
  const auto file = [](const char* name) {
    return test_file(std::string("world/mysql_zoo/") + name + ".sql");
  };
  server.query(file("types") + file("tables") + file(server.mariadb() ? "mariadb" : "mysql"));
  server.query(file("objects"));
}

}  // namespace vya::world
