// Languages on handlers that pg_dump does not dump: those of an extension, or of the system.
//
// pg_dump leaves the handlers' names out of such a definition, and then every server takes it for
// the wish to create an extension of the language's name.
#pragma once

#include <map>
#include <string>

#include "engine/postgresql/entry.h"

namespace vya::pg {

class Connection;

/// Name -> definition with handlers, of all languages that somebody created by themselves.
std::map<std::string, std::string> read_languages(Connection& connection);

/// Gives the definition of a language its handlers, where it has none.
void name_handlers(Entry& entry, const std::map<std::string, std::string>& languages);

}  // namespace vya::pg
