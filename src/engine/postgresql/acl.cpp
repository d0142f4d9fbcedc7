#include "engine/postgresql/acl.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "engine/postgresql/quote.h"

namespace vya::pg {

namespace {

/// A role and a privilege: who may pass on what.
using Option = std::pair<std::string, std::string>;

Option given_by(const Grant& grant) { return {grant.grantee, grant.privilege}; }
Option needed_by(const Grant& grant) { return {grant.grantor, grant.privilege}; }

/// The grant options that the grants give; what a role gave to itself is nothing it could build on.
std::set<Option> options_in(const std::vector<Grant>& grants) {
  std::set<Option> options;
  for (const Grant& grant : grants) {
    if (grant.grantable && grant.grantee != grant.grantor) options.insert(given_by(grant));
  }
  return options;
}

/// Moves the grants that `ready` chooses out of `waiting`, keeping the order of both.
template <typename Ready>
std::vector<Grant> take(std::vector<Grant>& waiting, Ready ready) {
  const auto rest = std::stable_partition(waiting.begin(), waiting.end(),
                                          [&](const Grant& g) { return !ready(g); });
  std::vector<Grant> taken(std::make_move_iterator(rest), std::make_move_iterator(waiting.end()));
  waiting.erase(rest, waiting.end());
  return taken;
}

/// The grants in rounds: each builds only on what the rounds before it gave. Rounds and not one
/// sorted list, because then privileges can be grouped within a round without making a circle
/// between groups.
std::vector<std::vector<Grant>> rounds(const Acl& acl) {
  std::vector<Grant> waiting = acl.grants;
  const std::set<Option> all = options_in(waiting);
  std::set<Option> held;
  std::vector<std::vector<Grant>> rounds;
  while (!waiting.empty()) {
    std::vector<Grant> round = take(waiting, [&](const Grant& grant) {
      return (!acl.owner.empty() && grant.grantor == acl.owner) || held.contains(needed_by(grant));
    });
    if (round.empty()) {  // built on what is not in this list: a column's grant on a table's
      round = take(waiting, [&](const Grant& grant) { return !all.contains(needed_by(grant)); });
    }
    if (round.empty()) round = std::exchange(waiting, {});
    held.merge(options_in(round));
    rounds.push_back(std::move(round));
  }
  return rounds;
}

/// Grants that differ in nothing but the privilege, as one.
struct Group {
  Grant first;
  std::vector<std::string> privileges;
};

std::vector<Group> grouped(const std::vector<Grant>& grants) {
  std::map<std::tuple<std::string, std::string, bool>, std::size_t> places;
  std::vector<Group> groups;
  for (const Grant& grant : grants) {
    const auto [place, is_new] =
        places.try_emplace({grant.grantor, grant.grantee, grant.grantable}, groups.size());
    if (is_new) groups.push_back({grant, {}});
    groups[place->second].privileges.push_back(grant.privilege);
  }
  return groups;
}

/// `GRANT SELECT, INSERT ON TABLE "s"."t" TO "r" WITH GRANT OPTION`; `on` is what stands after ON.
std::string grant_text(const Group& group, const std::string& on, const std::string& column = {}) {
  std::string text = "GRANT ";
  for (const std::string& privilege : group.privileges) {
    if (&privilege != &group.privileges.front()) text += ", ";
    text += privilege;
    if (!column.empty()) text += " (" + quote_name(column) + ")";
  }
  text += " ON " + on + " TO ";
  text += group.first.grantee.empty() ? "PUBLIC" : quote_name(group.first.grantee);
  if (group.first.grantable) text += " WITH GRANT OPTION";
  return text;
}

/// Whether the server has defaults for such an object that must go first: columns start without any
/// grant, and what has no owner gives nothing to anybody.
bool has_defaults(const Acl& acl) { return acl.column.empty() && !acl.owner.empty(); }

}  // namespace

std::vector<GrantStatement> statements(const Acl& acl) {
  const std::string on = acl.kind + " " + acl.object;
  std::vector<GrantStatement> list;
  if (has_defaults(acl)) {
    list.push_back({"", "REVOKE ALL ON " + on + " FROM PUBLIC, " + quote_name(acl.owner)});
  }
  const std::set<Option> options = options_in(acl.grants);
  for (const std::vector<Grant>& round : rounds(acl)) {
    for (const Group& group : grouped(round)) {
      // Where nobody is the owner, the grants that build on no other are the bootstrap superuser's.
      const bool ours = acl.owner.empty() ? !options.contains(needed_by(group.first))
                                          : group.first.grantor == acl.owner;
      list.push_back({ours ? "" : group.first.grantor, grant_text(group, on, acl.column)});
    }
  }
  return list;
}

std::vector<GrantStatement> statements(const DefaultAcl& acl) {
  std::string begin = "ALTER DEFAULT PRIVILEGES FOR ROLE " + quote_name(acl.role) + " ";
  if (!acl.schema.empty()) begin += "IN SCHEMA " + quote_name(acl.schema) + " ";
  std::vector<GrantStatement> list;
  // Those without a schema stand in place of the server's defaults; those of a schema are added.
  if (acl.schema.empty()) {
    list.push_back(
        {"", begin + "REVOKE ALL ON " + acl.kind + " FROM PUBLIC, " + quote_name(acl.role)});
  }
  for (const Group& group : grouped(acl.grants)) {
    list.push_back({"", begin + grant_text(group, acl.kind)});
  }
  return list;
}

}  // namespace vya::pg
