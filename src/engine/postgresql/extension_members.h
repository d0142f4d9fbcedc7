// What of an extension's members was changed after its script made them: who owns them, their
// comments and labels, the definitions of functions. pg_dump says nothing of that; grants are read
// with all others.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/postgresql/globals.h"

namespace vya::pg {

class Connection;

/// An object that CREATE EXTENSION makes.
struct ExtensionMember {
  std::string extension;
  /// As COMMENT names it: `ROUTINE "public"."similarity"("pg_catalog"."text", ...)`, `COLUMN ...`.
  std::string object;
  std::optional<std::string> owner;  ///< of what has one
  std::optional<std::string> comment;
  std::vector<SecurityLabel> labels;
  /// CREATE OR REPLACE of a function or procedure that was written again after its extension's
  /// script made it: replaced, altered, or only granted or updated with its extension.
  std::optional<std::string> definition;
  bool operator==(const ExtensionMember&) const = default;
};

/// All members of all extensions, sorted; what an extension made within one of them (the type of a
/// view's rows) is not told.
std::vector<ExtensionMember> read_extension_members(Connection& connection);

/// The definition that a member of that name has now, in the same form; nothing where there is no
/// such function or procedure, as where it is an aggregate.
std::optional<std::string> definition_of_member(Connection& connection, const std::string& object);

/// How ALTER ... OWNER TO names the member: it knows no views or sequences by that name.
std::string name_for_owner(const ExtensionMember& member);

}  // namespace vya::pg
