#include "repository/strict_json.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

TEST(JsonObject, GivesObjectsThatOutliveIt) {
  const auto inner = [] {
    return JsonObject(R"({"a":[{"b":{"c":"text"}}]})", "it").objects("a").at(0).object("b");
  }();

  EXPECT_EQ(inner.text("c"), "text");
  EXPECT_EQ(inner.wrong("c", "is bad").message(), "cannot read it: key 'a[0].b.c' is bad");
}

TEST(JsonObject, GivesObjectsWithMoreInThemThanTheStackIsDeep) {
  const std::size_t depth = 200'000;
  const std::string deep = std::string(depth, '[') + std::string(depth, ']');

  const JsonObject json(R"({"a":{"unknown":)" + deep + R"(,"b":7}})", "it");

  EXPECT_EQ(json.object("a").number("b"), 7u);
}

}  // namespace
}  // namespace vya
