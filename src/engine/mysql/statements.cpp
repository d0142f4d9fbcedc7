#include "engine/mysql/statements.h"

namespace vya::mysql {

bool statements_need_process(const Flavor& flavor) {
  return flavor.mariadb() || !flavor.is_on("performance_schema");
}

std::string statements_of_others(const Flavor& flavor) {
  if (statements_need_process(flavor)) return "information_schema.PROCESSLIST";
  return "(SELECT PROCESSLIST_ID AS ID, PROCESSLIST_USER AS USER, PROCESSLIST_COMMAND AS COMMAND,"
         " PROCESSLIST_TIME AS TIME, PROCESSLIST_STATE AS STATE, PROCESSLIST_INFO AS INFO"
         " FROM performance_schema.threads WHERE PROCESSLIST_ID IS NOT NULL) AS sessions";
}

}  // namespace vya::mysql
