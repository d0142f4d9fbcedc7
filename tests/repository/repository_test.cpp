#include "repository/repository.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "store/local.h"
#include "tests/repository/samples.h"
#include "tests/world/forwarding_store.h"

namespace vya {
namespace {

const Time kNow = parse_time("2026-11-22T03:00:00Z");

/// Two instances; the shop's three backups were finished an hour after they began.
class RepositoryTest : public testing::Test {
 protected:
  RepositoryTest() : repository_(made(store_)) {
    publish_sample(repository_, {"shop", "20261122T030000Z-2222"}, "2026-11-22T04:00:00Z");
    publish_sample(repository_, {"shop", "20261121T030000Z-1111"}, "2026-11-21T04:00:00Z");
    publish_sample(repository_, {"shop", "20261123T030000Z-3333"}, "2026-11-23T04:00:00Z");
    publish_sample(repository_, {"accounts", "20261120T030000Z-0000"}, "2026-11-20T04:00:00Z");
  }

  static Store& made(Store& store) {
    Repository::create(store, kNow);
    return store;
  }

  std::string opened(const std::string& reference) const {
    return repository_.open(parse_backup_reference(reference)).manifest().id.text();
  }

  Error refusal_of(const std::string& reference) const {
    return error_of([&] { repository_.open(parse_backup_reference(reference)); });
  }

  MemoryStore store_;
  Repository repository_;
};

/// A store into which another program makes a repository between our look and our writing.
class RacedStore final : public ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;

  std::unique_ptr<Sink> create(const std::string& name) override {
    EXPECT_TRUE(Repository::create(store_, kNow));
    return store_.create(name);
  }
};

TEST(Repository, IsMadeOnce) {
  MemoryStore store;

  EXPECT_TRUE(Repository::create(store, kNow));
  const std::string made = text_of(store, "vya-repository.json");
  EXPECT_FALSE(Repository::create(store, kNow + std::chrono::hours(1)));

  EXPECT_EQ(text_of(store, "vya-repository.json"), made);
  EXPECT_TRUE(made.starts_with("{\n  \"format\": 1,\n  \"id\": \"" + Repository(store).id() +
                               "\",\n  \"created\": \"2026-11-22T03:00:00.000000Z\",\n"
                               "  \"encrypted\": false,\n  \"signed\": false\n}\n"))
      << made;
  EXPECT_EQ(Repository(store).id().size(), 32u);
}

TEST(Repository, IsMadeByOneOfTwoWhoTryAtTheSameMoment) {
  MemoryStore store;
  RacedStore raced(store);

  EXPECT_FALSE(Repository::create(raced, kNow));

  EXPECT_EQ(store.list("").size(), 1u);
  EXPECT_NO_THROW(Repository{store});
}

TEST(Repository, HasToBeMadeFirst) {
  MemoryStore store;

  const Error error = error_of([&] { Repository{store}; });

  EXPECT_EQ(error.fault(), Fault::kNotFound);
  EXPECT_TRUE(has_part(error.hint(), "vya init"));
}

TEST(Repository, RefusesWhatItIsTooOldFor) {
  const std::string rest =
      "\"id\":\"00112233445566778899aabbccddeeff\","
      "\"created\":\"2026-11-22T03:00:00Z\",";
  const std::vector<std::array<std::string, 2>> cases = {
      {"\"format\":2}", "it has format 2"},
      {"\"format\":1," + rest + "\"encrypted\":true,\"signed\":false}", "it is encrypted"},
      {"\"format\":1," + rest + "\"encrypted\":false,\"signed\":true}", "manifests are signed"},
  };
  for (const auto& [text, problem] : cases) {
    MemoryStore store;
    put(store, "vya-repository.json", "{" + text);
    const Error error = error_of([&] { Repository{store}; });
    EXPECT_EQ(error.fault(), Fault::kUsage);
    EXPECT_TRUE(has_part(error.message(), problem));
    EXPECT_TRUE(has_part(error.message(), "too old"));
  }
}

TEST(Repository, NamesWhatIsWrongWithItsFile) {
  for (const char* text :
       {"", "{\"format\":1}", "{\"format\":1,\"encrypted\":0,\"signed\":false}"}) {
    MemoryStore store;
    put(store, "vya-repository.json", text);
    const Error error = error_of([&] { Repository{store}; });
    EXPECT_EQ(error.fault(), Fault::kCheckFailed);
    EXPECT_TRUE(has_part(error.message(), "vya-repository.json': "));
  }
}

TEST(Repository, KeepsBackupsInAFolder) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("vya-repository-test-" + std::to_string(getpid()));
  {
    LocalStore store(folder);
    Repository::create(store, kNow);
    Repository repository(store);
    publish_sample(repository, {"shop", "20261122T030000Z-2222"});
    const auto abandoned = repository.draft({"shop", "20261123T030000Z-3333"});
    abandoned->create("globals.jsonl.zst", 3)->finish();
  }

  LocalStore store(folder);
  const Repository repository(store);
  EXPECT_EQ(repository.instances(), std::vector<std::string>{"shop"});
  EXPECT_EQ(repository.ids("shop").size(), 1u);
  const Backup backup = repository.open({.instance = "shop"});
  EXPECT_EQ(backup.look_at(backup.manifest().files.at(0)), std::nullopt);
  EXPECT_EQ(read_text(*backup.read_rows("db/1/rows/000001/000000.zst")), "1\tone\n2\ttwo\n");
  EXPECT_TRUE(std::filesystem::exists(folder / "shop/20261122T030000Z-2222/full/manifest.json"));
  std::filesystem::remove_all(folder);
}

