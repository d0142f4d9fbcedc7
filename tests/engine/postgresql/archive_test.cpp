#include "engine/postgresql/archive.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "stream/lines.h"

namespace vya::pg {
namespace {

std::string number(int value, std::size_t size = 4) {
  std::string text(1, value < 0 ? '\1' : '\0');
  const auto magnitude = static_cast<unsigned>(value < 0 ? -value : value);
  for (std::size_t i = 0; i < size; ++i) {
    text += i < 4 ? static_cast<char>(magnitude >> (8 * i) & 0xFF) : '\0';
  }
  return text;
}

std::string text(const std::string& value) {
  return number(static_cast<int>(value.size())) + value;
}

const std::string kNull = number(-1);

/// The archive's bytes up to its number of entries.
std::string head(int minor, char format = 1) {
  std::string bytes = "PGDMP\1" + std::string{static_cast<char>(minor), '\0', '\4', '\10', format};
  bytes += minor >= 15 ? std::string(1, '\1') : number(-1);
  for (int i = 0; i < 7; ++i) bytes += number(i);
  return bytes + text("shop") + text("15.18") + kNull;
}

std::string entry_bytes(const Entry& entry, int minor) {
  std::string bytes = number(entry.id) + number(0) + text("1259") + text("16384");
  bytes += text(entry.name) + text(entry.kind) + number(static_cast<int>(entry.section) + 1);
  bytes += text(entry.definition) + text(entry.drop) + kNull;
  bytes += entry.schema.empty() ? kNull : text(entry.schema);
  bytes += text(entry.tablespace) + text(entry.access_method);
  if (minor >= 16) bytes += number(entry.partitioned ? 'p' : 'r');
  bytes += text(entry.owner) + text("false");
  for (const int id : entry.dependencies) bytes += text(std::to_string(id));
  return bytes + kNull + '\3' + std::string(8, '\0');
}

const Entry kTable = {7,     Section::kPreData, "TABLE",       "s",     "t", "app", "fast", "heap",
                      false, "CREATE",          "DROP TABLE;", {200, 3}};
const Entry kIndex = {
    9, Section::kPostData, "INDEX", "", std::string("i\xFF", 2), "", "", "", false, "", "", {}};

std::string archive(int minor) {
  Entry encoding = kTable;
  encoding.kind = "ENCODING";
  return head(minor) + number(3) + entry_bytes(encoding, minor) + entry_bytes(kTable, minor) +
         entry_bytes(kIndex, minor) + "the rest is not looked at";
}

/// Gives one byte at a time.
class DripSource final : public Source {
 public:
  explicit DripSource(std::string_view bytes) : from_(bytes) {}
  std::size_t read(std::span<std::byte> buffer) override { return from_.read(buffer.first(1)); }

 private:
  TextSource from_;
};

std::vector<Entry> entries(Source&& from) {
  std::vector<Entry> list;
  read_archive(from, [&](Entry entry) { list.push_back(std::move(entry)); });
  return list;
}

/// What reading such bytes complains about.
std::string complaint(std::string_view bytes) {
  try {
    entries(TextSource(bytes));
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kInternal);
    return error.message();
  }
  return "";
}

TEST(Archive, GivesTheEntriesOfEveryKnownVersion) {
  for (const int minor : {14, 15, 16}) {
    const std::string bytes = archive(minor);
    EXPECT_EQ(entries(TextSource(bytes)), (std::vector{kTable, kIndex})) << minor;
    EXPECT_EQ(entries(DripSource(bytes)), (std::vector{kTable, kIndex})) << minor;
  }
}

TEST(Archive, RefusesOtherVersionsByName) {
  for (const char* version : {"\1\15", "\1\21", "\2\16"}) {
    std::string bytes = archive(14);
    bytes.replace(5, 2, version);
    const std::string name = std::to_string(version[0]) + "." + std::to_string(version[1]) + ".0";
    EXPECT_EQ(complaint(bytes), "cannot read the archive of pg_dump: its format version " + name +
                                    " is unknown, 1.14.0 to 1.16.0 are known");
  }
}

TEST(Archive, RefusesWhatIsNone) {
  EXPECT_EQ(complaint("-- PostgreSQL database dump"),
            "cannot read the archive of pg_dump: it does not start as one");
  EXPECT_EQ(complaint(head(16, '\3')),
            "cannot read the archive of pg_dump: its format is 3 and not custom (1)");
}

TEST(Archive, RefusesToBeCutAnywhere) {
  const std::string whole = archive(16);
  const std::size_t table_of_contents = whole.find("the rest");
  for (std::size_t size = 0; size < table_of_contents; ++size) {
    EXPECT_EQ(complaint(whole.substr(0, size)),
              "cannot read the archive of pg_dump: it ends before its table of contents does");
  }
  EXPECT_EQ(complaint(whole.substr(0, table_of_contents)), "");
}

TEST(Archive, RefusesAbsurdNumbers) {
  const std::string huge = std::string("\0\xFF\xFF\xFF\x7F", 5);
  const std::string ends =
      "cannot read the archive of pg_dump: it ends before its table of contents does";
  EXPECT_EQ(complaint(head(14) + huge), ends);
  EXPECT_EQ(complaint(head(14) + number(1) + number(1) + number(0) + huge + "x"), ends);
  EXPECT_EQ(complaint(head(14) + number(-1)),
            "cannot read the archive of pg_dump: its number of entries is -1");
  EXPECT_EQ(complaint(head(14) + number(1) + number(1) + number(0) + number(-2)),
            "cannot read the archive of pg_dump: it has a text of length -2");
  EXPECT_EQ(complaint(head(14) + std::string("\0\xFF\xFF\xFF\xFF", 5)),
            "cannot read the archive of pg_dump: it has a number out of range, 4294967295");
}

TEST(Archive, RefusesUnknownSizesAndSections) {
  std::string sizes = archive(14);
  sizes[8] = '\11';
  EXPECT_EQ(complaint(sizes), "cannot read the archive of pg_dump: a number of 9 bytes is unknown");
  Entry entry = kTable;
  entry.section = static_cast<Section>(4);
  EXPECT_EQ(complaint(head(14) + number(1) + entry_bytes(entry, 14)),
            "cannot read the archive of pg_dump: it has an entry in section 5, which is unknown");
}

TEST(Archive, EveryByteMayBeWrong) {
  const std::string whole = archive(16);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const int change : {0x01, 0x80, 0xFF}) {
      std::string bytes = whole;
      bytes[i] = static_cast<char>(bytes[i] ^ change);
      complaint(bytes);  // an Error or other entries, and nothing that a sanitizer sees
    }
  }
}

}  // namespace
}  // namespace vya::pg
