// How a connection begins: its parameters, and what a refusal means.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/interrupt.h"
#include "engine/postgresql/connection.h"

namespace vya::pg {

namespace {

std::string options_text(const std::vector<SessionSetting>& settings) {
  std::string text;
  for (const SessionSetting& setting : settings) {
    text += " -c " + setting.name + "=";
    for (const char c : setting.value) {
      if (c == ' ' || c == '\\') text += '\\';
      text += c;
    }
  }
  return text;
}

/// The name that a session has for others. libpq sends one after the options, where it would win.
std::string application_name(const std::vector<SessionSetting>& settings) {
  const auto named = std::ranges::find(settings, "application_name", &SessionSetting::name);
  return named == settings.end() ? "vya" : named->value;
}

/// Keywords and values for PQconnectdbParams; values must outlive it.
struct ConnectionParameters {
  std::vector<const char*> keywords;
  std::vector<const char*> values;

  void add(const char* keyword, const std::string& value) {
    if (value.empty()) return;
    keywords.push_back(keyword);
    values.push_back(value.c_str());
  }
};

/// libpq reports a refused login only as text until the server has spoken; these are the server's
/// and libpq's words.
bool is_about_credentials(std::string_view message) {
  for (const std::string_view words :
       {"password authentication failed", "no password supplied", "authentication failed",
        "no pg_hba.conf entry", "pg_hba.conf rejects", "requires a valid client certificate"}) {
    if (message.find(words) != std::string_view::npos) return true;
  }
  return message.find("role \"") != std::string_view::npos &&
         (message.find("does not exist") != std::string_view::npos ||
          message.find("is not permitted to log in") != std::string_view::npos);
}

Error connection_error(const Address& address, const std::string& database,
                       const std::string& said) {
  const std::string message =
      fmt::format("cannot connect to database '{}' of {}: {}", database, address.text(), said);
  if (said.find("database \"") != std::string::npos &&
      said.find("does not exist") != std::string::npos) {
    return Error(Fault::kNotFound, message,
                 "Name an existing database in the instance's key 'database'.");
  }
  if (is_about_credentials(said)) {
    return Error(Fault::kCredentials, message,
                 "Check the instance's user and password, and the server's pg_hba.conf.");
  }
  return Error(Fault::kConnection, message,
               "Check that the server runs and the instance's host and port.");
}

}  // namespace

std::string Address::text() const {
  if (!service.empty()) return "service '" + service + "'";
  const std::string shown = host.empty() ? "the default host" : "'" + host + "'";
  return port.empty() ? shown : shown + " port " + port;
}

Connection::Connection(const Address& address, const std::string& database,
                       const std::vector<SessionSetting>& settings, const std::string& encoding)
    : database_(database), where_(address.text()), check_(throw_if_interrupted) {
  const std::string options = options_text(settings);
  ConnectionParameters parameters;
  parameters.add("service", address.service);
  parameters.add("host", address.host);
  parameters.add("port", address.port);
  parameters.add("user", address.user);
  parameters.add("password", address.password.reveal());
  parameters.add("sslmode", address.sslmode);
  parameters.add("sslrootcert", address.sslrootcert);
  parameters.add("dbname", database);
  parameters.add("client_encoding", encoding);
  parameters.add("options", options);
  const std::array<std::pair<const char*, std::string>, 7> fixed = {
      {{"application_name", application_name(settings)},
       {"connect_timeout", "15"},
       {"keepalives", "1"},
       {"keepalives_idle", "30"},
       {"keepalives_interval", "10"},
       {"keepalives_count", "6"},
       {"tcp_user_timeout", "120000"}}};
  for (const auto& [keyword, value] : fixed) parameters.add(keyword, value);
  parameters.keywords.push_back(nullptr);
  parameters.values.push_back(nullptr);

  connection_.reset(PQconnectdbParams(parameters.keywords.data(), parameters.values.data(), 0));
  if (!connection_) throw Error(Fault::kInternal, "out of memory");
  if (!good())
    throw connection_error(address, database, on_one_line(PQerrorMessage(connection_.get())));
  PQsetNoticeReceiver(
      connection_.get(),
      [](void* list, const PGresult* notice) noexcept {
        try {
          static_cast<std::vector<Notice>*>(list)->push_back(
              {.state = field(notice, PG_DIAG_SQLSTATE),
               .text = field(notice, PG_DIAG_SEVERITY) + ": " +
                       field(notice, PG_DIAG_MESSAGE_PRIMARY)});
        } catch (...) {  // a notice that finds no memory is lost, not fatal
        }
      },
      notices_.get());
}

}  // namespace vya::pg
