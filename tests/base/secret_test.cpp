#include "base/secret.h"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <gtest/gtest.h>

#include <array>
#include <concepts>
#include <memory>
#include <ostream>
#include <string_view>
#include <type_traits>

namespace vya {
namespace {

template <typename T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };

static_assert(!fmt::is_formattable<Secret>::value, "a secret must not be formatted");
static_assert(fmt::is_formattable<std::string>::value, "or the line above says nothing");
static_assert(!Streamable<Secret> && Streamable<std::string>, "a secret must not be streamed");
static_assert(!std::convertible_to<Secret, std::string> &&
                  !std::convertible_to<Secret, std::string_view>,
              "a secret must not become text by itself");
static_assert(!std::convertible_to<std::string, Secret>, "nor text a secret");

// A short text lies within the std::string itself, a long one on the heap.
constexpr const char* kShort = "hunter2";
const std::string kLong = "correct horse battery staple " + std::string(40, 'x');

/// A place for one secret whose bytes can still be looked at when the secret is gone.
class Room {
 public:
  Room() { bytes_.fill('-'); }
  Secret* put(Secret secret) { return new (bytes_.data()) Secret(std::move(secret)); }
  bool shows(std::string_view text) const {
    return std::string_view(bytes_.data(), bytes_.size()).find(text) != std::string_view::npos;
  }

 private:
  alignas(Secret) std::array<char, sizeof(Secret)> bytes_;
};

TEST(Secret, RevealsItsTextOnRequest) {
  EXPECT_EQ(Secret(kShort).reveal(), kShort);
  EXPECT_FALSE(Secret(kShort).empty());
  EXPECT_TRUE(Secret().empty());
}

TEST(Secret, IsEqualToOneWithTheSameText) {
  EXPECT_EQ(Secret(kLong), Secret(kLong));
  EXPECT_NE(Secret(kShort), Secret(kLong));
}

TEST(Secret, IsWipedWhenItGoes) {
  Room room;
  Secret* secret = room.put(Secret(kShort));
  ASSERT_TRUE(room.shows("unter2"));

  std::destroy_at(secret);

  EXPECT_FALSE(room.shows("unter2"));
}

TEST(Secret, LeavesNothingWhereItWasMovedFrom) {
  Room room;
  Secret* from = room.put(Secret(kShort));

  const Secret to = std::move(*from);

  EXPECT_EQ(to.reveal(), kShort);
  EXPECT_TRUE(from->empty());
  EXPECT_FALSE(room.shows("unter2"));
  std::destroy_at(from);
}

TEST(Secret, LeavesNothingWhereItWasMoveAssignedFrom) {
  Room room;
  Secret* from = room.put(Secret(kShort));
  Secret to(kLong);

  to = std::move(*from);

  EXPECT_EQ(to.reveal(), kShort);
  EXPECT_FALSE(room.shows("unter2"));
  std::destroy_at(from);
}

TEST(Secret, WipesALongTextBeforeAnotherOneTakesItsPlace) {
  for (const Secret& next : {Secret(), Secret(kShort)}) {
    Secret secret(kLong);
    const std::string_view held(secret.reveal().data(), kLong.size());

    secret = next;  // the string keeps its memory, so the old bytes can be looked at

    ASSERT_EQ(static_cast<const void*>(secret.reveal().data()), held.data());
    EXPECT_EQ(held.find("horse"), std::string_view::npos);
    EXPECT_EQ(secret, next);
  }
}

TEST(Secret, StaysWhatItIsWhenAssignedToItself) {
  Secret secret(kLong);
  Secret& same = secret;

  secret = same;
  EXPECT_EQ(secret.reveal(), kLong);
  secret = std::move(same);
  EXPECT_EQ(secret.reveal(), kLong);
}

TEST(Secret, StaysWholeWhenItsCopyIsWiped) {
  const Secret first(kLong);
  {
    Secret second = first;
    EXPECT_EQ(second.reveal(), kLong);
    second = Secret();
  }

  EXPECT_EQ(first.reveal(), kLong);
}

}  // namespace
}  // namespace vya
