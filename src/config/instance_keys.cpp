// A table says which keys there are and how each is read: a new key is one line in it, one in the
// reader's function, and one in docs/manual/configuration.md.
#include "config/instance_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "config/drill_keys.h"

namespace vya {

namespace {

using Reader = void (*)(const Field& field, Instance& to);

void read_text(const Field& field, std::string& to) {
  if (std::optional<std::string> text = field.text()) to = std::move(*text);
}

void read_path(const Field& field, std::string& to) {
  if (std::optional<std::string> path = field.file_path()) to = std::move(*path);
}

void read_engine(const Field& field, Instance& to) {
  const std::optional<std::string> word = field.text();
  if (!word || *word == "postgresql") return;
  if (*word == "mysql") {
    to.engine = EngineKind::kMysql;
  } else if (*word == "mariadb") {
    field.complain("'mariadb' is not known; write mysql, which serves both");
  } else {
    field.complain(fmt::format("'{}' is not known; write postgresql or mysql", *word));
  }
}

void read_port(const Field& field, Instance& to) {
  const std::optional<std::string> text = field.text();
  if (!text) return;
  unsigned number = 0;
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc() || stop != end || number < 1 || number > 65535) {
    field.complain(fmt::format("'{}' is no port; write a number from 1 to 65535", *text));
    return;
  }
  to.port = std::to_string(number);
}

bool is_variable_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') && std::ranges::all_of(name, fits);
}

// No complaint shows the value: it may be a password.
void read_password(const Field& field, Instance& to) {
  const std::optional<std::string> source = field.text();
  if (!source) return;
  if (source->starts_with("env:")) {
    to.password = {PasswordSource::Kind::kEnvironment, source->substr(4)};
    if (is_variable_name(to.password.name)) return;
    field.complain("no variable's name follows 'env:'; write env:NAME, of letters, digits and '_'");
  } else if (source->starts_with("file:")) {
    to.password = {PasswordSource::Kind::kFile, {}};
    if (std::optional<std::string> path = field.file_path(source->substr(5))) {
      to.password.name = std::move(*path);
    }
  } else {
    field.complain(
        "a password must not be written here; write env:NAME (an environment variable) or "
        "file:PATH (a file that only "
        "its owner may read)");
  }
}

void read_sslmode(const Field& field, Instance& to) {
  static const std::vector<std::string> kModes = {"disable", "allow",     "prefer",
                                                  "require", "verify-ca", "verify-full"};
  if (const std::optional<std::size_t> index = field.one_of(kModes)) to.sslmode = kModes[*index];
}

void read_tls(const Field& field, Instance& to) {
  static const std::vector<std::string> kModes = {"disabled", "required", "verify-ca",
                                                  "verify-identity", "fingerprint"};
  if (const std::optional<std::size_t> index = field.one_of(kModes))
    to.tls = static_cast<TlsMode>(*index + 1);
}

// As `openssl x509 -fingerprint -sha1` prints it, with or without its colons.
void read_tls_fingerprint(const Field& field, Instance& to) {
  constexpr std::size_t kDigits = 40;
  const std::optional<std::string> text = field.text();
  if (!text) return;
  std::string digits = *text;
  std::erase(digits, ':');
  if (digits.size() != kDigits ||
      digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) {
    field.complain(
        "is no fingerprint; write the 40 hexadecimal digits that 'openssl x509 -noout -fingerprint "
        "-sha1' prints of the server's certificate");
    return;
  }
  to.tls_fingerprint = digits;
}

void read_ddl(const Field& field, Instance& to) {
  if (const std::optional<std::size_t> index = field.one_of({"wait", "yield"})) {
    to.ddl = *index == 0 ? DdlPolicy::kWait : DdlPolicy::kYield;
  }
}

std::optional<std::chrono::seconds> read_duration(const Field& field, const char* what) {
  const std::optional<std::string> text = field.text();
  if (!text) return std::nullopt;
  const std::optional<std::chrono::seconds> duration = parse_duration(*text);
  if (!duration) {
    field.complain(
        fmt::format("'{}' is no {}; write a number with s, m or h, such as 60s or 5m, at most 24h",
                    *text, what));
  }
  return duration;
}

void read_ddl_wait(const Field& field, Instance& to) {
  to.ddl_wait = read_duration(field, "time to wait").value_or(to.ddl_wait);
}

void read_restore_only(const Field& field, Instance& to) {
  to.restore_only = field.truth().value_or(false);
}

void read_anomaly_factor(const Field& field, Instance& to) {
  const std::optional<double> factor = read_number(field);
  if (!factor) return;
  to.anomaly_factor = *factor;
  if (*factor <= 1) field.complain("is not greater than 1; write how many times as large is odd");
}

void read_max_snapshot_age(const Field& field, Instance& to) {
  to.max_snapshot_age = read_duration(field, "age");
}

void read_max_outage(const Field& field, Instance& to) {
  to.max_outage = read_duration(field, "time to wait").value_or(to.max_outage);
}

void read_pause_replay(const Field& field, Instance& to) {
  if (const std::optional<bool> truth = field.truth()) to.pause_replay = *truth;
}

void read_open_closed(const Field& field, Instance& to) {
  if (const std::optional<bool> truth = field.truth()) to.open_closed_databases = *truth;
}