TEST_F(RepositoryTest, ListsInstancesThatHaveBackups) {
  put(store_, "evidence/2026/11/drill.json", "{}");
  put(store_, "empty/20261122T030000Z-2222/full/globals.jsonl.zst", "no manifest");

  EXPECT_EQ(repository_.instances(), (std::vector<std::string>{"accounts", "shop"}));
}

TEST_F(RepositoryTest, ListsBackupsOldestFirst) {
  std::vector<std::string> ids;
  for (const BackupId& id : repository_.ids("shop")) ids.push_back(id.text());

  EXPECT_EQ(ids,
            (std::vector<std::string>{"shop/20261121T030000Z-1111", "shop/20261122T030000Z-2222",
                                      "shop/20261123T030000Z-3333"}));
  EXPECT_TRUE(repository_.ids("unknown").empty());
}

TEST_F(RepositoryTest, OpensTheNewest) { EXPECT_EQ(opened("shop"), "shop/20261123T030000Z-3333"); }

TEST_F(RepositoryTest, GivesABackupAnIdBehindThoseThatThereAre) {
  const auto epoch = [&](const std::string& instance) {
    return repository_.new_id(instance, parse_time("2026-11-23T03:00:00Z")).epoch.substr(0, 16);
  };

  EXPECT_EQ(epoch("shop"), "20261123T030001Z");
  EXPECT_EQ(epoch("first-one"), "20261123T030000Z");
}

TEST_F(RepositoryTest, OpensAnEpoch) {
  EXPECT_EQ(opened("shop/20261121T030000Z-1111"), "shop/20261121T030000Z-1111");
}

TEST_F(RepositoryTest, OpensTheNewestThatWasFinishedByThen) {
  EXPECT_EQ(opened("shop@2026-11-23T03:59:59Z"), "shop/20261122T030000Z-2222");
  EXPECT_EQ(opened("shop@2026-11-23T04:00Z"), "shop/20261123T030000Z-3333");
  EXPECT_EQ(opened("shop@2027-01-01Z"), "shop/20261123T030000Z-3333");
}

TEST_F(RepositoryTest, NamesTheInstancesThereAre) {
  const Error error = refusal_of("shpo");

  EXPECT_EQ(error.fault(), Fault::kNotFound);
  EXPECT_TRUE(has_part(error.message(), "'shpo'"));
  EXPECT_EQ(error.hint(), "It has backups of: accounts, shop.");
}

TEST_F(RepositoryTest, NamesTheEpochsThereAre) {
  const Error error = refusal_of("accounts/20261121T030000Z-1111");

  EXPECT_EQ(error.fault(), Fault::kNotFound);
  EXPECT_TRUE(has_part(error.message(), "'accounts/20261121T030000Z-1111'"));
  EXPECT_EQ(error.hint(), "Epochs of 'accounts': 20261120T030000Z-0000.");
}

TEST_F(RepositoryTest, NamesOnlyTheNewestOfManyEpochs) {
  for (const char* tail : {"4444", "5555", "6666"}) {
    publish_sample(repository_, {"shop", std::string("20261124T030000Z-") + tail});
  }

  const std::string hint = refusal_of("shop/20261101T030000Z-1111").hint();

  EXPECT_TRUE(has_part(hint, "'shop': 20261122T030000Z-2222, "));
  EXPECT_TRUE(has_part(hint, "20261124T030000Z-6666 and 1 older ones."));
}

TEST_F(RepositoryTest, NamesTheOldestWhenNoneWasFinishedByThen) {
  const Error error = refusal_of("shop@2026-11-21T03:59Z");

  EXPECT_EQ(error.fault(), Fault::kNotFound);
  EXPECT_TRUE(has_part(error.hint(), "'shop/20261121T030000Z-1111', finished at 2026-11-21T04:00"));
}

TEST_F(RepositoryTest, NamesADamagedManifest) {
  const std::string name = "shop/20261122T030000Z-2222/full/manifest.json";
  MemoryStore tampered;
  copy_changed(store_, tampered, name, [](const std::string& text) { return text.substr(1); });
  const Repository repository(tampered);

  const Error error =
      error_of([&] { repository.open({.instance = "shop", .epoch = "20261122T030000Z-2222"}); });

  EXPECT_EQ(error.fault(), Fault::kCheckFailed);
  EXPECT_TRUE(has_part(error.message(), "'" + name + "'"));
  EXPECT_EQ(repository.ids("shop").size(), 3u) << "it is listed all the same";
  EXPECT_EQ(repository.open({.instance = "shop"}).manifest().id.epoch, "20261123T030000Z-3333")
      << "a damaged older manifest hinders nobody";
}

TEST_F(RepositoryTest, DoesNotTakeOneBackupsManifestForAnothers) {
  const std::string name = "shop/20261122T030000Z-2222/full/manifest.json";
  const std::string other = text_of(store_, "shop/20261121T030000Z-1111/full/manifest.json");
  MemoryStore tampered;
  copy_changed(store_, tampered, name, [&](const std::string&) { return std::optional(other); });

  const Error error = error_of(
      [&] { Repository(tampered).open({.instance = "shop", .epoch = "20261122T030000Z-2222"}); });

  EXPECT_EQ(error.fault(), Fault::kCheckFailed);
  EXPECT_TRUE(has_part(error.message(), "it is the one of 'shop/20261121T030000Z-1111'"));
}

TEST_F(RepositoryTest, TakesAFolderWithoutManifestForNoBackup) {
  MemoryStore tampered;
  copy_changed(store_, tampered, "shop/20261123T030000Z-3333/full/manifest.json",
               [](const std::string&) { return std::nullopt; });
  const Repository repository(tampered);

  EXPECT_EQ(repository.ids("shop").size(), 2u);
  EXPECT_EQ(repository.open({.instance = "shop"}).manifest().id.epoch, "20261122T030000Z-2222");
}

}  // namespace
}  // namespace vya
