// Whatever an inventory holds comes back: random things, with names of every kind of character.
#include <gtest/gtest.h>

#include <random>
#include <variant>

#include "repository/inventory.h"
#include "tests/repository/samples.h"

namespace vya {
namespace {

using Thing = std::variant<Database, Table, ObjectRecord, StoredSegment, Gap>;

/// Makes things up; the same seed makes the same things.
class Inventor {
 public:
  explicit Inventor(unsigned seed) : random_(seed) {}

  Thing thing() {
    switch (below(5)) {
      case 0:
        return Database{small(1), text(), text()};
      case 1:
        return table();
      case 2:
        return ObjectRecord{path(), large(), large(), hex(64)};
      case 3:
        return segment();
      default:
        return Gap{text(), text(), text(), text()};
    }
  }

  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

 private:
  int small(int least) {
    return below(9) == 0 ? std::numeric_limits<int>::max() : least + static_cast<int>(below(1000));
  }

  std::uint64_t large() { return random_() >> below(64); }

  std::string hex(std::size_t digits) {
    std::string result;
    while (result.size() < digits) result += "0123456789abcdef"[below(16)];
    return result;
  }

  std::string path() { return "db/" + hex(1 + below(4)) + "/rows/" + hex(6) + ".zst"; }

  std::string text() {
    static const std::vector<std::string> kPieces = {
        "a",    "Z",      "7",  " ",  "\"",     "\\",
        "/",    "\n",     "\t", "\r", "\x01",   "é",
        "\x7f", "\u2028", "漢", "🐘", "'",      "\xef\xbf\xbd",
        "{",    "}",      ",",  "\b", "\u00a0", std::string(1, '\0')};
    std::string result;
    for (std::uint64_t left = below(12); left > 0; --left) result += kPieces[below(kPieces.size())];
    return result;
  }

  Table table() {
    Table table{.database = small(1),
                .number = small(1),
                .name = {text(), text()},
                .kind = static_cast<TableKind>(below(4)),
                .columns = {},
                .condition = text(),
                .root = {},
                .definition = text(),
                .file_node = large()};
    for (std::uint64_t left = below(5); left > 0; --left) table.columns.push_back(text());
    if (below(2) == 0) table.root = TableName{text(), text()};
    return table;
  }

  StoredSegment segment() {
    StoredSegment stored{.segment = {small(1), small(1), small(0), {text(), text()}, large()},
                         .fingerprint = {large(), large(), (Uint128{random_()} << 64) + random_()},
                         .extents = {}};
    for (std::uint64_t left = below(4); left > 0; --left) {
      stored.extents.push_back({path(), large(), large()});
    }
    return stored;
  }

  std::mt19937_64 random_;
};

TEST(Inventory, ComesBackWhateverItHolds) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    Inventor inventor(seed);
    std::vector<Thing> things;
    for (std::uint64_t left = inventor.below(30); left > 0; --left) {
      things.push_back(inventor.thing());
    }

    TextSink sink;
    InventoryWriter writer(sink);
    for (const Thing& thing : things) std::visit([&](const auto& it) { writer.add(it); }, thing);
    std::vector<Thing> back;
    const auto keep = [&](auto thing) { back.emplace_back(std::move(thing)); };
    TextSource source(sink.text());
    read_inventory(source, {keep, keep, keep, keep, keep});

    ASSERT_EQ(back, things) << "seed " << seed << "\n" << sink.text();
  }
}

}  // namespace
}  // namespace vya
