// Makes objects, each in the surroundings that it was defined in.
#pragma once

#include <optional>
#include <string>

#include "engine/mysql/restoration.h"

namespace vya::mysql {

/// Makes objects of one database after another, in a session of its own: it is as those were that
/// defined them.
class ObjectMaker {
 public:
  explicit ObjectMaker(Restoration& restoration)
      : restoration_(restoration), session_(restoration.sessions.borrow()) {}
  ObjectMaker(const ObjectMaker&) = delete;
  ObjectMaker& operator=(const ObjectMaker&) = delete;
  ~ObjectMaker() { session_->close(); }

  /// From now on objects are of this database.
  ObjectMaker& in(const DatabaseModel& database);

  /// Runs a statement in the object's surroundings. Returns what the server said where it refused.
  std::optional<std::string> run(const SchemaObject& object, const std::string& statement);

  /// Makes an object, or adds a gap.
  void make(const SchemaObject& object, const std::string& counted_as);

  /// Whether the object names a database that is another one here; then adds a gap.
  bool refuses_name(const SchemaObject& object);

  void add_gap(const SchemaObject& object, const std::string& said);

  /// Gives the database its own collation back.
  void finish();

  Connection& session() { return *session_; }

 private:
  void collate_database(const std::optional<std::string>& collation);
  void reset();

  Restoration& restoration_;
  const DatabaseModel* database_ = nullptr;
  RestoreSession session_;
  std::optional<std::string> collated_;  ///< how the database is now
};

}  // namespace vya::mysql
