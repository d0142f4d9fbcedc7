#include "repository/manifest.h"

#include <gtest/gtest.h>

#include "tests/repository/samples.h"

namespace vya {
namespace {

/// The sample's text with one part replaced.
std::string changed(const std::string& part, const std::string& by) {
  std::string text = unsealed(to_json_text(sample_manifest()));
  const std::size_t at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part << " is not in " << text;
  return at == std::string::npos ? text : text.replace(at, part.size(), by);
}

Error complaint_about(const std::string& text) {
  return error_of([&] { parse_manifest(text, "shop/e/full/manifest.json"); });
}

TEST(Manifest, ComesBackWithEveryField) {
  const Manifest manifest = sample_manifest();

  const Manifest back = parse_manifest(to_json_text(manifest), "m");

  EXPECT_EQ(back, manifest);
}

TEST(Manifest, ShowsEveryChangedByte) {
  const std::string text = to_json_text(sample_manifest());
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    std::string damaged = text;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    const bool names_another_key = damaged.find("\n  \"sha256\"") == std::string::npos;
    if (names_another_key) continue;  // all that it sealed is as it was
    EXPECT_EQ(complaint_about(damaged).fault(), Fault::kCheckFailed) << at << ": " << damaged;
  }
}

TEST(Manifest, IsReadAsTheFirstVersionsWroteIt) {
  EXPECT_EQ(parse_manifest(unsealed(to_json_text(sample_manifest())), "m"), sample_manifest());
}

TEST(Manifest, ComesBackWhenAlmostEmpty) {
  Manifest manifest;
  manifest.repository = std::string(32, '0');
  manifest.id = {"s", "20261122T030000Z-7f3a"};

  EXPECT_EQ(parse_manifest(to_json_text(manifest), "m"), manifest);
}

/// As the first versions wrote it.
TEST(Manifest, OfOneMomentNeedNotSaySo) {
  Manifest manifest = sample_manifest();
  manifest.last_snapshot = manifest.snapshot;
  manifest.moments = 1;
  std::string text = unsealed(to_json_text(manifest));
  const std::size_t begin = text.find("    \"last_taken\"");
  ASSERT_NE(begin, std::string::npos);
  text.erase(begin, text.find("    \"guarantee\"") - begin);
  ASSERT_EQ(text.find("moments"), std::string::npos);

  EXPECT_EQ(parse_manifest(text, "m"), manifest);
}

TEST(Manifest, IsReadableText) {
  const std::string text = to_json_text(sample_manifest());

  EXPECT_TRUE(text.starts_with("{\n  \"format\": 1,\n  \"tool\": \"vya 0.1.0\",\n"));
  EXPECT_TRUE(text.ends_with("}\n"));
  EXPECT_TRUE(has_part(text, "\n    \"taken\": \"2026-11-22T03:00:01.000002Z\",\n"));
  EXPECT_TRUE(has_part(text, "\n  \"verdict\": \"COMPLETE WITH GAPS\",\n"));
}

TEST(Manifest, IsCompleteWhenAllGapsAreAccepted) {
  Manifest manifest = sample_manifest();
  manifest.gaps.clear();

  EXPECT_TRUE(has_part(to_json_text(manifest), "\"verdict\": \"COMPLETE\""));
  EXPECT_EQ(parse_manifest(to_json_text(manifest), "m"), manifest);
}

TEST(Manifest, RefusesLabelsThatItCannotHold) {
  EXPECT_NO_THROW(require_labels({{"why", "M\u00fcller"}}));
  EXPECT_EQ(error_of([] { require_labels({{"why", "M\xfcller"}}); }).fault(), Fault::kUsage);
  EXPECT_EQ(error_of([] { require_labels({{"\xff", "why"}}); }).fault(), Fault::kUsage);
}

TEST(Manifest, IgnoresKeysItDoesNotKnow) {
  const std::string text = changed("\"format\": 1,", "\"format\": 1, \"colour\": [\"new\"],");

  EXPECT_EQ(parse_manifest(text, "m"), sample_manifest());
}

TEST(Manifest, NamesFileAndKeyOfWhatIsWrong) {
  const std::vector<std::array<std::string, 3>> cases = {
      {"\"kind\"", "\"kinds\"", "key 'kind' is missing"},
      {"\"repository\": \"0", "\"repository\": \"X", "key 'repository' is not 32 lower-case"},
      {"\"instance\": \"shop\"", "\"instance\": \"../x\"", "key 'instance' is no instance name"},
      {"\"epoch\": \"2026", "\"epoch\": \"x026", "key 'epoch' is no epoch"},
      {"\"major\": 15", "\"major\": \"15\"", "key 'server.major' is no whole number"},
      {"\"major\": 15", "\"major\": 99999999999", "key 'server.major' is out of range"},
      {"\"standby\": true", "\"standby\": 1", "key 'server.standby' is neither true nor false"},
      {"\"taken\": \"2026", "\"taken\": \"soon", "key 'snapshot.taken' is no time"},
      {"\"attempts\": 2", "\"attempts\": 0", "key 'snapshot.attempts' is out of range"},
      {"\"moments\": 6", "\"moments\": 0", "key 'snapshot.moments' is out of range"},
      {"\"last_taken\": \"2026", "\"last_taken\": \"soon", "key 'snapshot.last_taken' is no time"},
      {"\"tables\": 4", "\"tables\": -4", "key 'sums.tables' is no whole number"},
      {"\"rows\": 18446744073709551615", "\"rows\": 18446744073709551616", "key 'sums.rows' is no"},
      {"\"who\": \"", "\"who\": 1, \"x\": \"", "key 'labels.who' is no text"},
      {"\"missing-tablespace\": 10", "\"missing-tablespace\": 1.5", "'gaps.missing-tablespace'"},
      {"COMPLETE WITH GAPS", "COMPLETE", "key 'verdict' is not what the gaps say"},
      {"\"files\": [", "\"files\": [7,", "key 'files[0]' is no object"},
      {"\"size\": 13", "\"sise\": 13", "key 'files[1].size' is missing"},
      {"\"path\": \"inv", "\"path\": \"../inv", "key 'files[1].path' is no path"},
      {"bbbb\"", "bbb\"", "key 'files[1].sha256' is not 64"},
  };
  for (const auto& [part, by, problem] : cases) {
    const Error error = complaint_about(changed(part, by));
    EXPECT_EQ(error.fault(), Fault::kCheckFailed) << problem;
    EXPECT_TRUE(has_part(error.message(), "manifest 'shop/e/full/manifest.json': "));
    EXPECT_TRUE(has_part(error.message(), problem));
  }
}

TEST(Manifest, RefusesPathsThatLeaveTheBackup) {
  for (const char* path : {"", "/etc/passwd", "a/../b", "a/./b", "a//b", "a/", ".hidden", "a b"}) {
    const Error error = complaint_about(changed("inventory.jsonl.zst", path));
    EXPECT_TRUE(has_part(error.message(), "key 'files[1].path' is no path"));
  }
}

TEST(Manifest, IsNotWhatIsNoJson) {
  for (const char* text : {"", "[]", "{", "{}x", "null"}) {
    const Error error = complaint_about(text);
    EXPECT_EQ(error.fault(), Fault::kCheckFailed) << text;
    EXPECT_TRUE(has_part(error.message(), "shop/e/full/manifest.json"));
  }
}

TEST(Manifest, OfANewerFormatAsksForANewerProgram) {
  const Error error = complaint_about("{\"format\": 2, \"all\": \"else is new\"}");

  EXPECT_EQ(error.fault(), Fault::kUsage);
  EXPECT_TRUE(has_part(error.message(), "format 2"));
}

TEST(Manifest, SaysWhichBackupHasTextThatIsNoUtf8) {
  Manifest manifest = sample_manifest();
  manifest.labels["who"] = "j\xfcrgen";

  const Error error = error_of([&] { to_json_text(manifest); });

  EXPECT_EQ(error.fault(), Fault::kInternal);
  EXPECT_TRUE(has_part(error.message(), "shop/20261122T030000Z-7f3a"));
}

}  // namespace
}  // namespace vya
