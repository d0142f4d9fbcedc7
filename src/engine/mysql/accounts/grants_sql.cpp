#include "engine/mysql/accounts/grants_sql.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "engine/mysql/accounts/accounts_sql.h"
#include "engine/mysql/accounts/read.h"
#include "engine/mysql/quote.h"

namespace vya::mysql {

namespace {

constexpr std::string_view kGrantOption = "GRANT OPTION";

/// Outside of sql_mode ORACLE MariaDB 10 does not know the word PACKAGE.
std::string in_its_mode(const Grant& grant, const std::string& sql) {
  if (!grant.on.starts_with("package")) return sql;
  return "SET STATEMENT sql_mode = 'ORACLE' FOR EXECUTE IMMEDIATE " + quote_text(sql);
}

std::string privileges(const Grant& grant) {
  if (grant.on != "column") return fmt::format("{}", fmt::join(grant.privileges, ", "));
  std::vector<std::string> each;
  for (const std::string& privilege : grant.privileges)
    each.push_back(fmt::format("{} ({})", privilege, quote_name(grant.column)));
  return fmt::format("{}", fmt::join(each, ", "));
}

const char* with_grant(bool grantable) { return grantable ? " WITH GRANT OPTION" : ""; }

}  // namespace

std::string quote_object(const Grant& grant) {
  if (grant.on == "server") return "*.*";
  if (grant.on == "database") return quote_name(grant.database) + ".*";
  const std::string object = quote_name(grant.database, grant.object);
  return grant.on == "table" || grant.on == "column" ? object : upper(grant.on) + " " + object;
}

std::string give(const Grant& grant, Vendor vendor) {
  Grant rest = grant;
  const bool grantable = std::erase(rest.privileges, kGrantOption) > 0 || !grant.grantable.empty();
  return in_its_mode(
      grant, fmt::format("GRANT {} ON {} TO {}{}",
                         rest.privileges.empty() ? "USAGE" : privileges(rest), quote_object(grant),
                         quote_account(grant.account, vendor), with_grant(grantable)));
}

std::string take(const Grant& grant, Vendor vendor) {
  return in_its_mode(grant, fmt::format("REVOKE {} ON {} FROM {}", privileges(grant),
                                        quote_object(grant), quote_account(grant.account, vendor)));
}

std::string restrict(const Restriction& restriction) {
  return fmt::format("REVOKE {} ON {}.* FROM {}", fmt::join(restriction.privileges, ", "),
                     quote_name(restriction.database),
                     quote_account(restriction.account, Vendor::kMysql));
}

std::string lift(const Restriction& restriction) {
  return fmt::format("GRANT {} ON {}.* TO {}", fmt::join(restriction.privileges, ", "),
                     quote_name(restriction.database),
                     quote_account(restriction.account, Vendor::kMysql));
}

std::string give_role(const RoleMember& member, Vendor vendor) {
  return fmt::format("GRANT {} TO {}{}", quote_account(member.role, vendor),
                     quote_account(member.member, vendor),
                     member.admin ? " WITH ADMIN OPTION" : "");
}

std::string take_role(const RoleMember& member, Vendor vendor) {
  return fmt::format("REVOKE {} FROM {}", quote_account(member.role, vendor),
                     quote_account(member.member, vendor));
}

std::vector<std::string> take_admin(const RoleMember& member, Vendor vendor) {
  if (vendor == Vendor::kMysql) {
    return {take_role(member, vendor),
            give_role({.role = member.role, .member = member.member}, vendor)};
  }
  return {fmt::format("REVOKE ADMIN OPTION FOR {} FROM {}", quote_account(member.role, vendor),
                      quote_account(member.member, vendor))};
}

std::string set_default_roles(const AccountName& account, const std::vector<AccountName>& roles,
                              Vendor vendor) {
  std::vector<std::string> names;
  for (const AccountName& role : roles) names.push_back(quote_account(role, vendor));
  if (names.empty()) names.emplace_back("NONE");
  return fmt::format("SET DEFAULT ROLE {} {} {}", fmt::join(names, ", "),
                     vendor == Vendor::kMysql ? "TO" : "FOR", quote_account(account, vendor));
}

std::string give_proxy(const Proxy& proxy, Vendor vendor) {
  return fmt::format("GRANT PROXY ON {} TO {}{}", quote_proxied(proxy.proxied),
                     quote_account(proxy.account, vendor), with_grant(proxy.grantable));
}

std::string take_proxy(const Proxy& proxy, Vendor vendor) {
  return fmt::format("REVOKE PROXY ON {} FROM {}", quote_proxied(proxy.proxied),
                     quote_account(proxy.account, vendor));
}

bool is_dynamic(const std::string& privilege) {
  return privilege.find('_') != std::string::npos && privilege.find(' ') == std::string::npos;
}

bool is_pattern(const std::string& database) {
  for (std::size_t i = 0; i < database.size(); ++i) {
    if (database[i] == '\\') {
      ++i;
    } else if (database[i] == '%' || database[i] == '_') {
      return true;
    }
  }
  return false;
}

std::string unescaped(const std::string& database) {
  std::string name;
  for (std::size_t i = 0; i < database.size(); ++i) {
    if (database[i] == '\\' && i + 1 < database.size()) ++i;
    name += database[i];
  }
  return name;
}

std::string escaped(const std::string& database) {
  std::string pattern;
  for (const char c : database) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern;
}

bool matches(const std::string& pattern, const std::string& database) {
  std::size_t p = 0;
  std::size_t d = 0;
  std::size_t star = std::string::npos;  // of the last %, and where its text ends by now
  std::size_t kept = 0;
  const auto begins_no_character = [&](std::size_t at) {
    return at < database.size() && (static_cast<unsigned char>(database[at]) & 0xC0) == 0x80;
  };
  while (d < database.size()) {
    const bool quoted = p + 1 < pattern.size() && pattern[p] == '\\';
    if (p < pattern.size() && pattern[p] == '%') {
      star = p++;
      kept = d;
    } else if (p < pattern.size() && pattern[p] == '_') {
      ++p;
      do ++d;
      while (begins_no_character(d));
    } else if (p < pattern.size() && pattern[quoted ? p + 1 : p] == database[d]) {
      p += quoted ? 2 : 1;
      ++d;
    } else if (star != std::string::npos) {
      p = star + 1;
      d = ++kept;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('%', p) == std::string::npos;
}

}  // namespace vya::mysql
