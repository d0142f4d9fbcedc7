// What an engine is: the code that knows one kind of server, seen from the operations.
//
// An Engine freezes its server into a Snapshot, from which a backup is dumped, or prepares it as a
// Target, into which a backup is loaded. Engines know nothing of repositories; operations carry the
// bytes between the two.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "stream/contents.h"
#include "stream/sink.h"

namespace vya {

/// Told what happens while an engine works. Called from several threads.
class Watcher {
 public:
  virtual ~Watcher() = default;

  /// A sentence the operator should see now: a statement that waits for us, a start over.
  virtual void notice(const std::string& sentence) = 0;
};

/// What a server says of itself.
struct ServerFacts {
  std::string product;    ///< `PostgreSQL`
  std::string version;    ///< `15.18`, as the server writes it
  int major = 0;          ///< 15
  std::string system_id;  ///< the same for as long as it is the same server
  bool standby = false;
};

/// Which of the chosen databases a snapshot holds at present. Where a server has not room for all
/// at a time they come in groups, one after another.
struct DatabaseGroup {
  std::size_t first = 0;   ///< counted from 1, as are the databases' numbers
  std::size_t last = 0;    ///< less than `first`: none
  std::size_t of = 0;      ///< databases in all groups, as far as is known
  std::size_t groups = 1;  ///< in all, those that are done among them, as far as is known

  bool is_last() const { return last == of; }
  bool operator==(const DatabaseGroup&) const = default;
};

/// How the moments of the server were caught.
struct SnapshotFacts {
  ServerFacts server;
  Time taken;                  ///< by the server's clock: the first database's moment
  Time last_taken;             ///< and the last one's, so far
  unsigned moments = 1;        ///< of groups of databases, so far; a group's are as close together
                               ///< as can be
  std::string guarantee;       ///< `exact`: every row of every database as of one moment each
  std::string first_position;  ///< where in the server's log the first database's moment is
                               ///< (PostgreSQL: LSN)
  std::string last_position;   ///< and the last one's, so far
  DatabaseGroup group;         ///< that is held at present
  std::chrono::steady_clock::time_point held_since;  ///< the group, by our own clock
  /// For how long all writing on the server had to wait, where it was stopped to catch the moment.
  std::optional<std::chrono::microseconds> writing_stopped;
};

/// Thrown when the server changed under us in a way that makes this snapshot useless: take another
/// one. what() says what changed.
class StartOver : public std::exception {
 public:
  explicit StartOver(std::string reason, std::string hint = "")
      : reason_(std::move(reason)), hint_(std::move(hint)) {}
  const char* what() const noexcept override { return reason_.c_str(); }
  /// What to change when it happens again and again; empty: nothing in particular.
  const std::string& hint() const { return hint_; }

 private:
  std::string reason_;
  std::string hint_;
};

/// Thrown when the snapshot has become older than it may. what() says how old it is.
class SnapshotTooOld : public std::exception {
 public:
  explicit SnapshotTooOld(std::string reason) : reason_(std::move(reason)) {}
  const char* what() const noexcept override { return reason_.c_str(); }

 private:
  std::string reason_;
};

/// Thrown when the session that dumped a segment was lost and the snapshot still stands: what was
/// written of the segment is void, and it can be dumped again. what() says how it was lost.
class SegmentLost : public std::exception {
 public:
  explicit SegmentLost(std::string reason) : reason_(std::move(reason)) {}
  const char* what() const noexcept override { return reason_.c_str(); }

 private:
  std::string reason_;
};

/// Thrown when the server could not give rows in the way in which they were asked for and may in
/// another: what was written is void, and all of it is to be written to a new sink. what() says
/// why.
class DumpAgain : public std::exception {
 public:
  explicit DumpAgain(std::string reason) : reason_(std::move(reason)) {}
  const char* what() const noexcept override { return reason_.c_str(); }

 private:
  std::string reason_;
};

/// Thrown by a sink of Target::load when the server refused rows that it may take in another way:
/// what was written is void, and all of it is to be written to a new sink. what() says why.
class LoadAgain : public std::exception {
 public:
  explicit LoadAgain(std::string reason) : reason_(std::move(reason)) {}
  const char* what() const noexcept override { return reason_.c_str(); }

 private:
  std::string reason_;
};

/// Thrown by Target::load and its sinks when the rows name things that are there only after the
/// rows: the target loads them itself, in one of the phases of after_rows().
class LoadLater : public std::exception {
 public:
  explicit LoadLater(std::string reason) : reason_(std::move(reason)) {}
  const char* what() const noexcept override { return reason_.c_str(); }

 private:
  std::string reason_;
};

/// What a server lets us read together, as of one moment. Holding it holds locks and connections;
/// it gives them back when it goes.
///
/// Where a server has not room for all databases at a time, it holds a group of them, and advance()
/// gives it up for the next one: databases, tables, segments and documents are always the group's
/// that is held.
class Snapshot {
 public:
  virtual ~Snapshot() = default;

  /// Gives back what it holds and catches the next group, as one moment. Returns false where there
  /// is none, and then changes nothing. Starts over by itself a bounded number of times; throws
  /// StartOver and Error as Engine::freeze() does. What was returned by reference before is void.
  virtual bool advance() { return false; }

