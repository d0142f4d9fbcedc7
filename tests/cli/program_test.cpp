#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/commands.h"
#include "repository/layout.h"
#include "repository/repository.h"
#include "store/local.h"
#include "tests/world/folder.h"

namespace vya {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// The program, run against a configuration and a repository in a folder of their own. Nothing
/// listens on the instances' sockets.
class Program : public testing::Test {
 protected:
  Program() {
    folder_.write("vya.yaml",
                  "repository: backups\n"
                  "instances:\n"
                  "  shop: {engine: postgresql, host: " +
                      folder_.path().string() +
                      ", user: nobody}\n"
                      "  crm: {engine: postgresql, host: " +
                      folder_.path().string() + ", user: nobody}\n");
  }

  int vya(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--config", (folder_ / "vya.yaml").string()});
    out_.str("");
    err_.str("");
    return run_program(arguments, out_, err_);
  }

  std::string repository() const { return (folder_ / "backups").string(); }

  /// A backup without rows, as an operation would leave it.
  BackupId put_backup(const std::string& instance, const char* at) {
    LocalStore store(repository());
    Repository repository(store);
    const BackupId id = new_backup_id(instance, parse_time(at));
    const auto draft = repository.draft(id);
    const auto file = draft->create(layout::kInventoryFile, 1);
    InventoryWriter(*file).add(
        Gap{.kind = "closed-database", .what = "legacy", .why = "it is closed"});
    file->finish();
    draft->publish({.gaps = {{"closed-database", 1}}}, {file->record()});
    return id;
  }

