// The parts of reading accounts.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/mysql/accounts/accounts.h"

namespace vya::mysql {

/// Gives a session the settings under which names, hashes and times read and write as they are
/// stored, and back its own at the end.
class OwnSettings {
 public:
  explicit OwnSettings(Connection& connection);
  OwnSettings(const OwnSettings&) = delete;
  OwnSettings& operator=(const OwnSettings&) = delete;
  ~OwnSettings();

 private:
  Connection& connection_;
  std::vector<std::string> back_;
};

/// The server's tables of accounts, as far as the user may read them; each that it may not is a
/// gap.
class AccountTables {
 public:
  AccountTables(Connection& connection, std::vector<Gap>& gaps)
      : connection_(connection), gaps_(gaps) {}

  /// Calls `row` for the rows of `SELECT columns FROM mysql.table`.
  void each(const std::string& table, const std::string& columns,
            const std::function<void(const RowView&)>& row);

  /// Rows of another statement, which needs the privilege to read `table`.
  void query(const std::string& table, const std::string& sql,
             const std::function<void(const RowView&)>& row);

  /// The names of a table's columns.
  std::vector<std::string> columns(const std::string& table);

  /// What cannot be told of the accounts.
  void add(Gap gap) { gaps_.push_back(std::move(gap)); }

  Connection& connection() { return connection_; }

  /// Whether the accounts themselves could be read.
  bool knows_accounts() const {
    return !unread_.contains("user") && !unread_.contains("global_priv");
  }

 private:
  Connection& connection_;
  std::vector<Gap>& gaps_;
  std::set<std::string> unread_;
};

/// Accounts, roles and global privileges, as each of the two products keeps them.
void read_mysql_accounts(AccountTables& tables, const Flavor& flavor, Accounts& to);
void read_mariadb_accounts(AccountTables& tables, Accounts& to);

/// What both keep alike: privileges on databases, tables, columns and routines, and proxies.
void read_grants(AccountTables& tables, Accounts& to);

/// `CREATE TEMPORARY TABLES` for the column `Create_tmp_table_priv`, and for the words of the
/// columns of type SET: `Show view`.
std::string privilege_of(std::string_view word);

std::string upper(std::string text);
std::string lower(std::string text);

/// Puts each list in its order.
void sort(Accounts& accounts);

}  // namespace vya::mysql
