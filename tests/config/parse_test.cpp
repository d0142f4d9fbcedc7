#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "config/config.h"

namespace vya {
namespace {

constexpr const char* kFile = "/etc/vya/vya.yaml";

/// All that is said of a configuration that is refused, without the file's name.
std::string complaints(const std::string& text, Fault fault = Fault::kUsage) {
  try {
    parse_config(text, "v");
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), fault);
    return error.message();
  }
  return "(none)";
}

/// A configuration whose one instance has `lines`, from line 6 on.
std::string with(const std::string& lines) {
  return "repository: /backups\n"
         "instances:\n"
         "  shop:\n"
         "    engine: postgresql\n"
         "    host: db1\n"
         "    " +
         lines + "\n";
}

Instance parsed(const std::string& lines) {
  return parse_config(with(lines), kFile).instance("shop");
}

TEST(ParseConfig, NeedsOnlyARepositoryAnEngineAndAHost) {
  const Config config = parse_config(
      "repository: /backups\ninstances:\n  shop: {engine: postgresql, host: db1}\n", kFile);

  EXPECT_EQ(config.file, kFile);
  EXPECT_EQ(config.repository, "/backups");
  ASSERT_EQ(config.instances.size(), 1U);
  const Instance& shop = config.instances[0];
  EXPECT_EQ(shop.name, "shop");
  EXPECT_EQ(shop.engine, EngineKind::kPostgresql);
  EXPECT_EQ(shop.host, "db1");
  EXPECT_EQ(shop.password.kind, PasswordSource::Kind::kNone);
  EXPECT_EQ(shop.maintenance_database, "postgres");
  EXPECT_EQ(shop.ddl, DdlPolicy::kWait);
  EXPECT_EQ(shop.ddl_wait, std::chrono::seconds(60));
  EXPECT_FALSE(shop.open_closed_databases);
}

TEST(ParseConfig, ReadsHowBackupsAreProven) {
  const Config config = parse_config(R"(
repository: /backups
drill: {folder: scratch, programs: [/opt/pg17/bin, more]}
instances:
  shop:
    engine: postgresql
    host: db1
    rpo: 2d
    rto: 30m
    drill:
      server: spare
      databases: [shop, "crm*"]
      checks:
        - {name: orders, database: shop, as: app, sql: SELECT 1, expect: 1}
        - {sql: SELECT 2, at_least: 1.5, at_most: 1e3}
        - {name: closed, as: app, sql: SELECT 3, refused: true}
)",
                                     kFile);

  EXPECT_EQ(config.drill.folder, "/etc/vya/scratch");
  EXPECT_EQ(config.drill.programs, (std::vector<std::string>{"/opt/pg17/bin", "/etc/vya/more"}));
  const Instance& shop = config.instance("shop");
  EXPECT_EQ(shop.rpo, std::chrono::hours(48));
  EXPECT_EQ(shop.rto, std::chrono::minutes(30));
  EXPECT_EQ(shop.drill.server, "spare");
  EXPECT_EQ(shop.drill.databases, (std::vector<std::string>{"shop", "crm*"}));
  ASSERT_EQ(shop.drill.checks.size(), 3U);
  EXPECT_EQ(shop.drill.checks[0].account, "app");
  EXPECT_EQ(shop.drill.checks[0].expect, "1");
  EXPECT_EQ(shop.drill.checks[1].name, "SELECT 2") << "a check without a name has its statement's";
  EXPECT_EQ(shop.drill.checks[1].at_least, 1.5);
  EXPECT_EQ(shop.drill.checks[1].at_most, 1000);
  EXPECT_TRUE(shop.drill.checks[2].refused);
}