  world::Folder folder_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(Program, MakesTheRepositoryOnce) {
  EXPECT_EQ(vya({"init", "--dry-run"}), 0);
  EXPECT_EQ(out_.str(), "Would make the repository '" + repository() + "'.\n");
  EXPECT_FALSE(fs::exists(repository()));

  EXPECT_EQ(vya({"init"}), 0);
  EXPECT_TRUE(out_.str().starts_with("Made the repository '" + repository() + "', ")) << out_.str();
  EXPECT_TRUE(fs::exists(repository() + "/vya-repository.json"));

  for (const std::vector<std::string>& again :
       {std::vector<std::string>{"init"}, {"init", "--dry-run"}}) {
    EXPECT_EQ(vya(again), 0);
    EXPECT_EQ(out_.str(), "'" + repository() + "' is a repository already; nothing was changed.\n");
  }
}

TEST_F(Program, LeavesNoFolderBehindWhenThereIsNoRepository) {
  EXPECT_EQ(vya({"list"}), 7);
  EXPECT_EQ(err_.str(), "vya: cannot open the repository '" + repository() +
                            "': it has no vya-repository.json\nhint: 'vya init' makes the "
                            "repository; if it was made, check that its storage is mounted.\n");
  EXPECT_FALSE(fs::exists(repository()));
}

TEST_F(Program, ListsTheBackupsOfOneInstanceOrOfAll) {
  vya({"init"});
  EXPECT_EQ(vya({"list"}), 0);
  EXPECT_EQ(out_.str(), "There are no backups.\n");

  const BackupId shop = put_backup("shop", "2026-11-22T03:00:00Z");
  const BackupId crm = put_backup("crm", "2026-11-22T04:00:00Z");
  EXPECT_EQ(vya({"list", "--json"}), 0);
  json list = json::parse(out_.str());
  ASSERT_EQ(list["backups"].size(), 2U);
  EXPECT_EQ(list["backups"][0]["backup"], crm.text());
  EXPECT_EQ(list["backups"][1]["backup"], shop.text());

  EXPECT_EQ(vya({"list", "shop", "--json"}), 0);
  list = json::parse(out_.str());
  ASSERT_EQ(list["backups"].size(), 1U);
  EXPECT_EQ(list["backups"][0]["backup"], shop.text());
}

TEST_F(Program, ListsInstancesThatAreNoLongerConfiguredButNotThoseThatNeverWere) {
  vya({"init"});
  put_backup("old", "2026-11-22T03:00:00Z");
  EXPECT_EQ(vya({"list", "old"}), 0);
  EXPECT_NE(out_.str().find("old/"), std::string::npos);
  EXPECT_EQ(vya({"list", "crm"}), 0);
  EXPECT_EQ(vya({"list", "shpo"}), 7);
  EXPECT_TRUE(err_.str().ends_with("hint: Did you mean 'shop'?\n")) << err_.str();
}

TEST_F(Program, ListsAndVerifiesTheOtherBackupsWhenOneManifestIsDamaged) {
  vya({"init"});
  const BackupId whole = put_backup("shop", "2026-11-22T03:00:00Z");
  const BackupId damaged = put_backup("shop", "2026-11-23T03:00:00Z");
  const std::string manifest = repository() + "/" + layout::full_folder(damaged) + "/manifest.json";
  std::ofstream(manifest) << "{";

  EXPECT_EQ(vya({"list"}), 8);
  EXPECT_NE(out_.str().find(whole.text() + "  "), std::string::npos) << out_.str();
  EXPECT_NE(out_.str().find(damaged.text() + "  "), std::string::npos) << out_.str();
  EXPECT_NE(out_.str().find("DAMAGED"), std::string::npos) << out_.str();
  EXPECT_NE(err_.str().find("manifest"), std::string::npos) << err_.str();

  EXPECT_EQ(vya({"verify", "--all"}), 1);
  EXPECT_NE(out_.str().find(whole.text() + ": whole"), std::string::npos) << out_.str();
  EXPECT_NE(err_.str().find("vya: " + damaged.text() + ": "), std::string::npos) << err_.str();
}

TEST_F(Program, ShowsABackupWithTheGapsOfItsInventory) {
  vya({"init"});
  const BackupId id = put_backup("shop", "2026-11-22T03:00:00Z");
  EXPECT_EQ(vya({"show", "shop"}), 0);
  EXPECT_TRUE(out_.str().starts_with("backup      " + id.text() + "\n")) << out_.str();
  EXPECT_NE(out_.str().find("  closed-database:legacy\n    it is closed\n"), std::string::npos)
      << out_.str();
}

TEST_F(Program, VerifiesABackupAndFindsADamagedFile) {
  vya({"init"});
  const BackupId id = put_backup("shop", "2026-11-22T03:00:00Z");
  EXPECT_EQ(vya({"verify", "shop"}), 0);
  EXPECT_TRUE(out_.str().starts_with(id.text() + ": whole, 1 file")) << out_.str();

  const fs::path inventory =
      repository() + "/" + layout::full_folder(id) + "/" + layout::kInventoryFile;
  fs::permissions(inventory, fs::perms::owner_write, fs::perm_options::add);
  fs::resize_file(inventory, fs::file_size(inventory) - 1);
  EXPECT_EQ(vya({"verify", "shop", "--json"}), 8);
  const json document = json::parse(out_.str());
  EXPECT_EQ(document["verifications"][0]["status"], 8);
  EXPECT_FALSE(document["verifications"][0]["findings"].empty());
}

TEST_F(Program, VerifiesNothingWhenThereIsNothing) {
  vya({"init"});
  EXPECT_EQ(vya({"verify", "--all"}), 0);
  EXPECT_EQ(out_.str(), "There are no backups.\n");
}

TEST_F(Program, SaysWhetherTheConfigurationIsRight) {
  EXPECT_EQ(vya({"config", "check"}), 0);
  EXPECT_EQ(out_.str(), "'" + (folder_ / "vya.yaml").string() + "' is right: 2 instances.\n");

  const std::string wrong = folder_.write("wrong.yaml", "repository: /b\n");
  EXPECT_EQ(vya({"config", "check", "--config", wrong}), 3);
}

TEST_F(Program, RefusesAWrongConfigurationWithEveryProblemOnItsLine) {
  const std::string wrong = folder_.write("vya.yaml", "repositry: /b\n");
  EXPECT_EQ(vya({"config", "check"}), 3);
  EXPECT_EQ(err_.str(),
            "vya: " + wrong + ":1: unknown key 'repositry'; did you mean 'repository'?\n" + wrong +
                ":1: the key 'repository' is missing; write the folder for the backups\n" + wrong +
                ":1: the key 'instances' is missing; write the servers to back up, by name\n");
}

TEST_F(Program, WritesAnErrorAsADocumentToo) {
  EXPECT_EQ(vya({"show", "--json"}), 3);
  EXPECT_EQ(err_.str(), "vya: BACKUP is missing\nhint: 'vya show --help' shows how it is used.\n");
  EXPECT_EQ(json::parse(out_.str()),
            (json{{"version", 1},
                  {"error",
                   {{"fault", "usage"},
                    {"status", 3},
                    {"message", "BACKUP is missing"},
                    {"hint", "'vya show --help' shows how it is used."}}}}));
}

TEST_F(Program, LooksUpAllInstancesBeforeItBacksUpTheFirst) {
  vya({"init"});
  EXPECT_EQ(vya({"backup", "shop", "cmr"}), 7);
  EXPECT_TRUE(err_.str().starts_with("vya: there is no instance 'cmr'")) << err_.str();
}

TEST_F(Program, TellsOfEachServerThatCannotBeReached) {
  vya({"init"});
  EXPECT_EQ(vya({"backup", "shop"}), 6);
  EXPECT_EQ(vya({"backup", "--all", "--json"}), 2);
  const json document = json::parse(out_.str());
  EXPECT_EQ(document["backups"][0]["name"], "shop");
  EXPECT_EQ(document["backups"][0]["error"]["fault"], "connection");
  EXPECT_EQ(document["backups"][1]["name"], "crm");
  EXPECT_EQ(vya({"backup", "--all", "--dry-run"}), 2);
}

TEST_F(Program, RefusesToRestoreToAServerThatIsNotConfigured) {
  vya({"init"});
  put_backup("shop", "2026-11-22T03:00:00Z");
  EXPECT_EQ(vya({"restore", "shop", "--to", "spare"}), 7);
  EXPECT_EQ(vya({"restore", "shop", "--to", "crm", "--dry-run"}), 6);
}

TEST_F(Program, LogsItsFailures) {
  const std::string log = (folder_ / "log").string();
  EXPECT_EQ(vya({"show", "shop", "--log", log}), 7);
  const std::string text = (std::stringstream() << std::ifstream(log).rdbuf()).str();
  EXPECT_NE(text.find("failed status=\"7\""), std::string::npos) << text;
}

TEST_F(Program, FailsWhenItsResultCannotBeWritten) {
  std::ofstream full("/dev/full");
  EXPECT_EQ(run_program({"--version"}, full, err_), 5);
  EXPECT_EQ(err_.str(), "vya: cannot write the result to standard output\n");
}

}  // namespace
}  // namespace vya
