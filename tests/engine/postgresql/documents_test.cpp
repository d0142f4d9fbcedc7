// The documents of JSON lines: what is written is read back, and what is wrong is named.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "engine/postgresql/catalog.h"
#include "engine/postgresql/entry.h"
#include "engine/postgresql/globals.h"
#include "stream/lines.h"

namespace vya::pg {
namespace {

Acl some_acl() {
  return {
      "TABLE", R"("s"."t")", "c", "o", {{"", "o", "SELECT", false}, {"r", "o", "UPDATE", true}}};
}

Globals some_globals() {
  Globals globals;
  Role role;
  role.name = "app \"x\"";
  role.login = true;
  role.connection_limit = 12;
  role.valid_until = "infinity";
  role.verifier = Secret("SCRAM-SHA-256$4096:c2FsdA==$stored:server");
  role.comment = "";
  role.labels = {{"selinux", "a:b"}, {"", ""}};
  globals.roles = {Role{.name = "plain", .verifier_read = false}, role};
  globals.memberships = {{"group", "app", "root", true, true, false, std::nullopt}};
  globals.settings = {{"app", "", "search_path", "\"a\", b"}};
  globals.parameters = {{"PARAMETER", "\"work_mem\"", "", "", {{"r", "root", "SET", true}}}};
  globals.tablespaces = {
      {"fast", "root", "/srv/fast", {"random_page_cost=1.1"}, some_acl(), "c", {}}};
  DatabaseProperties database;
  database.number = 3;
  database.name = "shop";
  database.is_template = true;
  database.acl = Acl{"DATABASE", "\"shop\"", "", "o", {}};
  globals.databases = {database, DatabaseProperties{.name = "closed", .allow_connections = false}};
  return globals;
}

Catalog some_catalog() {
  Catalog catalog;
  catalog.has_public_schema = false;
  catalog.extensions = {{"citext", "1.6", "public", "case does not count", "app"},
                        {"plpgsql", "1.0", "pg_catalog", {}}};
  catalog.members = {{"citext", "ROUTINE \"f\"()", "r", "own words", {{"selinux", "secret"}}},
                     {"citext", "CAST (a AS b)", {}, {}, {}}};
  catalog.collations = {{"public", "german", "icu", "153.112", "153.120"}};
  catalog.sequences = {{"s", "q", -9223372036854775807 - 1, false},
                       {"s", "r", 9223372036854775807, true}};
  catalog.populated_views = {{"s", "v"}};
  catalog.column_orders = {{"s", "child", {"a", "own", "late"}}, {"s", "other", {}}};
  catalog.acls = {some_acl(), some_acl()};
  catalog.default_acls = {{"r", "", "TABLES", {{"", "r", "SELECT", false}}},
                          {"r", "s", "TYPES", {}}};
  catalog.left_out = {{"s", "t", {}, {}}, {"s", "part", "s", "all parts"}};
  return catalog;
}

Entry some_entry() {
  Entry entry;
  entry.id = 217;
  entry.section = Section::kPostData;
  entry.kind = "FK CONSTRAINT";
  entry.schema = "public";
  entry.name = "orders fk";
  entry.owner = "app";
  entry.tablespace = "fast";
  entry.access_method = "heap";
  entry.partitioned = true;
  entry.definition = "ALTER TABLE \"t\"\n\tADD CHECK (a <> E'\\\\\r\n\x01');\n";
  entry.drop = "DROP";
  entry.dependencies = {1, 2147483647};
  return entry;
}

template <typename Document>
std::string written(const Document& document) {
  TextSink sink;
  write_json(document, sink);
  return sink.text();
}

std::vector<Entry> entries_in(std::string_view text) {
  TextSource source(text);
  std::vector<Entry> entries;
  read_entries_json(source, [&](Entry entry) { entries.push_back(std::move(entry)); });
  return entries;
}

Globals globals_in(std::string_view text) {
  TextSource source(text);
  return read_globals_json(source);
}

/// What reading the text as globals complains about.
std::string complaint(std::string_view text) {
  try {
    globals_in(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kCheckFailed);
    return error.message();
  }
  return "";
}

TEST(Globals, ComeBackFromTheirLines) {
  EXPECT_EQ(globals_in(written(some_globals())), some_globals());
}

TEST(Globals, AreOneLineEach) {
  const std::string text = written(some_globals());

  EXPECT_EQ(std::ranges::count(text, '\n'), 8);
  EXPECT_TRUE(text.starts_with(R"({"kind":"role","name":"plain",)"));
}

TEST(Globals, IgnoreWhatTheyDoNotKnow) {
  const std::string line =
      R"({"kind":"role-setting","new":{"x":[1]},"role":"","database":"d","name":"n","value":"v"})";

  const Globals globals = globals_in("{\"kind\":\"new\",\"x\":1}\n" + line);

  EXPECT_EQ(globals.settings, (std::vector<RoleSetting>{{"", "d", "n", "v"}}));
}

TEST(Globals, NameLineAndKeyOfWhatIsWrong) {
  const std::string good = R"({"kind":"role-setting","role":"","database":"","name":"","value":""})"
                           "\n";
  const auto setting = [&](const std::string& value) {
    return good + R"({"kind":"role-setting","role":"","database":"","name":"",)" + value;
  };
  EXPECT_EQ(complaint(good), "");
  EXPECT_EQ(complaint(setting("\"value\":\"")),
            "cannot read line 2 of the globals: it is no JSON object");
  EXPECT_EQ(complaint(good + "[1]"), "cannot read line 2 of the globals: it is no JSON object");
  EXPECT_EQ(complaint(good + "\n"), "cannot read line 2 of the globals: it is no JSON object");
  EXPECT_EQ(complaint(setting("\"v\":1}")),
            "cannot read line 2 of the globals: key 'value' is missing");
  EXPECT_EQ(complaint(setting("\"value\":1}")),
            "cannot read line 2 of the globals: key 'value' is no text");
  for (const char* bytes : {R"({"bytes":"0g"})", R"({"bytes":"000"})", R"({"bytes":1})", "{}"}) {
    EXPECT_EQ(complaint(setting("\"value\":" + std::string(bytes) + "}")),
              "cannot read line 2 of the globals: key 'value' is no text");
  }
  EXPECT_EQ(complaint("{}"), "cannot read line 1 of the globals: key 'kind' is missing");
  EXPECT_EQ(complaint(R"({"kind":7})"), "cannot read line 1 of the globals: key 'kind' is no text");
}

TEST(Globals, NameThePlaceInsideALine) {
  std::string text = written(some_globals());
  text.replace(text.find(R"("provider":"selinux")"), 20, R"("provider":null)");

  EXPECT_EQ(complaint(text),
            "cannot read line 2 of the globals: key 'labels[0].provider' is no text");
}

TEST(Globals, RefuseNumbersOutOfRange) {
  const std::string text = written(some_globals());
  for (const char* number : {"2147483648", "18446744073709551615", "1.5", "\"3\"", "null"}) {
    std::string changed = text;
    changed.replace(changed.find("\"number\":3"), 10, "\"number\":" + std::string(number));
    EXPECT_EQ(complaint(changed),
              "cannot read line 7 of the globals: key 'number' is no number of its range");
  }
}

TEST(Globals, AreCutByNobodyUnnoticed) {
  const std::string text = written(some_globals());
  for (std::size_t size = 1; size < text.size(); ++size) {
    const bool at_line_end = text[size - 1] == '\n' || text[size] == '\n';
    EXPECT_EQ(complaint(text.substr(0, size)).empty(), at_line_end) << size;
  }
}

TEST(Catalog, ComesBackFromItsLines) {
  const std::string text = written(some_catalog());
  TextSource source(text);

  EXPECT_EQ(read_catalog_json(source), some_catalog());
}

TEST(LargeObjects, ComeBackOneByOne) {
  const LargeObject plain = {4294967295U, "o", std::nullopt, std::nullopt, {}};
  const LargeObject full = {1, "o", some_acl(), "comment", {{"p", "l"}}};
  const std::string text = written(plain) + written(full);
  TextSource source(text);
  std::vector<LargeObject> objects;

  read_large_objects_json(source, [&](const LargeObject& object) { objects.push_back(object); });

  EXPECT_EQ(objects, (std::vector{plain, full}));
}

TEST(Entry, ComesBackFromItsLine) {
  for (const Section section :
       {Section::kNone, Section::kPreData, Section::kData, Section::kPostData}) {
    Entry entry = some_entry();
    entry.section = section;
    EXPECT_EQ(entries_in(written(entry) + written(Entry{})), (std::vector{entry, Entry{}}));
  }
}

TEST(Entry, IsRefusedInAnUnknownSection) {
  std::string text = written(some_entry());
  text.replace(text.find("post-data"), 9, "pre-date");

  EXPECT_THROW(entries_in(text), Error);
}

TEST(Entry, KeepsEveryByteOfWhatIsNoUtf8) {
  const std::vector<std::string> texts = {"gr\xFC\xDF",
                                          "\x80",
                                          "\xC0\x80",
                                          "\xC3",
                                          "\xED\xA0\x80",
                                          "\xE0\x9F\xBF",
                                          "\xF0\x8F\xBF\xBF",
                                          "\xF4\x90\x80\x80",
                                          "\xF5\x80\x80\x80",
                                          "ok\xE2\x82",
                                          std::string("\0\xFF", 2)};
  for (const std::string& text : texts) {
    Entry entry = some_entry();
    entry.definition = text;
    EXPECT_NE(written(entry).find(R"("definition":{"bytes":")"), std::string::npos);
    EXPECT_EQ(entries_in(written(entry)).at(0).definition, text);
  }
}

TEST(Entry, WritesUtf8AsItIs) {
  for (const char* text : {"gr\xC3\xBC\xC3\x9F", "\xE2\x82\xAC", "\xF0\x9F\x90\x98", "\xEF\xBF\xBF",
                           "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF", "\xC2\x80"}) {
    Entry entry = some_entry();
    entry.definition = text;
    EXPECT_NE(written(entry).find(text), std::string::npos);
    EXPECT_EQ(entries_in(written(entry)).at(0).definition, text);
  }
}

}  // namespace
}  // namespace vya::pg