  /// Only where there are several groups: gives back what it holds and catches the same group at
  /// another moment; what was dumped of it is void. Throws as advance() does.
  virtual void retake() {}

  virtual const SnapshotFacts& facts() const = 0;
  virtual const std::vector<Database>& databases() const = 0;
  virtual const std::vector<Table>& tables() const = 0;

  /// All segments of all tables, in the order in which they are best dumped: database by database,
  /// the largest first.
  virtual const std::vector<Segment>& segments() const = 0;

  /// The documents, in the order in which they must be dumped: the server's first (of several
  /// groups, with the last one), then each database's one after another. Different databases' may
  /// be dumped at the same time. All come before any segment.
  virtual const std::vector<Document>& documents() const = 0;

  /// Writes a document as JSON lines (UTF-8) and does not finish the sink. Throws StartOver or
  /// Error.
  virtual void dump(const Document& document, Sink& sink) = 0;

  /// Writes a segment's rows and does not finish the sink: each row ends with a line feed, its form
  /// is the engine's (PostgreSQL: COPY text). Several threads may dump different segments. Throws
  /// SegmentLost, DumpAgain (once for a segment), StartOver or Error.
  virtual void dump(const Segment& segment, Sink& sink) = 0;

  /// Looks once more whether all that was dumped of the group is of one moment. Throws StartOver
  /// when it is not.
  virtual void confirm() = 0;

  /// What could not be captured; complete after the last group's confirm().
  virtual std::vector<Gap> gaps() const = 0;
};

struct FreezeOptions {
  std::vector<std::string> include;  ///< globs of databases; none: all
  std::vector<std::string> exclude;
  unsigned jobs = 1;  ///< how many threads will dump segments
  /// An older snapshot throws SnapshotTooOld from whatever is being done with it; nothing: it may
  /// have any age. Of several groups each has its own age.
  std::optional<std::chrono::seconds> max_snapshot_age;
};

/// The backup that is restored, as a Target sees it. Safe from several threads.
class BackupContents {
 public:
  virtual ~BackupContents() = default;

  virtual const ServerFacts& server() const = 0;
  virtual const std::vector<Database>& databases() const = 0;
  virtual const std::vector<Table>& tables() const = 0;

  /// The bytes of a document; nothing when the backup has none of that kind.
  virtual std::unique_ptr<Source> read(const Document& document) const = 0;

  /// Writes a table's rows and does not finish the sink. Throws Error(kCheckFailed) when they are
  /// not those that were backed up.
  virtual void write_rows(const Table& table, Sink& sink) const = 0;

  /// Bytes of all rows' text, for the look at the target's disk.
  virtual std::uint64_t row_bytes() const = 0;
};

/// What happens to accounts that the target has already. None ever overwrites the account that the
/// restore runs as, the server's first superuser, or those that a provider's service keeps.
enum class AccountsPolicy {
  kCreate,    ///< they are left alone; those that are missing are created
  kConverge,  ///< they are made equal to the backup's
  kSkip,      ///< no account is created or changed
};

/// What happens to a database that the target has already.
enum class Existing {
  kRefuse,   ///< the plan refuses
  kReplace,  ///< it is restored under another name, checked, and takes the place of the old one,
             ///< which is kept under a name of its own
};

/// What happens to the sessions that others have in a database when it is replaced.
enum class OpenSessions {
  kRefuse,     ///< the plan refuses while there are some
  kTerminate,  ///< they are ended
};

/// What of the backup is restored.
enum class RestoreScope {
  kAll,
  kAccounts,
  kSchema,  ///< definitions with owners and grants, without rows
  kData,    ///< rows, into tables that are there, empty and of the same shape
};

/// Whether databases and what is in them are created.
constexpr bool makes_definitions(RestoreScope scope) {
  return scope == RestoreScope::kAll || scope == RestoreScope::kSchema;
}

constexpr bool loads_rows(RestoreScope scope) {
  return scope == RestoreScope::kAll || scope == RestoreScope::kData;
}

/// A table that is restored by itself, with what belongs to it, into a database that is there.
struct TableChoice {
  int database = 0;  ///< its number in the backup
  TableName name;
  TableName name_on_target;
  bool operator==(const TableChoice&) const = default;
};

struct RestoreOptions {
  unsigned jobs = 1;
  std::vector<TableChoice> tables;  ///< only these; none: whole databases
  /// Tablespace name -> folder on the target.
  std::vector<std::pair<std::string, std::string>> tablespace_folders;
  RestoreScope scope = RestoreScope::kAll;
  AccountsPolicy accounts = AccountsPolicy::kCreate;
  /// Account of the backup -> the one that stands for it on the target.
  std::map<std::string, std::string> account_names;
  /// Only the accounts that these databases of the backup need; empty: all.
  std::set<std::string> accounts_of;
  Existing existing = Existing::kRefuse;
  OpenSessions open_sessions = OpenSessions::kRefuse;
};

/// Whether whole databases are made, and not tables in one that is there.
inline bool makes_databases(const RestoreOptions& options) {
  return makes_definitions(options.scope) && options.tables.empty();
}

/// One line of a plan, for people: `create role "app"`. Never holds a secret.
struct PlanStep {
  std::string phase;  ///< the name of the phase that will do it
  std::string text;
};

/// What a restore would do. Refusals say why it will not: with any, nothing may be run.
struct Plan {
  std::vector<PlanStep> steps;
  std::vector<std::string> refusals;
  std::vector<Gap> gaps;
  /// The source's own server settings and access rules that the target does not have, a line each:
  /// for people, never applied.
  std::vector<std::string> reference;
};

/// A part of a restore with a name. run() does it and returns what came of it in a few words (`12
/// roles`).
struct Phase {
  std::string name;
  std::function<std::string()> run;
};

/// How many of each kind a restore brought back, in the order in which people expect to read them.
using Totals = std::vector<std::pair<std::string, std::uint64_t>>;

/// How a table's rows are loaded.
enum class Loading {
  kWhole,   ///< by one sink that gets all of the table's rows
  kSmall,   ///< likewise, of a table so small that preparing it costs more than it gains
  kShared,  ///< by several sinks, each with some of the segments
};

/// A server that is being restored to.
class Target {
 public:
  virtual ~Target() = default;

