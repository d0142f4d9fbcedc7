// The accounts and databases' properties of a backup whose databases were caught in groups, one
// after another. Pure.
//
// A database has the properties that it had at its own group's moment. Accounts and all else are
// the last group's, because a restored application logs in with what holds now; roles and
// tablespaces that were there at an earlier group and are gone stand beside them, as its databases
// may name them. What differs between two groups is told: no moment had all of this together.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/postgresql/globals.h"
#include "stream/contents.h"

namespace vya::pg {

class GroupedGlobals {
 public:
  /// The globals of the next group's moment, with the numbers of its databases.
  void add(Globals globals);

  /// What the backup stores. Of one group: what was added.
  Globals all() const;

  /// A gap of the kind `accounts` for each account or other thing that changed between two groups.
  /// What was only created is none.
  std::vector<Gap> gaps() const;

 private:
  void note_changes(const Globals& now);
  void keep_what_is_gone(const Globals& now);

  bool has_any_ = false;
  Globals last_;
  std::map<std::string, DatabaseProperties> held_;  ///< the backup's databases, as they were then
  std::vector<RoleSetting> settings_of_held_;
  std::set<std::string> gone_roles_;
  std::map<std::string, Tablespace> gone_tablespaces_;
  std::map<std::string, std::string> changes_;  ///< what -> how, and what the backup has of it
};

}  // namespace vya::pg
