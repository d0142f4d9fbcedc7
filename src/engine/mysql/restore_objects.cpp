// Routines, packages, views, triggers and events, each made in the surroundings that it was defined
// in.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/log.h"
#include "engine/mysql/events.h"
#include "engine/mysql/object_maker.h"
#include "engine/mysql/phases.h"
#include "engine/mysql/quote.h"
#include "engine/mysql/stored_object.h"

namespace vya::mysql {

namespace {

/// Views that need one another in a way that their texts do not tell are tried again as long as
/// that makes any.
void restore_views(Restoration& restoration) {
  auto views = views_in_order(restoration.backup);
  std::erase_if(views,
                [&](const auto& view) { return restoration.made_views.contains(view.second); });
  ObjectMaker maker(restoration);
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
  if (!shows_events(session)) return;  // then none could be made, and each is a gap
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
  ObjectMaker maker(restoration);
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
  ObjectMaker maker(restoration);
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
  ObjectMaker maker(restoration);
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
