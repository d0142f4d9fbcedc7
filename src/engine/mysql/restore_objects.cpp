// Routines, packages, views, triggers and events, each made in the surroundings that it was defined
// in.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/log.h"
#include "engine/mysql/phases.h"
#include "engine/mysql/quote.h"
#include "engine/mysql/stored_object.h"

namespace vya::mysql {

namespace {

/// Makes objects of one database after another, in a session of its own: it is as those were that
/// defined them.
class Maker {
 public:
  explicit Maker(Restoration& restoration)
      : restoration_(restoration), session_(restoration.sessions.borrow()) {}
  Maker(const Maker&) = delete;
  Maker& operator=(const Maker&) = delete;
  ~Maker() { session_->close(); }

  /// From now on objects are of this database.
  Maker& in(const DatabaseModel& database) {
    if (database_ == &database) return *this;
    finish();
    session_->run("USE " + quote_name(database.name()));
    database_ = &database;
    return *this;
  }

  /// Runs a statement in the object's surroundings. Returns what the server said where it refused.
  std::optional<std::string> run(const SchemaObject& object, const std::string& statement) {
    const std::string what = "restore " + in_words(*database_, object);
    try {
      const std::string sql = in_its_charset(*session_, object, statement);
      collate_database(object.database_collation);
      for (const std::string& surrounding : surroundings_of(object)) session_->run(surrounding);
      session_->run(sql);
      reset();
      return std::nullopt;
    } catch (const SqlError& error) {
      if (error.fault() == Fault::kConnection) fail_to(what, error);
      reset();
      return error.said();
    }
  }

  /// Makes an object, or adds a gap.
  void make(const SchemaObject& object, const std::string& counted_as) {
    if (refuses_name(object)) return;
    if (const auto said = run(object, object.definition)) return add_gap(object, *said);
    restoration_.outcome.add(counted_as);
  }

  /// Whether the object names a database that is another one here; then adds a gap.
  bool refuses_name(const SchemaObject& object) {
    const auto named = named_database(restoration_.backup, object);
    if (!named) return false;
    restoration_.outcome.add(
        {.kind = "reference",
         .what = in_words(*database_, object),
         .why = fmt::format("its text names the database {}, which has another name here: it would "
                            "act on the other one, so it is left out",
                            quote_name(*named)),
         .cure = "Change the name and run: " + object.definition});
    return true;
  }

  void add_gap(const SchemaObject& object, const std::string& said) {
    const std::string as_before =
        object.broken ? "it could not be used on the source either (" + *object.broken + "); " : "";
    restoration_.outcome.add({.kind = object.type == "package body" ? "package" : object.type,
                              .what = quote_name(database_->name(), object.name),
                              .why = as_before + "the target refuses it: " + said,
                              .cure = object.definition});
  }

  /// Gives the database its own collation back.
  void finish() {
    if (database_ != nullptr) collate_database(database_->itself.collation);
    collated_.reset();
  }

  Connection& session() { return *session_; }

 private:
  /// What has no collation of its own takes the database's when it is defined.
  void collate_database(const std::optional<std::string>& collation) {
    if (!collation || !database_->itself.collation) return;
    if (!collated_) collated_ = database_->itself.collation;
    if (collation == collated_) return;
    session_->run(
        fmt::format("ALTER DATABASE {} COLLATE {}", quote_name(database_->name()), *collation));
    collated_ = collation;
  }

  void reset() {
    session_->run("SET sql_mode = ''");
    session_->run("SET NAMES utf8mb4");
    session_->run("SET time_zone = '+00:00'");
  }