TEST(ParseConfig, RefusesChecksThatCannotBeAnswered) {
  const auto of_check = [](const std::string& check) {
    return complaints(with("drill: {checks: [" + check + "]}"));
  };
  EXPECT_EQ(of_check("{name: n}"),
            "v:6: instances.shop.drill.checks[0]: the key 'sql' is missing; write the statement to "
            "run");
  EXPECT_EQ(of_check("{sql: s, expect: 1, at_most: 2}"),
            "v:6: instances.shop.drill.checks[0]: has both 'expect' and a range; keep one of them");
  EXPECT_EQ(of_check("{sql: s, as: a, refused: true, at_most: 2}"),
            "v:6: instances.shop.drill.checks[0]: is to be refused, and then has no answer; remove "
            "'expect' and the range");
  EXPECT_EQ(of_check("{sql: s, refused: true}"),
            "v:6: instances.shop.drill.checks[0]: is to be refused, but not to whom; write the "
            "account in the key 'as'");
  EXPECT_EQ(of_check("{sql: s, at_least: 3, at_most: 2}"),
            "v:6: instances.shop.drill.checks[0]: has an empty range; exchange 'at_least' and "
            "'at_most'");
  EXPECT_EQ(of_check("{sql: s, at_least: many}"),
            "v:6: instances.shop.drill.checks[0].at_least: 'many' is no number; write one, such as "
            "1000");
  EXPECT_EQ(of_check("{sql: s}, {sql: s}"),
            "v:6: instances.shop.drill.checks[1]: another check has this name; give it one of its "
            "own in the key 'name'");
  EXPECT_EQ(of_check("{sql: s, expct: 1}"),
            "v:6: instances.shop.drill.checks[0]: unknown key 'expct'; did you mean 'expect'?");
  EXPECT_EQ(complaints(with("drill: {checks: {sql: s}}")),
            "v:6: instances.shop.drill.checks: is a map; write a list");
  EXPECT_EQ(complaints(with("drill: {options: [-c fsync]}")),
            "v:6: instances.shop.drill.options: '-c fsync' is no option of a server; write "
            "NAME=VALUE");
  EXPECT_EQ(complaints(with("drill: {server: spare, options: [a=b]}")),
            "v:6: instances.shop.drill: 'options' are of a server that is started; remove them or "
            "the key 'server'");
  EXPECT_EQ(
      complaints(with("rpo: soon")),
      "v:6: instances.shop.rpo: 'soon' is no duration; write a number with s, m, h or d, such "
      "as 30m or 7d, at most 366d");
}

TEST(ParseConfig, ReadsEveryKeyOfAnInstance) {
  const Config config = parse_config(R"(
repository: backups
instances:
  shop:
    engine: postgresql
    host: /run/postgresql
    port: 5433
    user: backup
    password: file:shop.password
    sslmode: verify-full
    sslrootcert: certs/root.crt
    service: shop_service
    database: template1
    include: [shop, "crm*"]
    exclude: "*_test"
    ddl: yield
    ddl_wait: 5m
    open_closed_databases: true
    pg_dump: /usr/lib/postgresql/16/bin/pg_dump
    accept_gaps:
      closed-database:legacy: switched off in March
)",
                                     kFile);

  EXPECT_EQ(config.repository, "/etc/vya/backups");
  const Instance& shop = config.instance("shop");
  EXPECT_EQ(shop.host, "/run/postgresql");
  EXPECT_EQ(shop.port, "5433");
  EXPECT_EQ(shop.user, "backup");
  EXPECT_EQ(shop.password.kind, PasswordSource::Kind::kFile);
  EXPECT_EQ(shop.password.name, "/etc/vya/shop.password");
  EXPECT_EQ(shop.sslmode, "verify-full");
  EXPECT_EQ(shop.sslrootcert, "/etc/vya/certs/root.crt");
  EXPECT_EQ(shop.service, "shop_service");
  EXPECT_EQ(shop.maintenance_database, "template1");
  EXPECT_EQ(shop.include, (std::vector<std::string>{"shop", "crm*"}));
  EXPECT_EQ(shop.exclude, (std::vector<std::string>{"*_test"}));
  EXPECT_EQ(shop.ddl, DdlPolicy::kYield);
  EXPECT_EQ(shop.ddl_wait, std::chrono::minutes(5));
  EXPECT_TRUE(shop.open_closed_databases);
  EXPECT_EQ(shop.pg_dump, "/usr/lib/postgresql/16/bin/pg_dump");
  EXPECT_EQ(
      shop.accept_gaps,
      (std::map<std::string, std::string>{{"closed-database:legacy", "switched off in March"}}));
}

