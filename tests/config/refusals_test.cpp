// Configurations that are refused, and what is said of them.
#include <gtest/gtest.h>

#include <string>

#include "tests/config/parsed.h"

namespace vya {
namespace {

struct Case {
  const char* lines;
  const char* complaint;
};

TEST(ParseConfig, RefusesAWrongValueAtItsLineAndSaysWhatWouldBeRight) {
  const Case cases[] = {
      {"hots: db1", "v:6: instances.shop: unknown key 'hots'; did you mean 'host'?"},
      {"paswsord: x", "v:6: instances.shop: unknown key 'paswsord'; did you mean 'password'?"},
      {"colour: red",
       "v:6: instances.shop: unknown key 'colour'; the keys here are: engine, host, port, user, "
       "password, sslmode, "
       "sslrootcert, service, database, include, exclude, ddl, ddl_wait, max_snapshot_age, "
       "max_outage, pause_replay, open_closed_databases, pg_dump, accept_gaps, restore_only, rpo, "
       "rto, drill, anomaly_factor"},
      {"host: db2", "v:6: instances.shop.host: is given twice, first in line 5; keep one of them"},
      {"port: 0", "v:6: instances.shop.port: '0' is no port; write a number from 1 to 65535"},
      {"port: 65536",
       "v:6: instances.shop.port: '65536' is no port; write a number from 1 to 65535"},
      {"port: -1", "v:6: instances.shop.port: '-1' is no port; write a number from 1 to 65535"},
      {"port: 5432a",
       "v:6: instances.shop.port: '5432a' is no port; write a number from 1 to 65535"},
      {"port: [5432]", "v:6: instances.shop.port: is a list; write a text"},
      {"user:", "v:6: instances.shop.user: has no value; write a text, or leave the key out"},
      {"user: ''", "v:6: instances.shop.user: is empty; write a text, or leave the key out"},
      {"user: {name: x}", "v:6: instances.shop.user: is a map; write a text"},
      {"sslmode: on",
       "v:6: instances.shop.sslmode: 'on' is not known; write one of: disable, allow, prefer, "
       "require, verify-ca, "
       "verify-full"},
      {"ddl: kill", "v:6: instances.shop.ddl: 'kill' is not known; write one of: wait, yield"},
      {"ddl_wait: 60",
       "v:6: instances.shop.ddl_wait: '60' is no time to wait; write a number with s, m or h, such "
       "as 60s or 5m, at "
       "most 24h"},
      {"ddl_wait: 0s",
       "v:6: instances.shop.ddl_wait: '0s' is no time to wait; write a number with s, m or h, such "
       "as 60s or 5m, at "
       "most 24h"},
      {"ddl_wait: 25h",
       "v:6: instances.shop.ddl_wait: '25h' is no time to wait; write a number with s, m or h, "
       "such as 60s or 5m, at "
       "most 24h"},
      {"ddl_wait: 5 min",
       "v:6: instances.shop.ddl_wait: '5 min' is no time to wait; write a number with s, m or h, "
       "such as 60s or 5m, at "
       "most 24h"},
      {"max_snapshot_age: 2d",
       "v:6: instances.shop.max_snapshot_age: '2d' is no age; write a number with s, m or h, such "
       "as 60s or 5m, at most 24h"},
      {"open_closed_databases: yes",
       "v:6: instances.shop.open_closed_databases: 'yes' is not known; write one of: false, true"},
      {"include: {a: b}", "v:6: instances.shop.include: is a map; write a text or a list of texts"},
      {"include: [shop, [crm]]", "v:6: instances.shop.include[1]: is a list; write a text"},
      {"exclude: ['']",
       "v:6: instances.shop.exclude[0]: is empty; write a text, or leave the key out"},
      {"sslrootcert: ~/root.crt",
       "v:6: instances.shop.sslrootcert: '~' is not expanded; write the whole path"},
      {"accept_gaps: [closed-database:legacy]",
       "v:6: instances.shop.accept_gaps: is a list; write keys with values"},
      {"accept_gaps: {'closed-database:legacy': ''}",
       "v:6: instances.shop.accept_gaps.closed-database:legacy: is empty; write a text, or leave "
       "the key out"},
      {"accept_gaps: {legacy: old}",
       "v:6: instances.shop.accept_gaps.legacy: this is no gap; write KIND:WHAT as a backup prints "
       "it, such as "
       "closed-database:legacy"},
      {"[a, b]: c", "v:6: a key is not a text; keys are single words"},
      {"include: [[[[[[deep]]]]]]",
       "v:6: nested too deeply; no key of the configuration lies so deep"},
      {"include: &self [*self]",
       "v:6: nested too deeply; no key of the configuration lies so deep"},
  };
  for (const Case& one : cases) EXPECT_EQ(complaints(with(one.lines)), one.complaint) << one.lines;
}

TEST(ParseConfig, RefusesNamesThatAreNoInstanceNames) {
  const auto named = [](const std::string& name) {
    return complaints("repository: /b\ninstances:\n  " + name +
                      ": {engine: postgresql, host: a}\n");
  };
  for (const char* fitting : {"shop", "9", "a.b_c-d"}) EXPECT_EQ(named(fitting), "(none)");
  for (const std::string wrong : {"Shop", "-a", ".a", "_a", "a/b", "a b", "ä"}) {
    EXPECT_EQ(
        named(wrong),
        "v:3: instances." + wrong +
            ": this is no name of an instance; write small letters, digits, '.', '_' and '-', "
            "beginning with a letter or digit");
  }
  EXPECT_EQ(named("leases"),
            "v:3: instances.leases: the repository has a folder of this name for itself; choose "
            "another name");
}

TEST(ParseConfig, RefusesRepositoriesThatAreNoFolders) {
  const auto repository = [](const std::string& place) {
    return complaints("repository: " + place + "\ninstances: {a: {engine: postgresql, host: a}}\n");
  };
  EXPECT_EQ(repository("s3://bucket/prefix"),
            "v:1: repository: 's3://bucket/prefix' is not supported yet; only folders are");
  EXPECT_EQ(repository("~/backups"), "v:1: repository: '~' is not expanded; write the whole path");
}

TEST(ParseConfig, NeverShowsAPasswordThatIsWrittenIntoIt) {
  EXPECT_EQ(complaints(with("password: hunter2")),
            "v:6: instances.shop.password: a password must not be written here; write env:NAME (an "
            "environment "
            "variable) or file:PATH (a file that only its owner may read)");
  const char* slips[] = {
      "password: env:hunter-2", "password:hunter2",      "password: *hunter2",
      "password: \"hunter2",    "password: hunter2: x",  "password:hunter2: x",
      "password: {hunter2: x}", "password: [x, hunter2", "password: \"\\hunter2\"",
      "passwort: hunter2",      "password: !hunter2",    "password: file:~hunter2",
  };
  for (const char* slip : slips) {
    const std::string said = complaints(with(slip));
    EXPECT_NE(said, "(none)") << slip;
    EXPECT_EQ(said.find("unter2"), std::string::npos) << said;
  }
  for (const char* flow : {"password: x,hunter2", "password:hunter2", "password: hunter2: 1"}) {
    const std::string said =
        complaints("repository: /b\ninstances: {a: {engine: postgresql, host: a, " +
                   std::string(flow) + "}}\n");
    EXPECT_NE(said, "(none)") << flow;
    EXPECT_EQ(said.find("unter2"), std::string::npos) << said;
  }
}

TEST(ParseConfig, NamesTheKeysThatAreMissing) {
  EXPECT_EQ(complaints("instances:\n  shop: {user: a}\n"),
            "v:1: the key 'repository' is missing; write the folder for the backups\n"
            "v:2: instances.shop: the key 'engine' is missing; write 'engine: postgresql' or "
            "'engine: mysql'\n"
            "v:2: instances.shop: the key 'host' is missing; write the server's name, or the "
            "folder of its socket");
  EXPECT_EQ(complaints("repository: /b\n"),
            "v:1: the key 'instances' is missing; write the servers to back up, by name");
  EXPECT_EQ(complaints("repository: /b\ninstances: {}\n"),
            "v:2: instances: names no instance; write at least one");
}

TEST(ParseConfig, TellsAllProblemsAtOnceInTheOrderOfTheirLines) {
  EXPECT_EQ(complaints("repository: s3://b\n"
                       "instances:\n"
                       "  shop:\n"
                       "    port: x\n"
                       "    engine: postgresql\n"
                       "    ddl: no\n"
                       "  Old:\n"
                       "    engine: postgresql\n"
                       "    host: a\n"
                       "repositry: /b\n"),
            "v:1: repository: 's3://b' is not supported yet; only folders are\n"
            "v:3: instances.shop: the key 'host' is missing; write the server's name, or the "
            "folder of its socket\n"
            "v:4: instances.shop.port: 'x' is no port; write a number from 1 to 65535\n"
            "v:6: instances.shop.ddl: 'no' is not known; write one of: wait, yield\n"
            "v:7: instances.Old: this is no name of an instance; write small letters, digits, '.', "
            "'_' and '-', "
            "beginning with a letter or digit\n"
            "v:10: unknown key 'repositry'; did you mean 'repository'?");
}

TEST(ParseConfig, RefusesWhatIsNoConfigurationAtAll) {
  const Case cases[] = {
      {"", "v:1: the file is empty; write the keys 'repository' and 'instances'"},
      {"# only a comment\n", "v:1: the file is empty; write the keys 'repository' and 'instances'"},
      {"- a\n- b\n", "v:1: is a list; write keys with values"},
      {"repository: /b\ninstances: [\n",
       "v:3: this is not YAML: end of sequence flow not found; look at the indentation, colons and "
       "quotes up to here"},
      {"repository: \"\\hunter2\"\n",
       "v:1: this is not YAML: unknown escape character; look at the indentation, colons and "
       "quotes up to here"},
      {"repository: /b\n---\nrepository: /c\n",
       "v:2: a second document starts; a configuration is one, without '---'"},
      {",", "v:1: a second document starts; a configuration is one, without '---'"},
  };
  for (const Case& one : cases) EXPECT_EQ(complaints(one.lines), one.complaint) << one.lines;
}

TEST(ParseConfig, StopsWhereAliasesMultiply) {
  std::string text = "a: &a [x]\n";
  for (char name = 'b'; name <= 'd'; ++name) {
    const std::string before = "*" + std::string(1, static_cast<char>(name - 1)) + ", ";
    text += std::string(1, name) + ": &" + name + " [";
    for (int i = 0; i < 100; ++i) text += before;
    text += "]\n";
  }

  EXPECT_EQ(complaints(text), "v:1: too many values up to here; use fewer aliases");
}

TEST(ParseConfig, ComplainsOfALineEndOnOneLine) {
  EXPECT_EQ(complaints("\"hots\\n\\x7f\": 1\nrepository: /b\ninstances: {a: {service: a, engine: "
                       "postgresql}}\n"),
            "v:1: unknown key 'hots\\x0a\\x7f'; the keys here are: repository, instances, drill");
}

}  // namespace
}  // namespace vya
