#include "engine/postgresql/archive.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include "base/error.h"

namespace vya::pg {

namespace {

// pg_backup_archiver.h: K_VERS_1_14 and so on, and enum _archiveFormat, enum _teSection.
constexpr int kOldestMinor = 14;
constexpr int kMinorWithCompressionByte = 15;
constexpr int kMinorWithRelationKind = 16;
constexpr int kNewestMinor = 16;
constexpr int kCustomFormat = 1;
constexpr int kPartitionedTable = 'p';  // pg_class.h: RELKIND_PARTITIONED_TABLE
constexpr std::string_view kMagic = "PGDMP";
constexpr std::size_t kLargestNumber = 8;  // bytes of an int or an offset
constexpr int kTimeFields = 7;             // as struct tm, without the day in week and year

Error broken(const std::string& why) {
  return Error(Fault::kInternal, "cannot read the archive of pg_dump: " + why);
}

/// The archive's bytes, and the numbers and texts they make.
class ArchiveBytes {
 public:
  explicit ArchiveBytes(Source& from) : from_(from) {}

  void set_int_size(int size) { int_size_ = checked_size(size, "a number"); }
  void set_offset_size(int size) { offset_size_ = checked_size(size, "an offset"); }

  int byte() {
    if (begin_ == end_) fill();
    return std::to_integer<int>(buffer_[begin_++]);
  }

  /// A sign, then the magnitude, least significant byte first.
  int number() {
    const bool negative = byte() != 0;
    std::uint64_t magnitude = 0;
    for (std::size_t i = 0; i < int_size_; ++i) {
      magnitude |= static_cast<std::uint64_t>(byte()) << (8 * i);
    }
    if (magnitude > std::numeric_limits<int>::max()) {
      throw broken(fmt::format("it has a number out of range, {}", magnitude));
    }
    return negative ? -static_cast<int>(magnitude) : static_cast<int>(magnitude);
  }

  /// A length, -1 for null, then the bytes. The text grows as bytes come, so that a wrong length
  /// costs no more memory than the archive is long.
  std::optional<std::string> optional_text() {
    const int length = number();
    if (length < -1) throw broken(fmt::format("it has a text of length {}", length));
    if (length == -1) return std::nullopt;
    std::string text;
    auto rest = static_cast<std::size_t>(length);
    while (rest > 0) {
      if (begin_ == end_) fill();
      const std::size_t size = std::min(rest, end_ - begin_);
      text += as_text(Bytes(buffer_).subspan(begin_, size));
      begin_ += size;
      rest -= size;
    }
    return text;
  }

  /// Null is an empty text where the difference means nothing to us.
  std::string text() { return optional_text().value_or(""); }

  /// Custom format: a state, then an offset, of an entry's data.
  void skip_offset() {
    for (std::size_t i = 0; i < 1 + offset_size_; ++i) byte();
  }

 private:
  static std::size_t checked_size(int size, std::string_view what) {
    if (size < 1 || static_cast<std::size_t>(size) > kLargestNumber) {
      throw broken(fmt::format("{} of {} bytes is unknown", what, size));
    }
    return static_cast<std::size_t>(size);
  }

  void fill() {
    begin_ = 0;
    end_ = from_.read(buffer_);
    if (end_ == 0) throw broken("it ends before its table of contents does");
  }

  Source& from_;
  std::array<std::byte, 64 * 1024> buffer_{};
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t int_size_ = 0;
  std::size_t offset_size_ = 0;
};

/// Returns the minor number of the format's version.
int read_version(ArchiveBytes& bytes) {
  for (const char expected : kMagic) {
    if (bytes.byte() != expected) throw broken("it does not start as one");
  }
  const int major = bytes.byte();
  const int minor = bytes.byte();
  const int revision = bytes.byte();
  if (major != 1 || minor < kOldestMinor || minor > kNewestMinor || revision != 0) {
    throw Error(Fault::kInternal,
                fmt::format("cannot read the archive of pg_dump: its format version {}.{}.{} is "
                            "unknown, 1.{}.0 to 1.{}.0 are known",
                            major, minor, revision, kOldestMinor, kNewestMinor),
                "Use a pg_dump of PostgreSQL 12 to 18, or a newer version of this program.");
  }
  return minor;
}

/// Reads up to the table of contents. Returns the minor number of the format's version.
int read_head(ArchiveBytes& bytes) {
  const int minor = read_version(bytes);
  bytes.set_int_size(bytes.byte());
  bytes.set_offset_size(bytes.byte());
  if (const int format = bytes.byte(); format != kCustomFormat) {
    throw broken(fmt::format("its format is {} and not custom ({})", format, kCustomFormat));
  }
  if (minor >= kMinorWithCompressionByte) {
    bytes.byte();
  } else {
    bytes.number();
  }
  for (int i = 0; i < kTimeFields; ++i) bytes.number();
  bytes.text();  // the database's name, and the versions of server and pg_dump
  bytes.text();
  bytes.text();
  return minor;
}

Section section_of(int number) {
  switch (number) {
    case 1:
      return Section::kNone;
    case 2:
      return Section::kPreData;
    case 3:
      return Section::kData;
    case 4:
      return Section::kPostData;
    default:
      throw broken(fmt::format("it has an entry in section {}, which is unknown", number));
  }
}

std::vector<int> read_dependencies(ArchiveBytes& bytes) {
  std::vector<int> dependencies;
  while (const std::optional<std::string> text = bytes.optional_text()) {
    const char* end = text->data() + text->size();
    int id = 0;
    const auto [stop, error] = std::from_chars(text->data(), end, id);
    if (error != std::errc() || stop != end) {
      throw broken(fmt::format("it has a dependency '{}', which is no number", *text));
    }
    dependencies.push_back(id);
  }
  return dependencies;
}

/// The order of the fields is WriteToc's.
Entry read_entry(ArchiveBytes& bytes, int minor) {
  Entry entry;
  entry.id = bytes.number();
  bytes.number();  // whether it has data
  bytes.text();    // oids of its catalog and its own
  bytes.text();
  entry.name = bytes.text();
  entry.kind = bytes.text();
  entry.section = section_of(bytes.number());
  entry.definition = bytes.text();
  entry.drop = bytes.text();
  bytes.text();  // its COPY statement
  entry.schema = bytes.text();
  entry.tablespace = bytes.text();
  entry.access_method = bytes.text();
  if (minor >= kMinorWithRelationKind) entry.partitioned = bytes.number() == kPartitionedTable;
  entry.owner = bytes.text();
  bytes.text();  // WITH OIDS, of servers before 12
  entry.dependencies = read_dependencies(bytes);
  bytes.skip_offset();
  return entry;
}

bool only_sets_up_the_session(const Entry& entry) {
  return entry.kind == "ENCODING" || entry.kind == "STDSTRINGS" || entry.kind == "SEARCHPATH";
}

}  // namespace

void read_archive(Source& from, const std::function<void(Entry)>& visit) {
  ArchiveBytes bytes(from);
  const int minor = read_head(bytes);
  const int count = bytes.number();
  if (count < 0) throw broken(fmt::format("its number of entries is {}", count));
  for (int i = 0; i < count; ++i) {
    Entry entry = read_entry(bytes, minor);
    if (!only_sets_up_the_session(entry)) visit(std::move(entry));
  }
}

}  // namespace vya::pg
