// Large objects' content arrives as rows of COPY text (oid, offset, bytea in hex) and is put with
// lo_put in binary: never through libpq's own large object functions (CVE-2026-6477).
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "engine/postgresql/restoration.h"
#include "engine/postgresql/row_loader.h"

namespace vya::pg {

namespace {

/// Each object takes a lock until the transaction ends.
constexpr std::size_t kObjectsAtOnce = 1000;
constexpr std::string_view kHex = "\\\\x";  // the backslash of `\x` is doubled in COPY text

struct Piece {
  std::uint32_t oid = 0;
  std::int64_t offset = 0;
  std::string data;
};

/// A number at the beginning of the line, up to a tab; both are taken.
template <typename Number>
bool take_number(std::string_view& line, Number& number) {
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
  if (error != std::errc() || end == line.data() + line.size() || *end != '\t') return false;
  line.remove_prefix(static_cast<std::size_t>(end - line.data()) + 1);
  return true;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::optional<std::string> from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = hex_digit(hex[i]);
    const int low = hex_digit(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

std::optional<Piece> parse(std::string_view line) {
  Piece piece;
  if (!take_number(line, piece.oid) || !take_number(line, piece.offset) ||
      !line.starts_with(kHex)) {
    return std::nullopt;
  }
  line.remove_prefix(kHex.size());
  std::optional<std::string> data = from_hex(line);
  if (!data) return std::nullopt;
  piece.data = std::move(*data);
  return piece;
}

/// A whole number as the server's binary form has it: the highest byte first.
template <typename Number>
std::array<char, sizeof(Number)> in_network_order(Number number) {
  std::array<char, sizeof(Number)> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] =
        static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * (bytes.size() - 1 - i)));
  }
  return bytes;
}

class LargeObjectSink final : public Sink {
 public:
  LargeObjectSink(TargetSession session, std::string database)
      : session_(std::move(session)), database_(std::move(database)) {
    session_->run("BEGIN");
  }

  void write(Bytes bytes) override {
    std::string_view rest = as_text(bytes);
    for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
      begun_ += rest.substr(0, end);
      put(begun_);
      begun_.clear();
      rest.remove_prefix(end + 1);
    }
    begun_ += rest;
  }

  void finish() override {
    if (!begun_.empty()) put(begun_);
    guarded([&] { session_->run("COMMIT"); });
  }

 private:
  void put(std::string_view line) {
    const std::optional<Piece> piece = parse(line);
    if (!piece) {
      throw Error(Fault::kCheckFailed, "cannot load the large objects of database \"" + database_ +
                                           "\": a row is not an oid, an offset and bytes");
    }
    const auto oid = in_network_order(piece->oid);
    const auto offset = in_network_order(piece->offset);
    guarded([&] {
      begin_object(piece->oid);
      session_->run_binary("SELECT pg_catalog.lo_put($1::oid, $2::bigint, $3::bytea)",
                           {as_bytes({oid.data(), oid.size()}),
                            as_bytes({offset.data(), offset.size()}), as_bytes(piece->data)});
    });
  }

  void begin_object(std::uint32_t oid) {
    if (oid == current_) return;
    current_ = oid;
    if (++objects_ <= kObjectsAtOnce) return;
    session_->run("COMMIT");
    session_->run("BEGIN");
    objects_ = 1;
  }

  template <typename Work>
  void guarded(Work work) {
    try {
      work();
    } catch (const SqlError& error) {
      fail_to(
          fmt::format("load large object {} of database \"{}\"", current_.value_or(0), database_),
          error);
    }
  }

  TargetSession session_;
  std::string database_;
  std::string begun_;  ///< a line of which more is to come
  std::optional<std::uint32_t> current_;
  std::size_t objects_ = 0;
};

}  // namespace

std::unique_ptr<Sink> load_large_objects(TargetSessions& sessions, const Database& database) {
  return std::make_unique<LargeObjectSink>(sessions.borrow(database.name), database.name);
}

}  // namespace vya::pg