  Restoration& restoration_;
  const DatabaseModel* database_ = nullptr;
  RestoreSession session_;
  std::optional<std::string> collated_;  ///< how the database is now
};

/// Views that need one another in a way that their texts do not tell are tried again as long as
/// that makes any.
void restore_views(Restoration& restoration) {
  auto views = views_in_order(restoration.backup);
  Maker maker(restoration);
  std::erase_if(views,
                [&](const auto& view) { return maker.in(*view.first).refuses_name(*view.second); });
  for (std::size_t before = views.size() + 1; !views.empty();) {
    const bool last_try = views.size() == before;
    before = views.size();
    std::erase_if(views, [&](const auto& view) {
      const auto said = maker.in(*view.first).run(*view.second, view.second->definition);
      if (said && last_try) maker.in(*view.first).add_gap(*view.second, *said);
      if (!said) restoration.outcome.add("views");
      return !said || last_try;
    });
  }
}

/// Accounts that objects belong to and that the target does not have.
void look_for_definers(Restoration& restoration) {
  std::map<std::string, std::uint64_t> definers;
  for (const DatabaseModel& database : restoration.backup.databases) {
    for (const SchemaObject& object : database.objects) {
      if (object.definer) ++definers[*object.definer];
    }
  }
  RestoreSession session = restoration.sessions.borrow();
  try {
    // A role has no host, and the servers write it with and without the sign.
    session->each("SELECT CONCAT(User, '@', Host), User FROM mysql.user", [&](const RowView& row) {
      definers.erase(row.text(0));
      if (row.bytes(0).ends_with('@')) definers.erase(row.text(1));
    });
  } catch (const SqlError& error) {
    if (!is_privilege_missing(error.number())) throw;
    log_event(LogLevel::kDebug, "definers not looked at", {{"why", error.message()}});
    return;
  }
  for (const auto& [definer, objects] : definers) {
    restoration.outcome.add(
        {.kind = "definer",
         .what = definer,
         .why = fmt::format("{} object{} to this account, which the target does not have, and fail "
                            "when they are used",
                            objects, objects == 1 ? " belongs" : "s belong"),
         .cure = "Create the account, or restore it with the backup's accounts."});
  }
}

std::string words_for(const Restoration& restoration, const std::vector<std::string>& counts) {
  Totals totals;
  for (const std::string& count : counts)
    totals.emplace_back(count, restoration.outcome.number(count));
  return in_words(totals);
}

/// An event whose time has passed is dropped by the server as soon as it is made.
void look_for_lost_events(Restoration& restoration, const DatabaseModel& database,
                          Connection& session) {
  std::set<std::string> there;
  session.each("SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = " +
                   quote_text(database.name()),
               [&](const RowView& row) { there.insert(row.text(0)); });
  for (const SchemaObject* event : database.of_type("event")) {
    if (there.contains(event->name)) continue;
    const auto gaps = restoration.outcome.gaps();
    const std::string name = quote_name(database.name(), event->name);
    if (std::ranges::any_of(gaps, [&](const Gap& gap) { return gap.what.ends_with(name); }))
      continue;
    restoration.outcome.add({.kind = "event",
                             .what = name,
                             .why = "its time has passed, so the target does not keep it",
                             .cure = event->definition});
  }
}

}  // namespace

std::string restore_objects(Restoration& restoration) {
  struct Kind {
    const char* type;
    const char* counted_as;
  };
  Maker maker(restoration);
  for (const DatabaseModel& database : restoration.backup.databases) {
    for (const Kind& kind : {Kind{"function", "functions"}, Kind{"procedure", "procedures"},
                             Kind{"package", "packages"}, Kind{"package body", "package bodies"}}) {
      for (const SchemaObject* object : database.of_type(kind.type))
        maker.in(database).make(*object, kind.counted_as);
    }
  }
  maker.finish();
  restore_views(restoration);
  for (const DatabaseModel& database : restoration.backup.databases) {
    for (const SchemaObject* trigger : database.of_type("trigger"))
      maker.in(database).make(*trigger, "triggers");
  }
  maker.finish();
  look_for_definers(restoration);
  return words_for(restoration,
                   {"functions", "procedures", "packages", "package bodies", "views", "triggers"});
}

std::string restore_events(Restoration& restoration) {
  Maker maker(restoration);
  for (const DatabaseModel& database : restoration.backup.databases) {
    if (database.of_type("event").empty()) continue;
    maker.in(database);
    for (const SchemaObject* event : database.of_type("event")) {
      if (maker.refuses_name(*event)) continue;
      const auto statement = disabled(*event);
      if (const auto said = maker.run(*event, statement.value_or(event->definition))) {
        maker.add_gap(*event, *said);
        continue;
      }
      restoration.outcome.add("events");
      if (statement) restoration.enable.emplace_back(&database, event);
    }
    look_for_lost_events(restoration, database, maker.session());
  }
  maker.finish();
  return words_for(restoration, {"events"}) + ", disabled until the end";
}

void enable_events(Restoration& restoration) {
  Maker maker(restoration);
  for (const auto& [database, event] : std::exchange(restoration.enable, {})) {
    maker.in(*database);
    // Without its definer it would be ours.
    const std::string alter = fmt::format("ALTER DEFINER = {} EVENT {} ENABLE",
                                          definer_clause(*event), quote_name(event->name));
    if (const auto said = maker.run(*event, alter)) {
      restoration.outcome.add({.kind = "event",
                               .what = quote_name(database->name(), event->name),
                               .why = "it stays disabled: " + *said,
                               .cure = alter});
    }
  }
  maker.finish();
}

}  // namespace vya::mysql
