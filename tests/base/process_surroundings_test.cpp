// What a child program gets of ours, and what it does not: variables, secrets, descriptors.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <sstream>
#include <thread>

#include "base/process.h"

namespace vya {
namespace {

/// A variable of ours for the length of a test.
class OurVariable {
 public:
  OurVariable(std::string name, const std::string& value) : name_(std::move(name)) {
    if (const char* held = ::getenv(name_.c_str())) before_ = held;
    ::setenv(name_.c_str(), value.c_str(), 1);
  }
  OurVariable(const OurVariable&) = delete;
  OurVariable& operator=(const OurVariable&) = delete;
  ~OurVariable() {
    if (before_) {
      ::setenv(name_.c_str(), before_->c_str(), 1);
    } else {
      ::unsetenv(name_.c_str());
    }
  }

 private:
  std::string name_;
  std::optional<std::string> before_;
};

/// The environment of a child, a line each.
std::vector<std::string> environment(Command command) {
  command.program = "/usr/bin/env";
  std::istringstream text(run_for_output(command));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

/// How many times the child has the variable.
std::ptrdiff_t times(const std::vector<std::string>& environment, const std::string& name) {
  return std::ranges::count_if(environment,
                               [&](const auto& line) { return line.starts_with(name + "="); });
}

bool has(const std::vector<std::string>& environment, const std::string& line) {
  return std::ranges::count(environment, line) == 1;
}

TEST(ChildEnvironment, HasTheSearchPathTheLocaleAndTheLibrariesVariables) {
  const std::vector<std::string> names = {
      "PATH",   "LANG",       "LC_COLLATE",   "PGSSLMODE",     "TZ",   "PGHOST",  "LD_VYA", "HOME",
      "TMPDIR", "KRB5CCNAME", "OPENSSL_CONF", "SSL_CERT_FILE", "USER", "LOGNAME", "TERM"};
  std::vector<std::unique_ptr<OurVariable>> ours;
  for (const std::string& name : names)
    ours.push_back(std::make_unique<OurVariable>(name, "/value of " + name));

  const auto got = environment({});

  for (const std::string& name : names) EXPECT_TRUE(has(got, name + "=/value of " + name)) << name;
}

TEST(ChildEnvironment, HasNoPasswordOfOurs) {
  const OurVariable libpq("PGPASSWORD", "one");
  const OurVariable named("SHOP_PG_PASSWORD", "two");
  const OurVariable similar("PATHS", "three");
  const OurVariable also_similar("MY_PG", "four");

  const auto got = environment({});

  for (const char* name : {"PGPASSWORD", "SHOP_PG_PASSWORD", "PATHS", "MY_PG"})
    EXPECT_EQ(times(got, name), 0) << name;
}

TEST(ChildEnvironment, HasWhatItIsGivenInsteadOfOurs) {
  const OurVariable ours("PGHOST", "ours");
  const OurVariable longer("PGHOSTADDR", "stays");

  const auto got =
      environment({.environment = {{"PGHOST", "given"}, {"VYA_ODD", "a=b 'c' \xff"}, {"E", ""}}});

  EXPECT_EQ(times(got, "PGHOST"), 1);
  EXPECT_TRUE(has(got, "PGHOST=given"));
  EXPECT_TRUE(has(got, "PGHOSTADDR=stays"));
  EXPECT_TRUE(has(got, "VYA_ODD=a=b 'c' \xff"));
  EXPECT_TRUE(has(got, "E="));
}

constexpr const char* kPassword = "*:*:*:*:hunter2\n";

Command with_secret(std::string script) {
  return {.program = "/bin/sh",
          .arguments = {"-c", std::move(script)},
          .secret_file = Secret(kPassword),
          .secret_file_variable = "PGPASSFILE"};
}

TEST(SecretFile, IsReadByTheChildThroughItsVariable) {
  EXPECT_EQ(run_for_output(with_secret("cat \"$PGPASSFILE\"")), kPassword);
  EXPECT_EQ(run_for_output(with_secret("cat \"$PGPASSFILE\" \"$PGPASSFILE\"")),
            std::string(kPassword) + kPassword);
}

TEST(SecretFile, IsPrivateAndHasNoNameInAnyFolder) {
  EXPECT_EQ(run_for_output(with_secret("stat -L -c '%a %h' \"$PGPASSFILE\"")), "600 0\n");
}

TEST(SecretFile, IsNamedAsADescriptorOnceAndInsteadOfOurs) {
  const OurVariable ours("PGPASSFILE", "/root/.pgpass");

  const auto got =
      environment({.secret_file = Secret(kPassword), .secret_file_variable = "PGPASSFILE"});

  ASSERT_EQ(times(got, "PGPASSFILE"), 1);
  const auto line = *std::ranges::find_if(got, [](const auto& l) { return l.starts_with("PGP"); });
  EXPECT_EQ(line.find("PGPASSFILE=/proc/self/fd/"), 0u) << line;
  for (const std::string& each : got) EXPECT_EQ(each.find("hunter2"), std::string::npos) << each;
}

TEST(SecretFile, IsInNoArgument) {
  const std::string arguments = run_for_output(with_secret("cat /proc/$$/cmdline"));

  EXPECT_NE(arguments.find("cmdline"), std::string::npos);
  EXPECT_EQ(arguments.find("hunter2"), std::string::npos);
}

/// Each descriptor of a child and what it leads to, up to the first colon: a pipe's number changes.
std::map<std::string, std::string> descriptors(Command command) {
  command.program = "/bin/sh";
  command.arguments = {"-c", "for f in /proc/$$/fd/*; do echo \"${f##*/} $(readlink $f)\"; done"};
  std::istringstream text(run_for_output(command));
  std::map<std::string, std::string> all;
  for (std::string number, target; text >> number && std::getline(text, target);)
    all[number] = target.substr(1, target.find(':'));
  return all;
}

TEST(ChildSignals, AreAsProgramsExpectThem) {
  const auto before = ::signal(SIGPIPE, SIG_IGN);
  const std::string ignored = run_for_output({.program = "/bin/grep",
                                              .arguments = {"SigIgn", "/proc/self/status"},
                                              .environment = {},
                                              .secret_file = {},
                                              .secret_file_variable = {}});
  ::signal(SIGPIPE, before);
  const std::uint64_t mask = std::stoull(ignored.substr(ignored.find('\t')), nullptr, 16);
  EXPECT_EQ(mask >> (SIGPIPE - 1) & 1, 0U) << ignored;
}

TEST(ChildDescriptors, AreItsThreeStandardOnes) {
  const auto got = descriptors({});

  EXPECT_EQ(got.at("0"), "/dev/null");
  EXPECT_EQ(got.at("1"), "pipe:");
  EXPECT_EQ(got.at("2"), "pipe:");
}

TEST(ChildDescriptors, AreNoneOfOtherChildrenNorOurFiles) {
  const auto before = descriptors({});
  const Process other({.program = "/bin/sleep", .arguments = {"100"}});
  const Process another(with_secret("exec sleep 100"));
  const Fd file(::open("/dev/zero", O_RDONLY | O_CLOEXEC));

  EXPECT_EQ(descriptors({}), before);
}

TEST(ChildDescriptors, AreNoneOfAChildThatIsStartedAtTheSameTime) {
  std::atomic<bool> done = false;
  const std::jthread starter([&] {
    while (!done) run_for_output(with_secret("exit 0"));
  });
  for (int i = 0; i < 50; ++i) {
    for (const auto& [number, target] : descriptors({}))
      EXPECT_EQ(target.find("memfd"), std::string::npos) << number << " " << target;
  }
  done = true;
}

TEST(ChildDescriptors, AreOneMoreWithASecretFile) {
  const auto without = descriptors({});
  const auto with =
      descriptors({.secret_file = Secret(kPassword), .secret_file_variable = "PGPASSFILE"});

  EXPECT_EQ(with.size(), without.size() + 1);
}

}  // namespace
}  // namespace vya
