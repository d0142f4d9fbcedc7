#include "engine/postgresql/role_names.h"

#include <algorithm>
#include <string_view>

#include "engine/postgresql/quote.h"
#include "engine/postgresql/sql_tokens.h"

namespace vya::pg {

namespace {

void visit_grants(std::vector<Grant>& grants, const RoleVisitor& visit) {
  for (Grant& grant : grants) {
    if (!grant.grantee.empty()) visit(grant.grantee);
    if (!grant.grantor.empty()) visit(grant.grantor);
  }
}

bool is_space(const Token& token) {
  return token.kind == TokenKind::kSpace || token.kind == TokenKind::kComment;
}

/// Visits the quoted names that follow the keyword at the top level of a definition, with commas
/// between them. Sessions that read definitions quote all names, so what is not quoted is none.
std::string with_roles_after(std::string_view keyword, const std::string& definition,
                             const RoleVisitor& visit) {
  std::string text;
  int depth = 0;
  bool in_list = false;
  for (const Token& token : split_tokens(definition)) {
    if (token.text == "(") ++depth;
    if (token.text == ")") --depth;
    std::string piece(token.text);
    if (depth == 0 && is_keyword(token, keyword)) {
      in_list = true;
    } else if (in_list && token.kind == TokenKind::kQuotedName) {
      std::string role = unquote_name(token.text);
      // Also in quotes this name means everybody (gram.y, RoleSpec).
      if (role != "public") {
        visit(role);
        piece = quote_name(role);
      }
    } else if (!is_space(token) && token.text != ",") {
      in_list = false;
    }
    text += piece;
  }
  return text;
}

bool in(const std::set<std::string>& roles, const std::string& role) {
  return roles.contains(role);
}

}  // namespace

void visit_roles(Acl& acl, const RoleVisitor& visit) {
  if (!acl.owner.empty()) visit(acl.owner);
  visit_grants(acl.grants, visit);
}

void visit_roles(Catalog& catalog, const RoleVisitor& visit) {
  for (Acl& acl : catalog.acls) visit_roles(acl, visit);
  for (DefaultAcl& acl : catalog.default_acls) {
    visit(acl.role);
    visit_grants(acl.grants, visit);
  }
}

void visit_extension_owners(Catalog& catalog, const RoleVisitor& visit) {
  for (Extension& extension : catalog.extensions) {
    if (extension.owner) visit(*extension.owner);
  }
  for (ExtensionMember& member : catalog.members) {
    if (member.owner) visit(*member.owner);
  }
}

void visit_roles(LargeObject& object, const RoleVisitor& visit) {
  visit(object.owner);
  if (object.acl) visit_roles(*object.acl, visit);
}

void visit_roles(DatabaseProperties& database, const RoleVisitor& visit) {
  visit(database.owner);
  if (database.acl) visit_roles(*database.acl, visit);
}

void visit_roles(Entry& entry, const RoleVisitor& visit) {
  if (!entry.owner.empty()) visit(entry.owner);
  if (entry.kind == "POLICY") entry.definition = with_roles_after("TO", entry.definition, visit);
  if (entry.kind == "USER MAPPING")
    entry.definition = with_roles_after("FOR", entry.definition, visit);
}

RoleVisitor renaming(const RoleNames& names) {
  return [&names](std::string& role) {
    const auto found = names.find(role);
    if (found != names.end()) role = found->second;
  };
}

std::set<std::string> rename_roles(Globals& globals, const RoleNames& names) {
  const auto is_taken_over = [&](const std::string& role) {
    const auto found = names.find(role);
    return found != names.end() &&
           std::ranges::find(globals.roles, found->second, &Role::name) != globals.roles.end();
  };
  std::erase_if(globals.memberships, [&](const Membership& membership) {
    return is_taken_over(membership.role) || is_taken_over(membership.member);
  });
  std::erase_if(globals.settings,
                [&](const RoleSetting& setting) { return is_taken_over(setting.role); });
  std::set<std::string> gone;
  for (const Role& role : globals.roles) {
    if (is_taken_over(role.name)) gone.insert(role.name);
  }
  std::erase_if(globals.roles, [&](const Role& role) { return gone.contains(role.name); });

  const RoleVisitor rename = renaming(names);
  std::set<std::string> without_password;
  for (Role& role : globals.roles) {
    if (!names.contains(role.name)) continue;
    rename(role.name);
    if (!role.verifier || !role.verifier->reveal().starts_with("md5")) continue;
    role.verifier.reset();
    without_password.insert(role.name);
  }
  for (Membership& membership : globals.memberships) {
    rename(membership.role);
    rename(membership.member);
    rename(membership.grantor);
  }
  for (RoleSetting& setting : globals.settings) rename(setting.role);
  for (Acl& acl : globals.parameters) visit_roles(acl, rename);
  for (Tablespace& tablespace : globals.tablespaces) {
    rename(tablespace.owner);
    if (tablespace.acl) visit_roles(*tablespace.acl, rename);
  }
  for (DatabaseProperties& database : globals.databases) visit_roles(database, rename);
  return without_password;
}

void keep_roles(Globals& globals, const std::set<std::string>& roles) {
  std::erase_if(globals.roles, [&](const Role& role) { return !in(roles, role.name); });
  std::erase_if(globals.memberships, [&](const Membership& membership) {
    const bool is_servers = membership.role.starts_with("pg_");
    return !in(roles, membership.member) || (!is_servers && !in(roles, membership.role));
  });
  std::erase_if(globals.settings, [&](const RoleSetting& setting) {
    const bool is_databases = setting.role.empty() && !setting.database.empty();
    return !is_databases && !in(roles, setting.role);
  });
  for (Acl& acl : globals.parameters) {
    std::erase_if(acl.grants, [&](const Grant& grant) { return !in(roles, grant.grantee); });
  }
}

std::set<std::string> membership_closure(const Globals& globals,
                                         const std::set<std::string>& roles) {
  const auto grown = [&](const auto& grow) {
    std::set<std::string> all = roles;
    for (std::size_t before = 0; before != all.size();) {
      before = all.size();
      for (const Membership& membership : globals.memberships) grow(membership, all);
    }
    return all;
  };
  std::set<std::string> closure = grown([](const Membership& membership, auto& all) {
    if (all.contains(membership.role)) all.insert(membership.member);
  });
  closure.merge(grown([](const Membership& membership, auto& all) {
    const bool is_servers = membership.role.starts_with("pg_");
    if (all.contains(membership.member) && !is_servers) all.insert(membership.role);
  }));
  return closure;
}

}  // namespace vya::pg
