// What every store must do: one suite, run on each of them.
//
// A store's test file says how to open one and instantiates the suite:
//
//     struct LocalWorld { Store& store(); };
//     INSTANTIATE_TYPED_TEST_SUITE_P(Local, StoreContract, LocalWorld);
#pragma once

#include <gtest/gtest.h>

#include <thread>

#include "base/error.h"
#include "store/store.h"
#include "stream/lines.h"

namespace vya {

/// `World` has a default constructor that makes an empty store, and `Store& store()` that gives it.
template <typename World>
class StoreContract : public ::testing::Test {
 protected:
  using Names = std::vector<std::string>;

  Store& store() { return world_.store(); }

  void put(const std::string& name, std::string_view text) { write(*store().create(name), text); }

  static void put(StoreDraft& draft, const std::string& name, std::string_view text) {
    write(*draft.create(name), text);
  }

  static void write(Sink& sink, std::string_view text) {
    sink.write(as_bytes(text));
    sink.finish();
  }

  std::string text_of(const std::string& name) { return read_text(*store().read(name)); }

  Names names(const std::string& prefix = "") {
    Names found;
    for (const ObjectInfo& object : store().list(prefix)) found.push_back(object.name);
    return found;
  }

  template <typename Work>
  static std::optional<Fault> fault_of(Work&& work) {
    try {
      work();
    } catch (const Error& error) {
      return error.fault();
    }
    return std::nullopt;
  }

