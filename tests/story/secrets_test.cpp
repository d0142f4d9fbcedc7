// No password and no verifier is where somebody could read it: not in an argument list or
// environment of the programs that vya starts, not in its log or messages, not in the server's log,
// and in the backup only where the accounts are.
#include <array>

#include "base/file.h"
#include "stream/compress.h"
#include "stream/lines.h"
#include "tests/story/expectations.h"
#include "tests/story/shop.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPassword = "fake-backup-password";
constexpr const char* kOtherPassword = "fake-password-of-another-instance";
constexpr const char* kVerifier = "SCRAM-SHA-256$";

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// What is in a file of a backup: its content for the compressed ones.
std::string content_of(const fs::path& file) {
  std::string stored = read_file(file).value();
  if (file.extension() != ".zst") return stored;
  TextSource source(stored);
  DecompressSource content(source);
  std::string text;
  std::array<std::byte, 65536> block{};
  while (const std::size_t got = content.read(block))
    text.append(as_text(std::span(block).first(got)));
  return text;
}

class Secrets : public testing::Test {
 protected:
  Secrets() {
    make_shop(source_);
    source_.query("postgres",
                  std::string("CREATE ROLE backup SUPERUSER LOGIN PASSWORD '") + kPassword + "'");
    vya_.add("fresh", target_);
    vya_.set_variable("OTHER_PASSWORD", kOtherPassword);
    if (vya_.run({"init"}).status != 0) throw Error(Fault::kInternal, "cannot make the repository");
  }

  /// Adds the instance `shop`, reached as `backup` with a password from there, whose pg_dump notes
  /// its own arguments and environment before it does its work.
  void add_shop(const std::string& password) {
    const fs::path watched = files_.write("pg_dump",
                                          "#!/bin/sh\n"
                                          "tr '\\0' '\\n' </proc/$$/cmdline >>" +
                                              seen().string() +
                                              "\n"
                                              "tr '\\0' '\\n' </proc/$$/environ >>" +
                                              seen().string() +
                                              "\n"
                                              "exec " +
                                              (source_.bin() / "pg_dump").string() + " \"$@\"\n");
    fs::permissions(watched, fs::perms::owner_all);
    vya_.add("shop", "{engine: postgresql, host: " + source_.host() + ", port: " + source_.port() +
                         ", user: backup, pg_dump: " + watched.string() +
                         (password.empty() ? "" : ", password: ") + password + "}");
  }
  fs::path seen() const { return files_ / "seen"; }
  fs::path log() const { return files_ / "vya.log"; }

  /// Backs up, and looks whether the password shows anywhere.
  void expect_a_silent_backup() const {
    const world::Ended ended = vya_.run({"backup", "shop", "--log", log(), "--verbose"});
    ASSERT_TRUE(ended_with(ended, 0));
    const std::string children = read_file(seen()).value();
    EXPECT_TRUE(holds(children, "--schema-only"));
    EXPECT_TRUE(holds(children, "PGOPTIONS="));
    EXPECT_FALSE(holds(children, kPassword));
    EXPECT_FALSE(holds(children, kOtherPassword));
    const std::string told = ended.output + ended.errors + read_file(log()).value();
    EXPECT_FALSE(holds(told, kPassword)) << told;
    EXPECT_FALSE(holds(told, kVerifier)) << told;
    for (const fs::path& file : vya_.files())
      EXPECT_FALSE(holds(content_of(file), kPassword)) << file;
  }

  world::Folder files_;
  world::PostgresServer source_;
  world::PostgresServer target_{
      world::PostgresOptions{.conf = {kLogAll[0], kLogAll[1], "log_min_duration_statement = 0",
                                      "log_min_error_statement = debug5"}}};
  Vya vya_;
};

TEST_F(Secrets, APasswordFromTheEnvironmentShowsNowhere) {
  add_shop("env:SHOP_PASSWORD");
  vya_.set_variable("SHOP_PASSWORD", kPassword);
  expect_a_silent_backup();
}

TEST_F(Secrets, APasswordFromLibpqsVariableShowsNowhere) {
  add_shop("");
  vya_.set_variable("PGPASSWORD", kPassword);
  expect_a_silent_backup();
}

TEST_F(Secrets, APasswordFromAFileShowsNowhere) {
  fs::permissions(files_.write("password", std::string(kPassword) + "\n"), fs::perms::owner_read);
  add_shop("file:" + (files_ / "password").string());
  expect_a_silent_backup();
}

TEST_F(Secrets, APasswordFromAPgpassFileShowsNowhere) {
  fs::permissions(files_.write("pgpass", std::string("*:*:*:backup:") + kPassword + "\n"),
                  fs::perms::owner_read);
  vya_.set_variable("PGPASSFILE", files_ / "pgpass");
  add_shop("");
  expect_a_silent_backup();
}

TEST_F(Secrets, VerifiersAreInTheDocumentOfTheAccountsAlone) {
  add_shop("env:SHOP_PASSWORD");
  vya_.set_variable("SHOP_PASSWORD", kPassword);
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));

  for (const fs::path& file : vya_.files()) {
    EXPECT_EQ(holds(content_of(file), kVerifier), file.filename() == "globals.jsonl.zst") << file;
  }
  for (const std::vector<std::string>& look : {std::vector<std::string>{"show", "shop"},
                                               {"show", "shop", "--json"},
                                               {"list", "--json"},
                                               {"verify", "shop", "--json"}}) {
    EXPECT_FALSE(holds(vya_.run(look).output, kVerifier)) << look[0];
  }
}

TEST_F(Secrets, ARestoreWritesNoVerifierAndNoPasswordOfAnotherServerIntoALog) {
  source_.query("shop",
                std::string("CREATE PUBLICATION p; CREATE FOREIGN DATA WRAPPER w;"
                            "CREATE SERVER other FOREIGN DATA WRAPPER w;"
                            "CREATE USER MAPPING FOR shop_app SERVER other OPTIONS (password '") +
                    kOtherPassword +
                    "');"
                    "CREATE SUBSCRIPTION s CONNECTION 'host=other password=" +
                    kOtherPassword + "' PUBLICATION p WITH (connect = false)");
  add_shop("env:SHOP_PASSWORD");
  vya_.set_variable("SHOP_PASSWORD", kPassword);
  ASSERT_TRUE(ended_with(vya_.run({"backup", "shop"}), 0));

  const world::Ended restored =
      vya_.run({"restore", "shop", "--to", "fresh", "--log", log(), "--verbose"});

  ASSERT_TRUE(ended_with(restored, 0));
  EXPECT_FALSE(statements_of_vya(target_).empty());
  const std::string told = restored.output + restored.errors + read_file(log()).value();
  for (const char* secret : {kVerifier, kOtherPassword}) {
    EXPECT_FALSE(holds(target_.log(), secret)) << secret;
    EXPECT_FALSE(holds(told, secret)) << secret;
  }
  EXPECT_EQ(
      target_.value("postgres", "SELECT rolpassword FROM pg_authid WHERE rolname = 'shop_app'"),
      source_.value("postgres", "SELECT rolpassword FROM pg_authid WHERE rolname = 'shop_app'"));
}

}  // namespace
}  // namespace vya::story
