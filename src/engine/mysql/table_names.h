// Gives restored tables, and what belongs to them, their names on the target. Pure.
//
// Names are changed token by token, in the places where SHOW CREATE names things. The bodies of
// triggers stay as they are.
#pragma once

#include <map>
#include <set>
#include <string>

#include "engine/mysql/objects.h"

namespace vya::mysql {

/// The longest name that a server keeps, in characters.
inline constexpr std::size_t kLongestName = 64;

/// How many characters a name has.
std::size_t characters_in(const std::string& name);

/// Old names -> new ones.
using NewNames = std::map<std::string, std::string>;

/// What a constraint or a trigger of a table is called when the table is called `to` instead of
/// `from`: where its name begins with the table's and no letter follows, it begins with the new
/// one, cut where the whole would be too long.
std::string named_after(const std::string& name, const std::string& from, const std::string& to);

/// A name for what cannot have its own, because another has it: with the table's before it.
std::string with_table(const std::string& table, const std::string& name);

/// The definition of a table or a sequence with other names: its own and those that its foreign
/// keys and defaults refer to, of tables of `database`; and those of its constraints.
std::string with_new_names(const std::string& definition, const std::string& database,
                           const NewNames& tables, const NewNames& constraints);

/// Gives a trigger another name and another table.
void rename_trigger(SchemaObject& trigger, const std::string& name, const std::string& table);

/// Which of these tables of its database a trigger's body names; empty: none. The body may mean
/// something else by the name: there is no telling.
std::string named_in_body(const SchemaObject& trigger, const std::string& database,
                          const std::set<std::string>& tables);

}  // namespace vya::mysql
