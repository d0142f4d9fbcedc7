#include "operation/runbook.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/error.h"
#include "base/printable.h"
#include "base/version.h"
#include "operation/contents.h"
#include "operation/open.h"

namespace vya {

namespace {

constexpr std::size_t kMostNames = 100;
constexpr const char* kTarget = "NEW";  // stands for the instance that a reader adds

/// A word of a command line, in quotes where a shell would take it apart.
std::string word(const std::string& text) {
  const bool plain = !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("_-./=:@,+").find(static_cast<char>(c)) != std::string_view::npos;
  });
  if (plain) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

/// A glob that a database of this name fits, and hardly another: '=' would begin a new name.
std::string as_glob(const std::string& name) {
  std::string glob;
  for (const char c : name) {
    if (std::string_view("*?[\\").find(c) != std::string_view::npos) glob += '\\';
    glob += c == '=' ? '?' : c;
  }
  return glob;
}

/// Whether whoever pastes it pastes one line.
bool is_one_line(const std::string& name) { return printable_line(name) == name; }

/// A text in a table or a sentence: Markdown's own signs do not count in it.
std::string code(const std::string& text) {
  const std::string shown = printable_line(text);
  return shown.find('`') == std::string::npos ? "`" + shown + "`" : "`` " + shown + " ``";
}

std::string block(const std::vector<std::string>& lines) {
  return fmt::format("\n    {}\n\n", fmt::join(lines, "\n    "));
}

std::string minute_of(Time time) {
  std::string text = to_text(time);  // 2026-11-22T03:00:00.123456Z
  return text.substr(0, 10) + " " + text.substr(11, 5) + " UTC";
}

class Runbook {
 public:
  explicit Runbook(const RunbookFacts& facts)
      : facts_(facts), backup_(*facts.status.backup), id_(backup_.id.text()) {}

  std::string text() const {
    return title() + what_there_is() + before() + server_lost() + database_dropped() +
           table_damaged() + account_lost() + not_in_the_backup();
  }

 private:
  std::string vya(const std::string& rest) const {
    return fmt::format("vya --config {} {}", word(facts_.config), rest);
  }

  bool postgresql() const { return facts_.engine == EngineKind::kPostgresql; }

  std::string title() const {
    return fmt::format(
        "# Recovery of {}\n\nWritten {} by vya {} from the repository {}. Write it anew after each "
        "drill:\n{}",
        code(facts_.status.instance), minute_of(facts_.now), kVersion, code(facts_.repository),
        block({vya("runbook " + facts_.status.instance)}));
  }

  std::string what_there_is() const {
    std::string text = "## What there is\n\n| | |\n| --- | --- |\n";
    const auto line = [&](const char* name, const std::string& value) {
      text += fmt::format("| {} | {} |\n", name, value);
    };
    line("backup", fmt::format("{}, {}", code(id_), backup_.verdict()));
    line("of the moment", minute_of(backup_.snapshot));
    line("source", fmt::format("{} {}", backup_.product, backup_.version));
    line("holds",
         fmt::format("{} databases, {} tables, {} rows, {} of text", backup_.sums.databases,
                     backup_.sums.tables, backup_.sums.rows, human_bytes(backup_.sums.row_bytes)));
    line("proof", proof());
    line("a restore takes", duration());
    return text + "\n";
  }

  std::string proof() const {
    const auto& proven = facts_.status.proof;
    if (!proven) return "**none: no backup of this instance was ever proven to restore**";
    const std::string which =
        proven->backup == backup_.id
            ? "this backup"
            : fmt::format("an earlier backup, {}", code(proven->backup.text()));
    std::string part;
    if (!proven->databases.empty())
      part = fmt::format(", **only of the databases {}**", fmt::join(proven->databases, ", "));
    return fmt::format("{}{}, by a drill on {} ({})", which, part, minute_of(proven->finished),
                       code(proven->name));
  }

  std::string duration() const {
    const auto& proven = facts_.status.proof;
    if (!proven || !proven->recovery) return "not known: nothing was measured";
    return fmt::format(
        "about {}, measured with {} rows{} on {}", human_duration(*proven->recovery), proven->rows,
        proven->databases.empty() ? "" : ", which were a part of them,", proven->server);
  }

  std::string before() const {
    return fmt::format(
        "## Before anything else\n\nYou need this program, the configuration {} with what its "
        "`password` keys name, and the repository. See that the backup is whole:\n{}"
        "Nothing below changes a backup. Every command that changes a server takes `--dry-run`, "
        "which says what it would do.\n\n",
        code(facts_.config), block({vya("verify " + id_)}));
  }

  std::string server_lost() const {
    std::string restore = fmt::format("restore {} --to {} --check", id_, kTarget);
    for (const std::string& name : facts_.tablespaces)
      restore += " --tablespace " + word(name + "=/folder/on/the/server");
    return fmt::format(
               "## The server is lost\n\n1. Make an empty server: {} {} or later, with the same "
               "extensions and locales.\n2. Add it to the configuration as an instance of its own, "
               "called {} here, as its superuser.\n3. Restore everything, accounts included, and "
               "compare:\n",
               backup_.product, postgresql() ? std::to_string(backup_.major) : backup_.version,
               code(kTarget)) +
           block({vya(restore), vya(fmt::format("diff {} live:{}", id_, kTarget))}) +
           "4. The restore lists the old server's own settings and access rules for reference: put "
           "back those that you need.\n5. Let the application connect. Passwords are what they "
           "were.\n\n";
  }