TEST(ParseConfig, KeepsTheInstancesInTheirOrder) {
  const Config config = parse_config(
      "repository: /b\n"
      "instances:\n"
      "  zoo: {engine: postgresql, host: z}\n"
      "  ant: {engine: postgresql, service: a}\n",
      kFile);

  ASSERT_EQ(config.instances.size(), 2U);
  EXPECT_EQ(config.instances[0].name, "zoo");
  EXPECT_EQ(config.instances[1].name, "ant");
}

TEST(ParseConfig, LetsInstancesShareValuesByAnchors) {
  const Config config = parse_config(
      "repository: /b\n"
      "instances:\n"
      "  one: {engine: postgresql, host: a, exclude: &tests [\"*_test\"]}\n"
      "  two: {engine: postgresql, host: b, exclude: *tests}\n",
      kFile);

  EXPECT_EQ(config.instance("two").exclude, (std::vector<std::string>{"*_test"}));
}

TEST(ParseConfig, ReadsAPasswordFromTheEnvironment) {
  const Instance shop = parsed("password: env:SHOP_PASSWORD");

  EXPECT_EQ(shop.password.kind, PasswordSource::Kind::kEnvironment);
  EXPECT_EQ(shop.password.name, "SHOP_PASSWORD");
}

TEST(ParseConfig, ReadsTimesToWaitInSecondsMinutesAndHours) {
  EXPECT_EQ(parsed("ddl_wait: 90s").ddl_wait, std::chrono::seconds(90));
  EXPECT_EQ(parsed("ddl_wait: 5m").ddl_wait, std::chrono::minutes(5));
  EXPECT_EQ(parsed("ddl_wait: 2h").ddl_wait, std::chrono::hours(2));
  EXPECT_EQ(parsed("ddl_wait: 24h").ddl_wait, std::chrono::hours(24));
  EXPECT_EQ(parsed("").max_snapshot_age, std::nullopt);
  EXPECT_FALSE(parsed("").pause_replay);
  EXPECT_TRUE(parsed("pause_replay: true").pause_replay);
  EXPECT_EQ(parsed("").max_outage, std::chrono::seconds(60));
  EXPECT_EQ(parsed("max_outage: 5m").max_outage, std::chrono::minutes(5));
  EXPECT_EQ(parsed("max_snapshot_age: 6h").max_snapshot_age, std::chrono::hours(6));
}

TEST(ParseConfig, TakesTheOutermostPorts) {
  EXPECT_EQ(parsed("port: 1").port, "1");
  EXPECT_EQ(parsed("port: \"65535\"").port, "65535");
}

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

/// What is said of an instance of MySQL with these keys.
std::string mysql_complaints(const std::string& keys) {
  return complaints("repository: /b\ninstances:\n  shop: {" + keys + ", engine: mysql}\n");
}

TEST(ParseConfig, RefusesEnginesItDoesNotKnow) {
  const auto engine = [](const std::string& name) {
    return complaints("repository: /b\ninstances:\n  shop: {host: a, engine: " + name + "}\n");
  };
  EXPECT_EQ(engine("mariadb"),
            "v:3: instances.shop.engine: 'mariadb' is not known; write mysql, which serves both");
  EXPECT_EQ(engine("oracle"),
            "v:3: instances.shop.engine: 'oracle' is not known; write postgresql or mysql");
}

