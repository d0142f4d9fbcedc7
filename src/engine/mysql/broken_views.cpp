// Views that could not be used on the source, because what they name is gone or has other columns.
//
// No server makes such a view, but each keeps one whose tables go away. So these come before all
// tables, while their database is empty: what they name is put there for a moment, with columns of
// any type. A type can show in the text that the server keeps, so that is compared with the
// backup's.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "engine/mysql/object_maker.h"
#include "engine/mysql/phases.h"
#include "engine/mysql/quote.h"
#include "engine/mysql/sql_tokens.h"
#include "engine/mysql/stored_object.h"
#include "engine/mysql/view_needs.h"

namespace vya::mysql {

namespace {

constexpr std::array kTypes = {"INT", "LONGTEXT", "GEOMETRY"};

/// What stands for tables and functions that are not there. Taken away when it goes.
class Placeholders {
 public:
  Placeholders(Connection& session, const BackupModel& backup)
      : session_(session), backup_(backup) {}
  Placeholders(const Placeholders&) = delete;
  Placeholders& operator=(const Placeholders&) = delete;
  ~Placeholders() {
    try {
      for (const std::string& statement : drop_) session_.run(statement);
    } catch (...) {  // what is left over is in the way of the table of that name, and told then
    }
  }

  /// Throws SqlError.
  void make(const ViewNeeds& needs, const char* type) {
    std::vector<std::string> columns;
    for (const std::string& column : needs.columns)
      columns.push_back(quote_name(column) + " " + type);
    if (columns.empty()) columns.emplace_back("any INT");
    for (const ObjectName& name : needs.relations) {
      make("TABLE", name, fmt::format("({})", fmt::join(columns, ", ")));
    }
    for (const auto& [name, count] : needs.functions) {
      std::vector<std::string> arguments;
      for (std::size_t i = 1; i <= count; ++i) arguments.push_back(fmt::format("a{} INT", i));
      make("FUNCTION", name,
           fmt::format("({}) RETURNS INT DETERMINISTIC NO SQL RETURN 0",
                       fmt::join(arguments, ", ")));
    }
  }

 private:
  /// Other databases are not ours to put things into.
  void make(const char* what, const ObjectName& name, const std::string& definition) {
    const bool is_ours = std::ranges::any_of(
        backup_.databases, [&](const DatabaseModel& one) { return one.name() == name.first; });
    if (!is_ours) return;
    const std::string quoted = quote_name(name.first, name.second);
    session_.run(fmt::format("CREATE {} {} {}", what, quoted, definition));
    drop_.push_back(fmt::format("DROP {} {}", what, quoted));
  }

  Connection& session_;
  const BackupModel& backup_;
  std::vector<std::string> drop_;
};

/// The text without the databases before the tables of columns: MariaDB writes them where the table
/// or the column is gone.
std::string comparable(const std::string& definition) {
  std::vector<SqlToken> tokens = sql_tokens(definition);
  std::string text;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto joins = [&](std::size_t at) {
      return at + 1 < tokens.size() && is_symbol(tokens[at], '.') &&
             tokens[at + 1].kind == SqlTokenKind::kName;
    };
    const bool is_whole = tokens[i].kind == SqlTokenKind::kName && joins(i + 1) && joins(i + 3) &&
                          (i == 0 || !is_symbol(tokens[i - 1], '.'));
    if (is_whole) i += 2;
    text += tokens[i].text;
  }
  return text;
}

bool is_as_before(Connection& session, const DatabaseModel& database, const SchemaObject& view) {
  const auto shown =
      session.query("SHOW CREATE VIEW " + quote_name(database.name(), view.name)).at(0);
  return comparable(shown.at(1).value_or("")) == comparable(view.definition);
}

/// Returns whether the view is there as it was.
bool make(Restoration& restoration, ObjectMaker& maker, const DatabaseModel& database,
          const SchemaObject& view, const char* type) {
  Connection& session = maker.in(database).session();
  try {
    {
      Placeholders placeholders(session, restoration.backup);
      placeholders.make(needs_of(view, database.name()), type);
      if (maker.run(view, view.definition)) return false;
    }
    if (is_as_before(session, database, view)) return true;
    session.run("DROP VIEW " + quote_name(database.name(), view.name));
  } catch (const SqlError& error) {
    if (!session.good()) fail_to("restore " + in_words(database, view), error);
  }
  return false;
}

}  // namespace

void restore_broken_views(Restoration& restoration) {
  auto views = views_in_order(restoration.backup);
  // Those that are made of others come first, while the others' names are free.
  std::ranges::reverse(views);
  std::erase_if(views, [&](const auto& view) {
    return !view.second->broken || named_database(restoration.backup, *view.second);
  });
  if (views.empty()) return;
  ObjectMaker maker(restoration);
  for (const auto& [database, view] : views) {
    const bool made = std::ranges::any_of(
        kTypes, [&](const char* type) { return make(restoration, maker, *database, *view, type); });
    if (!made) continue;
    restoration.made_views.insert(view);
    restoration.outcome.add("views");
    restoration.watcher.notice(fmt::format("{} cannot be used, as on the source: {}",
                                           in_words(*database, *view), *view->broken));
  }
  maker.finish();
}

}  // namespace vya::mysql
