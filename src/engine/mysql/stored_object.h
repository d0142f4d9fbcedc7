// Objects whose meaning depends on the session that defined them: how they are made again. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/mysql/backup_model.h"
#include "engine/mysql/connection.h"

namespace vya::mysql {

/// Statements after which a session is as the one was that defined the object.
std::vector<std::string> surroundings_of(const SchemaObject& object);

/// The text of a statement in the character set of the object's session, in which the server then
/// reads it.
std::string in_its_charset(Connection& connection, const SchemaObject& object,
                           const std::string& statement);

/// The name of a database that the object's definition says, of those that have another one on the
/// target: it would act on the wrong one.
std::optional<std::string> named_database(const BackupModel& backup, const SchemaObject& object);

/// An event's definition, disabled; nothing where it is disabled anyway.
std::optional<std::string> disabled(const SchemaObject& event);

/// The account in an object's DEFINER clause: `root`@`localhost`, as it stands there; or empty.
std::string definer_clause(const SchemaObject& object);

/// Lets other accounts stand for definers (`app@%` -> `shop@%`): in their names, and in the
/// definition's DEFINER clause alone.
void map_definer(SchemaObject& object, const std::map<std::string, std::string>& account_names);

/// Views so that those that others are made of come first, as far as names tell.
std::vector<std::pair<const DatabaseModel*, const SchemaObject*>> views_in_order(
    const BackupModel& backup);

}  // namespace vya::mysql