// `KIND:WHAT`, as a backup prints it: `closed-database:legacy`.
bool is_gap_id(std::string_view id) {
  const std::size_t colon = id.find(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < id.size();
}

void read_accept_gaps(const Field& field, Instance& to) {
  field.each([&](const std::string& id, const Field& reason) {
    if (!is_gap_id(id)) {
      reason.complain(
          "this is no gap; write KIND:WHAT as a backup prints it, such as closed-database:legacy");
      return;
    }
    if (std::optional<std::string> why = reason.text()) to.accept_gaps[id] = std::move(*why);
  });
}

/// Whose instances a key is for.
enum class For { kAll, kPostgresql, kMysql };

struct Key {
  const char* name;
  Reader read;
  For engines = For::kAll;

  bool is_for(EngineKind engine) const {
    return engines == For::kAll || (engines == For::kMysql) == (engine == EngineKind::kMysql);
  }
};

constexpr Key kKeys[] = {
    {"engine", read_engine},
    {"host", [](const Field& field, Instance& to) { read_text(field, to.host); }},
    {"port", read_port},
    {"user", [](const Field& field, Instance& to) { read_text(field, to.user); }},
    {"password", read_password},
    {"sslmode", read_sslmode, For::kPostgresql},
    {"sslrootcert", [](const Field& field, Instance& to) { read_path(field, to.sslrootcert); },
     For::kPostgresql},
    {"service", [](const Field& field, Instance& to) { read_text(field, to.service); },
     For::kPostgresql},
    {"database",
     [](const Field& field, Instance& to) { read_text(field, to.maintenance_database); },
     For::kPostgresql},
    {"include", [](const Field& field, Instance& to) { to.include = field.texts(); }},
    {"exclude", [](const Field& field, Instance& to) { to.exclude = field.texts(); }},
    {"ddl", read_ddl},
    {"ddl_wait", read_ddl_wait},
    {"max_snapshot_age", read_max_snapshot_age},
    {"max_outage", read_max_outage},
    {"pause_replay", read_pause_replay, For::kPostgresql},
    {"open_closed_databases", read_open_closed, For::kPostgresql},
    {"pg_dump", [](const Field& field, Instance& to) { read_path(field, to.pg_dump); },
     For::kPostgresql},
    {"socket", [](const Field& field, Instance& to) { read_path(field, to.socket); }, For::kMysql},
    {"tls", read_tls, For::kMysql},
    {"tls_ca", [](const Field& field, Instance& to) { read_path(field, to.tls_ca); }, For::kMysql},
    {"tls_fingerprint", read_tls_fingerprint, For::kMysql},
    {"accept_gaps", read_accept_gaps},
    {"restore_only", read_restore_only},
    {"rpo", [](const Field& field, Instance& to) { to.rpo = read_target(field); }},
    {"rto", [](const Field& field, Instance& to) { to.rto = read_target(field); }},
    {"drill", [](const Field& field, Instance& to) { to.drill = read_drill(field); }},
    {"anomaly_factor", read_anomaly_factor},
};

std::vector<std::string> key_names(EngineKind engine) {
  std::vector<std::string> names;
  for (const Key& key : kKeys) {
    if (key.is_for(engine)) names.emplace_back(key.name);
  }
  return names;
}

/// A key of the map with its value.
struct Entry {
  std::string key;
  Field value;
};

void read_entry(const Field& field, const Entry& entry, Instance& to) {
  const auto key = std::ranges::find(kKeys, entry.key, &Key::name);
  if (key == std::end(kKeys))
    return field.unknown_key(entry.value, entry.key, key_names(to.engine));
  if (key->is_for(to.engine)) return key->read(entry.value, to);
  entry.value.complain(fmt::format("is a key of {} only; remove it", key->engines == For::kMysql
                                                                         ? "'engine: mysql'"
                                                                         : "'engine: postgresql'"));
}

/// What is wrong with an instance as a whole.
void look_at_whole(const Field& field, const Instance& instance,
                   const std::set<std::string>& given) {
  if (!given.contains("engine"))
    field.complain("the key 'engine' is missing; write 'engine: postgresql' or 'engine: mysql'");
  if (instance.engine == EngineKind::kPostgresql) {
    if (!given.contains("host") && !given.contains("service")) {
      field.complain(
          "the key 'host' is missing; write the server's name, or the folder of its socket");
    }
    return;
  }
  if (given.contains("host") == given.contains("socket"))
    field.complain("write either 'host' or 'socket'");
  if (given.contains("socket") && given.contains("port"))
    field.complain("a socket has no port; remove the key 'port'");
  if (instance.tls == TlsMode::kFingerprint && instance.tls_fingerprint.empty())
    field.complain("'tls: fingerprint' needs the key 'tls_fingerprint'");
  const bool verifies =
      instance.tls == TlsMode::kVerifyCa || instance.tls == TlsMode::kVerifyIdentity;
  if (verifies && instance.tls_ca.empty())
    field.complain("verifying the server's certificate needs the key 'tls_ca'");
}

}  // namespace

Instance read_instance(const std::string& name, const Field& field) {
  Instance instance;
  instance.name = name;
  std::set<std::string> given;
  std::vector<Entry> entries;
  const bool is_map = field.each([&](const std::string& key, const Field& value) {
    given.insert(key);
    // First of all: which keys there are depends on it, wherever it stands.
    if (key == "engine") return read_engine(value, instance);
    entries.push_back({key, value});
  });
  if (!is_map) return instance;
  for (const Entry& entry : entries) read_entry(field, entry, instance);
  look_at_whole(field, instance, given);
  return instance;
}

}  // namespace vya
