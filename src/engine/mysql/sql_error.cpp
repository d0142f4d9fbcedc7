// Numbers are those of the servers' errmsg tables and of the client library's errmsg.h; MySQL and
// MariaDB agree on all that are here.
#include "engine/mysql/sql_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace vya::mysql {

namespace {

struct Meaning {
  unsigned number;
  Fault fault;
  const char* hint;
};

constexpr const char* kUnreachable =
    "Check that the server runs, and the instance's host and port, or socket.";
constexpr const char* kLost =
    "The server ended the connection or the network did; the server's error log tells which.";
constexpr const char* kLogin =
    "Check the instance's user and password, and for which hosts the "
    "server has an account of this name.";
constexpr const char* kPlugin =
    "Install the client library's plugin of this name (Debian: package libmariadb3), or give the "
    "account an authentication plugin that is there.";
constexpr const char* kRights = "Grant the instance's user the privilege, or name one who has it.";

constexpr std::array kMeanings = {
    Meaning{1040, Fault::kConnection, "Raise max_connections, or use fewer --jobs."},
    Meaning{1044, Fault::kPermission, kRights},
    Meaning{1045, Fault::kCredentials, kLogin},
    Meaning{1047, Fault::kConnection,
            "A node of a Galera cluster says so while it is not in the cluster's primary "
            "component: use another node."},
    Meaning{1049, Fault::kNotFound, ""},
    Meaning{1053, Fault::kConnection, kLost},
    Meaning{1129, Fault::kConnection, "Run FLUSH HOSTS on the server."},
    Meaning{1130, Fault::kCredentials, kLogin},
    Meaning{1142, Fault::kPermission, kRights},
    Meaning{1143, Fault::kPermission, kRights},
    Meaning{1152, Fault::kConnection, kLost},
    Meaning{1203, Fault::kConnection, "Raise max_user_connections, or use fewer --jobs."},
    Meaning{1226, Fault::kConnection, "Raise the account's limit, or use fewer --jobs."},
    Meaning{1227, Fault::kPermission, kRights},
    Meaning{1251, Fault::kCredentials, kPlugin},
    Meaning{1370, Fault::kPermission, kRights},
    Meaning{1524, Fault::kCredentials, kPlugin},
    Meaning{1698, Fault::kCredentials, kLogin},
    Meaning{1820, Fault::kCredentials, "The password has expired: set a new one."},
    Meaning{1862, Fault::kCredentials, "The password has expired: set a new one."},
    Meaning{1927, Fault::kConnection, kLost},
    Meaning{2002, Fault::kConnection, kUnreachable},
    Meaning{2003, Fault::kConnection, kUnreachable},
    Meaning{2005, Fault::kConnection, kUnreachable},
    Meaning{2006, Fault::kConnection, kLost},
    Meaning{2012, Fault::kConnection, kUnreachable},
    Meaning{2013, Fault::kConnection, kLost},
    Meaning{2026, Fault::kConnection,
            "Check the instance's tls, tls_ca and tls_fingerprint, and the server's certificate."},
    Meaning{2055, Fault::kConnection, kLost},
    Meaning{2058, Fault::kCredentials, kPlugin},
    Meaning{2059, Fault::kCredentials, kPlugin},
    Meaning{2061, Fault::kCredentials, kPlugin},
    Meaning{3118, Fault::kCredentials, "The account is locked: ALTER USER ... ACCOUNT UNLOCK."},
    Meaning{4031, Fault::kConnection, "Raise wait_timeout on the server."},
    Meaning{4151, Fault::kCredentials, "The account is locked: ALTER USER ... ACCOUNT UNLOCK."},
};

const Meaning* meaning_of(unsigned number) {
  const auto found = std::ranges::find(kMeanings, number, &Meaning::number);
  return found == kMeanings.end() ? nullptr : &*found;
}

}  // namespace

Fault fault_of(unsigned number) {
  const Meaning* meaning = meaning_of(number);
  return meaning == nullptr ? Fault::kSql : meaning->fault;
}

bool is_privilege_missing(unsigned number) { return fault_of(number) == Fault::kPermission; }

bool is_definition_changed(unsigned number) {
  constexpr std::array<unsigned, 4> kChanged = {
      1049,  // no such database
      1054,  // no such column
      kUnknownTable,
      1412,  // the snapshot cannot see the table any more
  };
  return std::ranges::find(kChanged, number) != kChanged.end();
}

bool is_definition_in_use(unsigned number) {
  return number == kLockWaitTimeout || number == kDeadlock || number == kTableSkipped;
}

std::string hint_of(unsigned number, const std::string& said) {
  // A plugin that is not there is reported as a refused login by some versions of the library.
  const bool of_plugin = said.find("plugin") != std::string::npos || said.starts_with("Plugin ");
  if (of_plugin && fault_of(number) == Fault::kCredentials) return kPlugin;
  const Meaning* meaning = meaning_of(number);
  return meaning == nullptr ? "" : meaning->hint;
}

}  // namespace vya::mysql