  std::string database_dropped() const {
    std::string text =
        "## A database was dropped\n\nThe other databases stay as they are; accounts that are "
        "there "
        "stay as they are.\n";
    std::vector<std::string> lines;
    for (const std::string& name : facts_.databases) {
      if (lines.size() == kMostNames) break;
      if (!is_one_line(name)) continue;
      lines.push_back(vya(fmt::format("restore {} --to {} --database {} --check", id_,
                                      facts_.status.instance, word(as_glob(name)))));
    }
    text += block(lines);
    if (facts_.databases.size() > lines.size())
      text += fmt::format("And {} others likewise.\n\n", facts_.databases.size() - lines.size());
    if (!postgresql()) {
      return text +
             "A database that is damaged has to be dropped first, or comes beside the old one "
             "with `--database OLD=NEW`.\n\n";
    }
    return text +
           "One that is damaged and still there is replaced, and the old one is kept, with "
           "`--existing replace`.\n\n";
  }

  std::string table_damaged() const {
    if (facts_.example_table.empty()) return "";
    return "## A table is damaged, or rows are gone\n\nBring it back beside the damaged one, under "
           "another name, and copy what is missing:\n" +
           block({vya(fmt::format("restore {} --to {} --table {} --check", id_,
                                  facts_.status.instance, word(facts_.example_table + "=rescued"))),
                  vya(fmt::format("cat {} {}", id_, word(facts_.example_table)))}) +
           "The second command writes the rows to standard output.\n\n";
  }

  std::string account_lost() const {
    return "## An account is lost, or what it may do\n\n" +
           block({vya(fmt::format("accounts list {}", id_)),
                  vya(fmt::format("accounts restore {} --to {} --account NAME", id_,
                                  facts_.status.instance))}) +
           "It comes back with its password. An account that is there is made equal to the "
           "backup's "
           "with `--accounts converge`.\n\n";
  }

  std::string not_in_the_backup() const {
    std::string text = "## What is not in the backup\n\n";
    if (facts_.gaps.empty() && facts_.status.uncovered.empty())
      return text + "Nothing that the server would have let us read is missing.\n";
    for (const std::string& name : facts_.status.uncovered)
      text += fmt::format("- the database {}: no rule backs it up\n", code(name));
    for (const Gap& gap : facts_.gaps) {
      text += fmt::format("- {}: {}\n", code(gap.id()), printable_line(gap.why));
      if (!gap.cure.empty()) text += fmt::format("  Cure: {}\n", code(gap.cure));
    }
    return text;
  }

  const RunbookFacts& facts_;
  const Manifest& backup_;
  std::string id_;
};

std::string largest_table(const RepositoryContents& contents) {
  std::map<std::pair<int, int>, std::uint64_t> bytes;
  for (const StoredSegment& stored : contents.segments())
    bytes[{stored.segment.database, stored.segment.table}] += stored.fingerprint.bytes;
  const Table* largest = nullptr;
  std::uint64_t most = 0;
  for (const Table& table : contents.tables()) {
    const std::uint64_t size = bytes[{table.database, table.number}];
    if (table.kind != TableKind::kTable || table.root || (largest != nullptr && size <= most))
      continue;
    largest = &table;
    most = size;
  }
  if (largest == nullptr) return "";
  std::vector<std::string> parts = {contents.database_name(largest->database)};
  if (!largest->name.schema.empty()) parts.push_back(largest->name.schema);
  parts.push_back(largest->name.name);
  for (std::string& part : parts) {
    if (part.find_first_of(".=\"") != std::string::npos || !is_one_line(part))
      return "";  // an example is plain
  }
  return fmt::format("{}", fmt::join(parts, "."));
}

}  // namespace

RunbookFacts runbook_facts(const Config& config, const Repository& repository,
                           const std::string& instance, Time now) {
  const Instance& configured = config.instance(instance);
  const Backup backup = repository.open(parse_backup_reference(instance));
  const RepositoryContents contents(backup);
  RunbookFacts facts{
      .config = std::filesystem::absolute(config.file).string(),
      .repository = config.repository,
      .now = now,
      .engine = configured.engine,
      .status =
          status(config, repository, read_evidence(repository), {instance}, now).instances.at(0),
      .databases = {},
      .tablespaces = server_needs(backup.manifest().engine, contents).tablespaces,
      .example_table = largest_table(contents),
      .gaps = contents.gaps()};
  facts.status.backup = backup.manifest();
  for (const Database& database : contents.databases()) facts.databases.push_back(database.name);
  return facts;
}

std::string runbook(const RunbookFacts& facts) { return Runbook(facts).text(); }

}  // namespace vya
