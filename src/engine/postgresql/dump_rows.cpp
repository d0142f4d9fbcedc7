// The rows of a held group: read by sessions that share a leader's snapshot, or by the leader
// itself.
#include <fmt/format.h>

#include <optional>
#include <utility>

#include "engine/postgresql/held_group.h"
#include "stream/checked_sink.h"

namespace vya::pg {

namespace {

constexpr std::string_view kNoSuchSnapshot = "22023";  // of SET TRANSACTION SNAPSHOT

}  // namespace

void HeldGroup::dump(const Segment& segment, Sink& sink) {
  const Table& table = contents_.table_of(segment);
  Leader& leader = leader_of(segment.database);
  CheckedSink checked(sink, [this] { check(); });
  const auto read = [&](Connection& session) {
    read_rows(session, table, segment.range, leader.database().encoding,
              binary_segments_.format_of(table, segment.number), checked);
  };
  try {
    // Where someone queues for the lock, the leader has it already and need not queue.
    if (!copy(segment, read)) copy_by_leader(segment, read);
  } catch (const SqlError& e) {
    refused(segment, e);
  }
}

/// Returns false, having read nothing, when the table's lock cannot be had at once.
bool HeldGroup::copy(const Segment& segment, const std::function<void(Connection&)>& read) {
  using TableLock = RowSession::TableLock;
  const Table& table = contents_.table_of(segment);
  const bool lockable = table.kind == TableKind::kTable || table.kind == TableKind::kConfiguration;
  const bool several = contents_.is_one_of_several(segment);
  const TableLock lock = !lockable ? TableLock::kNone
                         : several ? TableLock::kKept
                                   : TableLock::kForNow;
  std::unique_ptr<RowSession> session = sessions_.borrow(leader_of(segment.database));
  const bool copied = session->copy(table.name, lock, read);
  sessions_.give_back(std::move(session));
  return copied;
}

void HeldGroup::copy_by_leader(const Segment& segment,
                               const std::function<void(Connection&)>& read) {
  std::optional<SqlError> error;
  leader_of(segment.database).with_session([&](Connection& held) {
    held.run("SAVEPOINT part; SET LOCAL lock_timeout = 0");
    try {
      read(held);
    } catch (const SqlError& e) {
      if (!may_be_too_long(contents_.table_of(segment), e.state())) throw;
      error = e;  // the snapshot is to outlive it
    }
    held.run("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part");
  });
  if (error) throw SqlError(*error);
}

void HeldGroup::refused(const Segment& segment, const SqlError& error) {
  const Table& table = contents_.table_of(segment);
  Leader& leader = leader_of(segment.database);
  throw_if_conflict(error);
  if (error.state() == kNoSuchSnapshot)
    throw StartOver("the session that holds the snapshot was lost: " + error.message());
  if (error.state() == kUndefinedTable)
    throw StartOver("something was dropped while it was read: " + error.message());
  if (error.fault() == Fault::kConnection) {
    const std::string lost =
        fmt::format("cannot read table '{}.{}' of database '{}': {}", table.name.schema,
                    table.name.name, leader.database().name, error.said());
    if (leader.beat()) throw SegmentLost(lost);
    throw Error(Fault::kConnection, lost, error.hint());
  }
  if (!may_be_too_long(table, error.state())) throw SqlError(error);
  if (binary_segments_.format_of(table, segment.number) == RowFormat::kBinary)
    fail_to_read(table, leader.database().name, error);
  binary_segments_.add(table, segment.number);
  const std::string why =
      fmt::format("the server cannot write rows of {} as text, so they are read in binary: {}",
                  in_words(table, leader.database().name), error.said());
  around_.watcher.notice(why);
  throw DumpAgain(why);
}

}  // namespace vya::pg
