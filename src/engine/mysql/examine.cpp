// Each look at one thing is a function; examine() is their list.
#include "engine/mysql/examine.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/interrupt.h"
#include "engine/mysql/accounts/accounts.h"
#include "engine/mysql/privileges.h"
#include "engine/mysql/relations.h"

namespace vya::mysql {

namespace {

void add(Examination& to, std::string where, std::string what, std::string cure = "") {
  to.remarks.push_back(
      {Remark::Weight::kNotice, std::move(where), std::move(what), std::move(cure)});
}

void look_at_log(const Flavor& flavor, Examination& to) {
  if (flavor.is_on("log_bin")) return;
  add(to, "log_bin",
      "is off, so a backup cannot say where in the server's log it is, and there is no log to go "
      "on from it",
      "Start the server with --log-bin.");
}

void look_at_engines(const std::vector<Relation>& relations, Examination& to) {
  const auto others = std::ranges::count_if(
      relations, [](const Relation& relation) { return !relation.transactional; });
  if (others == 0) return;
  const auto first = std::ranges::find(relations, false, &Relation::transactional);
  add(to, fmt::format("{} tables", others),
      fmt::format("are of an engine without transactions ({} is '{}'): each is whole, but not of "
                  "the same moment as the others",
                  first->table.name.name, first->engine),
      "Convert them: ALTER TABLE ... ENGINE = InnoDB.");
}

void look_at_accounts(Connection& connection, const Flavor& flavor, Examination& to) {
  read_accounts(connection, flavor, to.gaps);
}

void look_at_service(const Flavor& flavor, Examination& to) {
  if (flavor.service) add(to, *flavor.service, "was recognised; backups of it are not tested");
}

}  // namespace

Examination examine(const Server& server, const FreezeOptions& freeze) {
  Examination found{.server = server.facts()};
  const auto connection = server.connect(throw_if_interrupted);
  found.clock =
      parse_time(connection->value("SELECT DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%fZ')")
                     .value_or(""));
  found.databases = select_databases(*connection, freeze, found.left_out);
  const auto relations = relations_with_rows(*connection, found.databases, found.gaps);
  for (Gap& gap : missing_privileges(*connection, server.flavor()).gaps)
    found.gaps.push_back(std::move(gap));
  for (const Relation& relation : relations) found.bytes += relation.bytes;
  look_at_accounts(*connection, server.flavor(), found);
  look_at_log(server.flavor(), found);
  look_at_engines(relations, found);
  look_at_service(server.flavor(), found);
  return found;
}

}  // namespace vya::mysql