  /// Looks at backup and server and says what would be done; changes nothing.
  virtual const Plan& plan() = 0;

  /// What comes before the rows: accounts, databases, schema. To be run in order; running a phase
  /// throws Error(kRefused) when the plan has refusals.
  virtual std::vector<Phase> before_rows() = 0;

  /// A sink for rows of the table, in the form in which they were dumped. finish() commits them;
  /// abandoned, they are not there. Several threads may load. Throws LoadAgain, a bounded number of
  /// times for a table, LoadLater, or Error(kSql), naming the table; so does the sink.
  virtual std::unique_ptr<Sink> load(const Table& table, Loading loading) = 0;

  /// What comes after the rows: large objects' owners, sequences, indexes, grants, settings. To be
  /// run in order.
  virtual std::vector<Phase> after_rows() = 0;

  /// What comes when all was compared and found as in the backup: databases that replace others
  /// take their names. To be run in order; where it is not run, they keep the names they were
  /// restored under.
  virtual std::vector<Phase> after_check() = 0;

  /// Writes the table's rows as they are on the server now, fields in the order of `table.columns`,
  /// and does not finish the sink. Several threads may read. Throws DumpAgain (once for a table) or
  /// Error.
  virtual void reread(const Table& table, Sink& sink) = 0;

  /// Whether the restore goes on without this table, which is a gap: its rows are not to be loaded
  /// or read.
  virtual bool is_missing(const Table& table) const = 0;

  /// Gives back what was taken for the time of the restore. To be called when all is done; where it
  /// is not, the target's end does it as well as it can.
  virtual void finish() = 0;

  /// What was restored so far.
  virtual Totals totals() const = 0;

  /// The statement that takes away the tables that were made so far in a database that was there;
  /// empty where there is none.
  virtual std::string undo() const { return ""; }

  /// What could not be restored, or only in another form.
  virtual std::vector<Gap> gaps() const = 0;
};

/// Something worth knowing before a backup is relied on.
struct Remark {
  enum class Weight {
    kNotice,  ///< worth knowing; a backup is possible all the same
    kFault,   ///< a backup would fail
  } weight = Weight::kNotice;
  std::string where;  ///< what was looked at
  std::string what;   ///< what is the matter with it
  std::string cure;   ///< what to do, or empty
  bool operator==(const Remark&) const = default;
};

/// What a look at a server says of the backups that it would give.
struct Examination {
  ServerFacts server;
  Time clock;                         ///< the server's
  std::vector<Database> databases;    ///< that a backup would hold
  std::vector<std::string> left_out;  ///< databases that include and exclude leave out
  std::uint64_t bytes = 0;            ///< of the databases, on the server
  std::vector<Gap> gaps;              ///< that a backup would have
  std::vector<Remark> remarks;
};

class Engine {
 public:
  virtual ~Engine() = default;

  /// Connects and asks the server what it is, anew each time; no snapshot or target of the engine
  /// may live. Throws Error(kConnection, kCredentials).
  virtual ServerFacts inspect() = 0;

  /// Catches one moment of the server. The watcher must outlive the snapshot. Starts over by itself
  /// a bounded number of times where that is cheap; throws StartOver where the caller has to, Error
  /// when it cannot be done.
  virtual std::unique_ptr<Snapshot> freeze(const FreezeOptions& options, Watcher& watcher) = 0;

  /// Looks at everything that a backup with these options needs, locks nothing and changes nothing.
  /// Throws Error(kConnection, kCredentials) when it cannot look.
  virtual Examination examine(const FreezeOptions& options) = 0;

  /// Makes the server ready to be restored to; changes nothing by itself. Contents and watcher must
  /// outlive the target.
  virtual std::unique_ptr<Target> prepare(const BackupContents& contents,
                                          const RestoreOptions& options, Watcher& watcher) = 0;
};

}  // namespace vya
