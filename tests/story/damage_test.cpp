// A damaged backup: found by `vya verify`, and refused by `vya restore` before anything was changed
// on the server.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>

#include "base/file.h"
#include "repository/manifest.h"
#include "stream/compress.h"
#include "stream/digest.h"
#include "stream/lines.h"
#include "tests/story/expectations.h"
#include "tests/story/shop.h"
#include "tests/story/vya.h"

namespace vya::story {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& file) {
  const std::string stored = read_file(file).value();
  TextSource source(stored);
  DecompressSource content(source);
  return read_text(content);
}

std::string compressed(const std::string& text) {
  TextSink stored;
  CompressSink compress(stored, 1);
  compress.write(as_bytes(text));
  compress.finish();
  return stored.text();
}

void overwrite(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

/// Changes a file for as long as it lives.
class Damage {
 public:
  explicit Damage(fs::path file) : file_(std::move(file)), whole_(read_file(file_).value()) {}
  Damage(const Damage&) = delete;
  Damage& operator=(const Damage&) = delete;
  ~Damage() { overwrite(file_, whole_); }

  void flip_bit(std::size_t at) {
    std::string damaged = whole_;
    damaged.at(at) = static_cast<char>(damaged[at] ^ 1);
    overwrite(file_, damaged);
  }
  void truncate() { overwrite(file_, whole_.substr(0, whole_.size() / 2)); }
  void remove() { fs::remove(file_); }
  const std::string& whole() const { return whole_; }

 private:
  fs::path file_;
  std::string whole_;
};

class DamagedBackup : public testing::Test {
 protected:
  DamagedBackup() {
    make_shop(source_);
    vya_.add("shop", source_, "include: [shop]");
    vya_.add("fresh", target_);
    if (vya_.run({"init"}).status != 0 || vya_.run({"backup", "shop"}).status != 0) {
      throw Error(Fault::kInternal, "cannot prepare the backup");
    }
  }

  /// Every file of the backup but its manifest, one of each kind being among them.
  std::vector<fs::path> files() const {
    std::vector<fs::path> files = vya_.files();
    std::erase_if(files, [](const fs::path& file) { return file.extension() != ".zst"; });
    return files;
  }

  /// Whether verify and restore find the damage, name the file, and leave the target as it was.
  void expect_found(const fs::path& file, const std::string& what) const {
    const std::string name = file.filename();
    const world::Ended verified = vya_.run({"verify", "shop"});
    EXPECT_EQ(verified.status, 8) << verified.errors;
    EXPECT_NE((verified.output + verified.errors).find(name), std::string::npos)
        << verified.output << name;
    EXPECT_NE((verified.output + verified.errors).find(what), std::string::npos)
        << verified.output << what;

    EXPECT_TRUE(ended_with(vya_.run({"restore", "shop", "--to", "fresh"}), 8, {name, "hint: "}));
    EXPECT_EQ(next_transaction(target_), before_);
  }

  /// Puts another inventory into the backup, and its size and digest into the manifest.
  void replace_inventory(const std::string& lines) const {
    const fs::path manifest_file = vya_.files("manifest.json").at(0);
    const std::string stored = compressed(lines);
    Manifest manifest = parse_manifest(read_file(manifest_file).value(), "the manifest");
    for (FileRecord& file : manifest.files) {
      if (file.path != "inventory.jsonl.zst") continue;
      file = {file.path, stored.size(), sha256_hex(as_bytes(stored))};
    }
    overwrite(vya_.files("inventory.jsonl.zst").at(0), stored);
    overwrite(manifest_file, to_json_text(manifest));
  }

  world::PostgresServer source_;
  world::PostgresServer target_{world::PostgresOptions{.conf = {"autovacuum = off"}}};
  std::string before_ = next_transaction(target_);
  Vya vya_;
};

TEST_F(DamagedBackup, AFlippedBitInAFileOfAnyKindIsFound) {
  ASSERT_EQ(files().size(), 8U);
  for (const fs::path& file : files()) {
    SCOPED_TRACE(file);
    Damage damage(file);
    damage.flip_bit(damage.whole().size() / 2);
    expect_found(file, "");
  }
  EXPECT_EQ(vya_.run({"verify", "shop"}).status, 0);
}

TEST_F(DamagedBackup, ATruncatedObjectIsFound) {
  for (const fs::path& file : files()) {
    SCOPED_TRACE(file);
    Damage damage(file);
    damage.truncate();
    expect_found(file, "");
  }
}

TEST_F(DamagedBackup, AMissingObjectIsFound) {
  for (const fs::path& file : files()) {
    SCOPED_TRACE(file);
    Damage damage(file);
    damage.remove();
    expect_found(file, "is missing");
  }
}

/// Each is whole in itself, and of the same kind.
TEST_F(DamagedBackup, TwoObjectsThatAreSwappedAreFound) {
  source_.query("shop", "CREATE TABLE another (i int)");
  ASSERT_EQ(vya_.run({"backup", "shop"}).status, 0);
  const auto swap = [](const fs::path& one, const fs::path& other) {
    const std::string kept = read_file(one).value();
    overwrite(one, read_file(other).value());
    overwrite(other, kept);
  };
  const fs::path older = vya_.repository() / vya_.backups().at(1) / "full";
  const fs::path newer = vya_.repository() / vya_.backups().at(0) / "full";
  std::vector<fs::path> rows;
  for (const fs::path& file : files()) {
    const std::string path = file.string();
    const bool is_of_rows =
        path.find("/rows/") != std::string::npos || path.find("/bundles/") != std::string::npos;
    if (path.starts_with(newer.string()) && is_of_rows) rows.push_back(file);
  }
  ASSERT_GE(rows.size(), 2U);
  const std::vector<std::pair<fs::path, fs::path>> pairs = {
      {rows.at(0), rows.at(1)},
      {older / "inventory.jsonl.zst", newer / "inventory.jsonl.zst"},
      {newer / "globals.jsonl.zst", newer / "settings.jsonl.zst"},
      {older / "manifest.json", newer / "manifest.json"}};
  for (const auto& [one, other] : pairs) {
    SCOPED_TRACE(one.string() + " and " + other.string());
    swap(one, other);
    const world::Ended verified = vya_.run({"verify", vya_.backups().at(0)});
    EXPECT_EQ(verified.status, 8) << verified.output << verified.errors;
    EXPECT_TRUE(ended_with(vya_.run({"restore", vya_.backups().at(0), "--to", "fresh"}), 8));
    EXPECT_EQ(next_transaction(target_), before_);
    swap(one, other);
  }
  EXPECT_EQ(vya_.run({"verify", vya_.backups().at(0)}).status, 0);
}

/// Also of what no other part depends on: the time of the snapshot, the number of the gaps.
TEST_F(DamagedBackup, AFlippedBitAnywhereInTheManifestIsFound) {
  const fs::path manifest = vya_.files("manifest.json").at(0);
  Damage damage(manifest);
  for (std::size_t at = 3; at < damage.whole().size(); at += damage.whole().size() / 20) {
    SCOPED_TRACE(at);
    damage.flip_bit(at);
    EXPECT_TRUE(ended_with(vya_.run({"verify", "shop"}), 8, {"manifest"}));
    EXPECT_TRUE(ended_with(vya_.run({"restore", "shop", "--to", "fresh"}), 8, {"manifest"}));
  }
  EXPECT_EQ(next_transaction(target_), before_);
}

TEST_F(DamagedBackup, ADamagedManifestIsFound) {
  const fs::path manifest = vya_.files("manifest.json").at(0);
  Damage damage(manifest);

  damage.flip_bit(damage.whole().find("\"sha256\"") + 12);
  EXPECT_EQ(vya_.run({"verify", "shop"}).status, 8);
  EXPECT_TRUE(ended_with(vya_.run({"restore", "shop", "--to", "fresh"}), 8));

  damage.truncate();
  EXPECT_TRUE(ended_with(vya_.run({"verify", "shop"}), 8, {"manifest.json"}));
  EXPECT_TRUE(ended_with(vya_.run({"restore", "shop", "--to", "fresh"}), 8, {"manifest.json"}));
  EXPECT_TRUE(ended_with(vya_.run({"list"}), 8, {"manifest.json"}));
  EXPECT_EQ(next_transaction(target_), before_);
}

/// Whoever can change the inventory can note its new digest too; the rows still tell.
TEST_F(DamagedBackup, AnInventoryThatWasChangedTogetherWithItsDigestIsFound) {
  const std::string whole = content_of(vya_.files("inventory.jsonl.zst").at(0));
  const std::size_t segment = whole.find("{\"line\":\"segment\"");
  const std::size_t fingerprint = whole.find("\"fp1\":\"", segment) + 7;

  std::string shorter = whole;
  replace_inventory(shorter.erase(segment, shorter.find('\n', segment) + 1 - segment));
  EXPECT_TRUE(ended_with(vya_.run({"restore", "shop", "--to", "fresh"}), 8,
                         {"its manifest counts", "segments, its inventory"}));

  std::string other = whole;
  other[fingerprint] = other[fingerprint] == '0' ? '1' : '0';
  replace_inventory(other);
  EXPECT_TRUE(ended_with(vya_.run({"restore", "shop", "--to", "fresh"}), 8,
                         {"cannot load table 'public.", "are not those of the backup"}));
}

TEST_F(DamagedBackup, TheOtherBackupsAreStillGood) {
  ASSERT_EQ(vya_.run({"backup", "shop"}).status, 0);
  const std::vector<std::string> ids = vya_.backups();
  ASSERT_EQ(ids.size(), 2U);
  Damage damage(vya_.repository() / ids[1] / "full" / "globals.jsonl.zst");
  damage.flip_bit(10);

  EXPECT_EQ(vya_.run({"verify", ids[1]}).status, 8);
  EXPECT_EQ(vya_.run({"verify", ids[0]}).status, 0);
  EXPECT_EQ(vya_.run({"verify", "--all"}).status, 1);
  EXPECT_EQ(vya_.run({"restore", ids[0], "--to", "fresh"}).status, 0);
}

}  // namespace
}  // namespace vya::story