 private:
  World world_;
};

TYPED_TEST_SUITE_P(StoreContract);

TYPED_TEST_P(StoreContract, IsEmptyAtFirst) {
  EXPECT_TRUE(this->store().list("").empty());
  EXPECT_TRUE(this->store().folders("").empty());
  EXPECT_TRUE(this->store().list("no/such/").empty());
  EXPECT_TRUE(this->store().folders("no/such/").empty());
  EXPECT_EQ(this->store().stat("no/such"), std::nullopt);
  EXPECT_EQ(this->fault_of([&] { this->store().read("no/such"); }), Fault::kNotFound);
}

TYPED_TEST_P(StoreContract, ShowsNothingUntilFinished) {
  const auto sink = this->store().create("a/b");
  sink->write(as_bytes("text"));

  EXPECT_EQ(this->names(), (std::vector<std::string>{}));
  EXPECT_TRUE(this->store().folders("").empty());
  EXPECT_EQ(this->store().stat("a/b"), std::nullopt);
  EXPECT_EQ(this->fault_of([&] { this->store().read("a/b"); }), Fault::kNotFound);

  sink->finish();
  EXPECT_EQ(this->names(), (std::vector<std::string>{"a/b"}));
  EXPECT_EQ(this->text_of("a/b"), "text");
}

TYPED_TEST_P(StoreContract, ForgetsWhatWasNotFinished) {
  this->store().create("a/b")->write(as_bytes("text"));

  EXPECT_TRUE(this->names().empty());
  EXPECT_TRUE(this->store().folders("").empty());
  this->put("a/b", "later");
  EXPECT_EQ(this->text_of("a/b"), "later");
}

TYPED_TEST_P(StoreContract, GivesBackWhatWasWritten) {
  const std::string large(1'000'000, 'x');
  this->put("empty", "");
  this->put("byte", "x");
  this->put("large", large);
  const auto pieces = this->store().create("pieces");
  for (int i = 0; i < 100'000; ++i) pieces->write(as_bytes("0123456789"));
  pieces->finish();

  EXPECT_EQ(this->text_of("empty"), "");
  EXPECT_EQ(this->text_of("byte"), "x");
  EXPECT_EQ(this->text_of("large"), large);
  EXPECT_EQ(this->text_of("pieces").size(), 1'000'000u);
  EXPECT_EQ(this->text_of("pieces").substr(999'990), "0123456789");
}

TYPED_TEST_P(StoreContract, SaysTheSize) {
  this->put("a/b", "12345");

  const auto info = this->store().stat("a/b");

  ASSERT_TRUE(info);
  EXPECT_EQ(info->name, "a/b");
  EXPECT_EQ(info->size, 5u);
  EXPECT_EQ(this->store().list("").at(0).size, 5u);
  EXPECT_EQ(this->store().stat("a"), std::nullopt) << "a folder is no object";
  EXPECT_EQ(this->fault_of([&] { this->store().read("a"); }), Fault::kNotFound);
  EXPECT_EQ(this->store().stat("a/b/c"), std::nullopt) << "nothing is below an object";
}

TYPED_TEST_P(StoreContract, NeverReplacesAnObject) {
  const auto late = this->store().create("a");
  late->write(as_bytes("late"));
  this->put("a", "first");

  EXPECT_EQ(this->fault_of([&] { late->finish(); }), Fault::kRefused);
  EXPECT_EQ(this->fault_of([&] { this->put("a", "third"); }), Fault::kRefused);
  EXPECT_EQ(this->text_of("a"), "first");
}

TYPED_TEST_P(StoreContract, ListsByPrefixInOrderOfNames) {
  for (const char* name : {"b/2", "a/x/1", "ab/1", "b/1", "b-1", "b/10"}) this->put(name, "");

  EXPECT_EQ(this->names(),
            (std::vector<std::string>{"a/x/1", "ab/1", "b-1", "b/1", "b/10", "b/2"}));
  EXPECT_EQ(this->names("b/"), (std::vector<std::string>{"b/1", "b/10", "b/2"}));
  EXPECT_EQ(this->names("a/"), (std::vector<std::string>{"a/x/1"}));
}

TYPED_TEST_P(StoreContract, ListsFoldersThatHoldObjects) {
  for (const char* name : {"b/2", "a/x/1", "a/y/z/1", "a/1", "top"}) this->put(name, "");
  this->store().create("gone/1");
  this->store().create("gone-too/below/1");

  EXPECT_EQ(this->store().folders(""), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(this->store().folders("a/"), (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(this->store().folders("b/"), (std::vector<std::string>{}));
}

TYPED_TEST_P(StoreContract, RefusesNamesThatBreakTheRule) {
  for (const char* name : {"", "/a", "a/", "a//b", ".a", "a/.b", ".", "..", "a/../b", "a b", "a\n",
                           "\xc3\xa4", "a*"}) {
    const std::string bad = name;
    EXPECT_EQ(this->fault_of([&] { this->store().create(bad); }), Fault::kInternal) << name;
    EXPECT_EQ(this->fault_of([&] { this->store().read(bad); }), Fault::kInternal) << name;
    EXPECT_EQ(this->fault_of([&] { this->store().stat(bad); }), Fault::kInternal) << name;
    EXPECT_EQ(this->fault_of([&] { this->store().draft(bad); }), Fault::kInternal) << name;
  }
  for (const char* prefix : {"a", "/", "../", "a//", ".a/"}) {
    EXPECT_EQ(this->fault_of([&] { this->store().list(prefix); }), Fault::kInternal) << prefix;
    EXPECT_EQ(this->fault_of([&] { this->store().folders(prefix); }), Fault::kInternal) << prefix;
  }
  const auto draft = this->store().draft("d");
  EXPECT_EQ(this->fault_of([&] { draft->create("../x"); }), Fault::kInternal);
}

TYPED_TEST_P(StoreContract, ShowsNothingOfADraftUntilItIsPublished) {
  const auto draft = this->store().draft("shop/epoch");
  this->put(*draft, "full/manifest", "m");
  this->put(*draft, "full/db/1/rows", "r");

  EXPECT_TRUE(this->names().empty());
  EXPECT_TRUE(this->store().folders("").empty());
  EXPECT_EQ(this->store().stat("shop/epoch/full/manifest"), std::nullopt);

  draft->publish();
  EXPECT_EQ(this->names(),
            (std::vector<std::string>{"shop/epoch/full/db/1/rows", "shop/epoch/full/manifest"}));
  EXPECT_EQ(this->text_of("shop/epoch/full/db/1/rows"), "r");
  EXPECT_EQ(this->store().folders("shop/"), (std::vector<std::string>{"epoch"}));
}

TYPED_TEST_P(StoreContract, ForgetsADraftThatWasNotPublished) {
  this->put(*this->store().draft("shop/epoch"), "manifest", "m");

  EXPECT_TRUE(this->names().empty());
  EXPECT_EQ(this->fault_of([&] { this->store().draft("shop/epoch")->publish(); }), std::nullopt);
}

TYPED_TEST_P(StoreContract, KeepsADraftThatIsPublished) {
  {
    const auto draft = this->store().draft("shop/epoch");
    this->put(*draft, "manifest", "m");
    draft->publish();
  }
  EXPECT_EQ(this->text_of("shop/epoch/manifest"), "m");
}

TYPED_TEST_P(StoreContract, LeavesWhatIsNotFinishedOutOfADraft) {
  const auto draft = this->store().draft("shop/epoch");
  this->put(*draft, "whole", "w");
  draft->create("abandoned")->write(as_bytes("a"));
  const auto open = draft->create("open");
  open->write(as_bytes("o"));

  draft->publish();

  EXPECT_EQ(this->names(), (std::vector<std::string>{"shop/epoch/whole"}));
}

TYPED_TEST_P(StoreContract, RefusesADraftWhereSomethingIs) {
  this->put("shop/epoch/manifest", "m");

  EXPECT_EQ(this->fault_of([&] { this->store().draft("shop/epoch"); }), Fault::kRefused);
  EXPECT_EQ(this->fault_of([&] { this->store().draft("shop/epoch/manifest"); }), Fault::kRefused);
  EXPECT_EQ(this->fault_of([&] { this->store().draft("shop/epo"); }), std::nullopt);
}

TYPED_TEST_P(StoreContract, PublishesOnlyTheFirstOfTwoDraftsInOnePlace) {
  const auto first = this->store().draft("shop/epoch");
  const auto second = this->store().draft("shop/epoch");
  this->put(*first, "one", "1");
  this->put(*second, "two", "2");
  first->publish();

  EXPECT_EQ(this->fault_of([&] { second->publish(); }), Fault::kRefused);
  EXPECT_EQ(this->names(), (std::vector<std::string>{"shop/epoch/one"}));
}

TYPED_TEST_P(StoreContract, PublishesWhereAnAbandonedObjectWas) {
  this->store().create("shop/epoch/abandoned")->write(as_bytes("a"));
  this->store().create("shop/epoch/db/1/abandoned")->write(as_bytes("a"));
  const auto draft = this->store().draft("shop/epoch");
  this->put(*draft, "one", "1");

  draft->publish();

  EXPECT_EQ(this->names(), (std::vector<std::string>{"shop/epoch/one"}));
}

TYPED_TEST_P(StoreContract, NeverReplacesAnObjectOfADraft) {
  const auto draft = this->store().draft("shop/epoch");
  this->put(*draft, "one", "first");

  EXPECT_EQ(this->fault_of([&] { this->put(*draft, "one", "second"); }), Fault::kRefused);
  draft->publish();
  EXPECT_EQ(this->text_of("shop/epoch/one"), "first");
}

TYPED_TEST_P(StoreContract, ForgetsObjectsOfADraft) {
  const auto draft = this->store().draft("place");
  for (const char* name : {"db/1/a", "db/1/rows/b", "db/10", "db/2", "c"})
    this->put(*draft, name, "old");

  draft->forget("db/1");
  draft->forget("c");
  draft->forget("never/was");
  this->put(*draft, "db/1/a", "new");
  draft->publish();

  EXPECT_EQ(this->names(), (std::vector<std::string>{"place/db/1/a", "place/db/10", "place/db/2"}));
  EXPECT_EQ(this->text_of("place/db/1/a"), "new");
}

TYPED_TEST_P(StoreContract, TakesObjectsOfADraftFromSeveralThreads) {
  const auto draft = this->store().draft("shop/epoch");
  {
    std::vector<std::jthread> threads;
    for (const char* who : {"a", "b", "c", "d"}) {
      threads.emplace_back([&draft, who] {
        for (int i = 0; i < 20; ++i) {
          StoreContract<TypeParam>::write(*draft->create("rows/" + std::to_string(i) + "/" + who),
                                          who);
        }
      });
    }
  }
  draft->publish();

  EXPECT_EQ(this->names("shop/epoch/").size(), 80u);
  EXPECT_EQ(this->text_of("shop/epoch/rows/19/d"), "d");
}

REGISTER_TYPED_TEST_SUITE_P(StoreContract, IsEmptyAtFirst, ShowsNothingUntilFinished,
                            ForgetsWhatWasNotFinished, GivesBackWhatWasWritten, SaysTheSize,
                            NeverReplacesAnObject, ListsByPrefixInOrderOfNames,
                            ListsFoldersThatHoldObjects, RefusesNamesThatBreakTheRule,
                            ShowsNothingOfADraftUntilItIsPublished,
                            ForgetsADraftThatWasNotPublished, KeepsADraftThatIsPublished,
                            LeavesWhatIsNotFinishedOutOfADraft, RefusesADraftWhereSomethingIs,
                            PublishesOnlyTheFirstOfTwoDraftsInOnePlace,
                            PublishesWhereAnAbandonedObjectWas, NeverReplacesAnObjectOfADraft,
                            TakesObjectsOfADraftFromSeveralThreads, ForgetsObjectsOfADraft);

}  // namespace vya
