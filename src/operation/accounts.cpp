#include "operation/accounts.h"

#include <functional>

#include "operation/contents.h"
#include "operation/open.h"
#include "operation/selection.h"
#include "operation/server_state.h"
#include "stream/lines.h"

namespace vya {

namespace {

constexpr std::string_view kLive = "live:";

/// Contents with other globals.
class WithGlobals final : public BackupContents {
 public:
  WithGlobals(const BackupContents& rest, std::string globals)
      : rest_(rest), globals_(std::move(globals)) {}
  const ServerFacts& server() const override { return rest_.server(); }
  const std::vector<Database>& databases() const override { return rest_.databases(); }
  const std::vector<Table>& tables() const override { return rest_.tables(); }
  std::unique_ptr<Source> read(const Document& document) const override {
    if (document.kind == DocumentKind::kGlobals) return std::make_unique<TextSource>(globals_);
    return rest_.read(document);
  }
  void write_rows(const Table& table, Sink& sink) const override { rest_.write_rows(table, sink); }
  std::uint64_t row_bytes() const override { return rest_.row_bytes(); }

 private:
  const BackupContents& rest_;
  std::string globals_;
};

/// Calls `work` with the documents of the backup or the server.
void with_contents(
    const Config& config, Repository& repository, const AccountsChoice& choice, Progress& progress,
    const std::function<void(const std::string& engine, const BackupContents& contents)>& work) {
  if (!choice.from.starts_with(kLive)) {
    const Backup backup = repository.open(parse_backup_reference(choice.from));
    const RepositoryContents contents(backup,
                                      {.databases = {}, .tables = {}, .accounts = choice.accounts});
    return work(backup.manifest().engine, contents);
  }
  const Instance& instance = config.instance(choice.from.substr(kLive.size()));
  const std::unique_ptr<Engine> engine = open_engine(instance);
  const FreezeOptions options{.include = instance.include, .exclude = instance.exclude};
  const auto contents = contents_of(*engine, options, progress);
  const std::string name = engine_name(instance);
  require_accounts(choice.accounts, account_names(name, *contents));
  const AccountFilter wanted = [&](const std::string& account) {
    return fits_account(choice.accounts, account);
  };
  work(name, WithGlobals(*contents, globals_with(name, *contents, wanted)));
}

}  // namespace

std::vector<ListedAccount> list_accounts(const Config& config, Repository& repository,
                                         const AccountsChoice& choice, Progress& progress) {
  std::vector<ListedAccount> accounts;
  with_contents(config, repository, choice, progress,
                [&](const std::string& engine, const BackupContents& contents) {
                  for (const auto& [name, object] : describe(engine, contents)) {
                    if (!is_account(name)) continue;
                    const auto password = object.secrets.find("password");
                    accounts.push_back({.name = name,
                                        .has_password = password != object.secrets.end() &&
                                                        password->second.size() > 1,
                                        .properties = object.properties,
                                        .items = object.items});
                  }
                });
  return accounts;
}

std::vector<std::string> export_accounts(const Config& config, Repository& repository,
                                         const AccountsChoice& choice, Verifiers verifiers,
                                         Progress& progress) {
  std::vector<std::string> statements;
  with_contents(config, repository, choice, progress,
                [&](const std::string& engine, const BackupContents& contents) {
                  statements = account_script(engine, contents, verifiers);
                });
  return statements;
}

}  // namespace vya
