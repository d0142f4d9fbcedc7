// The roles that the parts of a backup name: to find them, and to give them other names on the
// target. Pure.
//
// Names inside the bodies of functions and in expressions are text to us and stay as they are.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "engine/postgresql/catalog.h"
#include "engine/postgresql/entry.h"
#include "engine/postgresql/globals.h"

namespace vya::pg {

/// Sees each name of a role in its place and may change it.
using RoleVisitor = std::function<void(std::string& role)>;

void visit_roles(Acl& acl, const RoleVisitor& visit);
void visit_roles(Catalog& catalog, const RoleVisitor& visit);
/// The owners of extensions and of their members: a restore can go on without them.
void visit_extension_owners(Catalog& catalog, const RoleVisitor& visit);
void visit_roles(LargeObject& object, const RoleVisitor& visit);
void visit_roles(DatabaseProperties& database, const RoleVisitor& visit);

/// The owner, and those whom a policy or a user mapping is for.
void visit_roles(Entry& entry, const RoleVisitor& visit);

/// Role of the backup -> its name on the target.
using RoleNames = std::map<std::string, std::string>;

/// A visitor that gives roles their names on the target.
RoleVisitor renaming(const RoleNames& names);

/// Gives the roles of the globals their names on the target. One whose new name is another role of
/// the backup is left out with its memberships and settings: that other role stands for it. A
/// verifier that the new name makes useless (md5 holds the name) goes; returns the roles, by their
/// new names, that lost theirs so.
std::set<std::string> rename_roles(Globals& globals, const RoleNames& names);

/// Leaves only these roles in the globals, with what is between them.
void keep_roles(Globals& globals, const std::set<std::string>& roles);

/// The roles that own something or were granted something, those that they are members of, and
/// their own members, who work through them; all over as many steps as there are.
std::set<std::string> membership_closure(const Globals& globals,
                                         const std::set<std::string>& roles);

}  // namespace vya::pg
