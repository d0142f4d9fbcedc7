// One moment of a MySQL or MariaDB server, held for a backup.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/mysql/accounts/accounts.h"
#include "engine/mysql/ddl_watch.h"
#include "engine/mysql/definitions_lock.h"
#include "engine/mysql/moment.h"
#include "engine/mysql/privileges.h"
#include "engine/mysql/relations.h"
#include "engine/mysql/server.h"
#include "engine/mysql/sessions.h"
#include "engine/snapshot_age.h"

namespace vya::mysql {

class MysqlSnapshot final : public Snapshot {
 public:
  /// Catches the moment. `ddl_wait`: how long statements of others may wait for our lock of
  /// definitions before everything is given back. The watcher must outlive it.
  MysqlSnapshot(Server server, const FreezeOptions& freeze, std::chrono::seconds ddl_wait,
                Watcher& watcher);

  const SnapshotFacts& facts() const override { return facts_; }
  const std::vector<Database>& databases() const override { return databases_; }
  const std::vector<Table>& tables() const override { return tables_; }
  const std::vector<Segment>& segments() const override { return segments_; }
  const std::vector<Document>& documents() const override { return documents_; }
  void dump(const Document& document, Sink& sink) override;
  void dump(const Segment& segment, Sink& sink) override;
  void confirm() override;
  std::vector<Gap> gaps() const override { return gaps_; }

 private:
  void catch_and_describe(const FreezeOptions& freeze, Watcher& watcher);
  std::chrono::seconds table_wait() const;
  std::unique_ptr<Connection> connect();
  std::vector<Database> chosen_databases(const FreezeOptions& freeze);
  bool may_lock_definitions(Watcher& watcher);
  void keep_facts(const Moment& moment);
  void add_gaps(const std::vector<Gap>& gaps);
  std::string guarantee(const MissingPrivileges& missing);
  void list_contents();
  const Relation& relation_of(const Segment& segment) const;
  void require_same_definitions(const std::string& when);
  void require_same_accounts();
  void check() const;
  std::size_t give_back(std::unique_ptr<Connection> session);

  Server server_;
  SnapshotAge age_;
  SnapshotFacts facts_;
  std::string gtid_;
  std::vector<Database> databases_;
  std::vector<std::string> left_out_;  ///< databases that no rule backs up
  std::vector<Relation> relations_;
  std::vector<Table> tables_;
  std::vector<Segment> segments_;
  std::vector<Document> documents_;
  std::mutex gaps_mutex_;  ///< documents are dumped by several threads
  std::vector<Gap> gaps_;
  std::string definitions_;
  Accounts accounts_;
  std::map<std::pair<int, int>, std::size_t> index_;  ///< (database, table) -> of relations_
  std::unique_ptr<Connection> catalog_;  ///< reads definitions, which no snapshot holds still
  std::unique_ptr<DefinitionsLock> definitions_lock_;  ///< where it stops nobody's writing
  RowSessions sessions_;
  std::chrono::seconds ddl_wait_;
  std::unique_ptr<DdlWatch> watch_;  ///< last: its thread uses the others
};

}  // namespace vya::mysql
