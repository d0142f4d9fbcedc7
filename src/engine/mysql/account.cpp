#include "engine/mysql/account.h"

#include <fmt/format.h>

#include "engine/mysql/quote.h"

namespace vya::mysql {

std::string grant_to_us(Connection& connection, const std::string& privileges) {
  return grant_to_us_on(connection, privileges + " ON *.*");
}

std::string grant_to_us_on(Connection& connection, const std::string& privileges_on) {
  const std::string who = connection.value("SELECT CURRENT_USER()").value_or("");
  const std::size_t at = who.rfind('@');  // a host has none
  return fmt::format("GRANT {} TO {}@{};", privileges_on, quote_name(who.substr(0, at)),
                     quote_name(at == std::string::npos ? "%" : who.substr(at + 1)));
}

}  // namespace vya::mysql