TEST(ParseConfig, ReadsTheKeysOfMysqlWhereverTheEngineStands) {
  const Config config = parse_config(
      "repository: /b\ninstances:\n  shop: {tls: verify-identity, tls_ca: ca.pem, host: db1, port: "
      "3307, user: backup, engine: mysql}\n  local: {engine: mysql, socket: /run/mysqld.sock}\n  "
      "pinned: {engine: mysql, host: db2, ddl_wait: 5m, tls: fingerprint, tls_fingerprint: "
      "'AA:bb:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11'}\n",
      kFile);

  const Instance& shop = config.instance("shop");
  EXPECT_EQ(shop.engine, EngineKind::kMysql);
  EXPECT_EQ(shop.tls, TlsMode::kVerifyIdentity);
  EXPECT_EQ(shop.tls_ca, "/etc/vya/ca.pem");
  EXPECT_EQ(shop.port, "3307");
  EXPECT_EQ(config.instance("local").socket, "/run/mysqld.sock");
  EXPECT_EQ(config.instance("local").tls, TlsMode::kChosen);
  EXPECT_EQ(config.instance("pinned").tls, TlsMode::kFingerprint);
  EXPECT_EQ(config.instance("pinned").ddl_wait, std::chrono::minutes(5));
  EXPECT_EQ(config.instance("pinned").tls_fingerprint, "AAbb00112233445566778899AABBCCDDEEFF0011");
}

TEST(ParseConfig, RefusesKeysOfTheOtherEngine) {
  EXPECT_EQ(mysql_complaints("host: a, sslmode: require"),
            "v:3: instances.shop.sslmode: is a key of 'engine: postgresql' only; remove it");
  EXPECT_EQ(complaints(with("tls: required")),
            "v:6: instances.shop.tls: is a key of 'engine: mysql' only; remove it");
  EXPECT_EQ(mysql_complaints("host: a, sokcet: b"),
            "v:3: instances.shop: unknown key 'sokcet'; did you mean 'socket'?");
}

TEST(ParseConfig, RefusesWhatCannotBeForMysql) {
  EXPECT_EQ(mysql_complaints("user: a"), "v:3: instances.shop: write either 'host' or 'socket'");
  EXPECT_EQ(mysql_complaints("host: a, socket: /s"),
            "v:3: instances.shop: write either 'host' or 'socket'");
  EXPECT_EQ(mysql_complaints("socket: /s, port: 3306"),
            "v:3: instances.shop: a socket has no port; remove the key 'port'");
  EXPECT_EQ(mysql_complaints("host: a, tls: fingerprint"),
            "v:3: instances.shop: 'tls: fingerprint' needs the key 'tls_fingerprint'");
  EXPECT_EQ(mysql_complaints("host: a, tls: verify-ca"),
            "v:3: instances.shop: verifying the server's certificate needs the key 'tls_ca'");
  EXPECT_EQ(mysql_complaints("host: a, tls: on"),
            "v:3: instances.shop.tls: 'on' is not known; write one of: disabled, required, "
            "verify-ca, verify-identity, fingerprint");
  EXPECT_NE(
      mysql_complaints("host: a, tls_fingerprint: abc").find("is no fingerprint; write the 40"),
      std::string::npos);
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

/// The text of a file of the project; tests run somewhere below its folder.
std::string project_file(const std::string& name) {
  for (auto folder = std::filesystem::current_path();; folder = folder.parent_path()) {
    std::ifstream file(folder / name);
    if (file) return (std::stringstream() << file.rdbuf()).str();
    if (folder == folder.root_path()) return "";
  }
}

TEST(ParseConfig, AcceptsTheExampleOfTheManual) {
  const std::string manual = project_file("docs/manual/configuration.md");
  const std::size_t begin = manual.find("```yaml\n");
  ASSERT_NE(begin, std::string::npos);
  const std::size_t text = begin + 8;
  const Config config = parse_config(manual.substr(text, manual.find("```", text) - text), kFile);

  ASSERT_EQ(config.instances.size(), 3U);
  const Instance& shop = config.instance("shop-pg");
  EXPECT_EQ(shop.include, (std::vector<std::string>{"shop", "crm*"}));
  EXPECT_EQ(shop.accept_gaps.size(), 1U);
}

}  // namespace
}  // namespace vya
