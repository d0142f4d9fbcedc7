#include "engine/mysql/object_maker.h"

#include <fmt/format.h>

#include "engine/mysql/quote.h"
#include "engine/mysql/stored_object.h"

namespace vya::mysql {

ObjectMaker& ObjectMaker::in(const DatabaseModel& database) {
  if (database_ == &database) return *this;
  finish();
  session_->run("USE " + quote_name(database.name()));
  database_ = &database;
  return *this;
}

std::optional<std::string> ObjectMaker::run(const SchemaObject& object,
                                            const std::string& statement) {
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

void ObjectMaker::make(const SchemaObject& object, const std::string& counted_as) {
  if (refuses_name(object)) return;
  if (const auto said = run(object, object.definition)) return add_gap(object, *said);
  restoration_.outcome.add(counted_as);
}

bool ObjectMaker::refuses_name(const SchemaObject& object) {
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

void ObjectMaker::add_gap(const SchemaObject& object, const std::string& said) {
  const std::string as_before =
      object.broken ? "it could not be used on the source either (" + *object.broken + "); " : "";
  restoration_.outcome.add({.kind = object.type == "package body" ? "package" : object.type,
                            .what = quote_name(database_->name(), object.name),
                            .why = as_before + "the target refuses it: " + said,
                            .cure = object.definition});
}

void ObjectMaker::finish() {
  if (database_ != nullptr) collate_database(database_->itself.collation);
  collated_.reset();
}

/// What has no collation of its own takes the database's when it is defined.
void ObjectMaker::collate_database(const std::optional<std::string>& collation) {
  if (!collation || !database_->itself.collation) return;
  if (!collated_) collated_ = database_->itself.collation;
  if (collation == collated_) return;
  session_->run(
      fmt::format("ALTER DATABASE {} COLLATE {}", quote_name(database_->name()), *collation));
  collated_ = collation;
}

void ObjectMaker::reset() {
  session_->run("SET sql_mode = ''");
  session_->run("SET NAMES utf8mb4");
  session_->run("SET time_zone = '+00:00'");
}

}  // namespace vya::mysql
