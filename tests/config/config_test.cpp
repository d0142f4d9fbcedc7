#include "config/config.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/random.h"
#include "tests/world/error_of.h"

namespace vya {
namespace {

namespace fs = std::filesystem;

/// A folder of its own that is the current one, and no $VYA_CONFIG, for the length of a test.
class InItsFolder : public testing::Test {
 protected:
  InItsFolder() {
    fs::create_directory(folder_);
    fs::current_path(folder_);
    ::unsetenv("VYA_CONFIG");
  }
  ~InItsFolder() override {
    ::unsetenv("VYA_CONFIG");
    fs::current_path(before_);
    fs::remove_all(folder_);
  }

  void write(const std::string& name, const std::string& text, mode_t mode = 0600) {
    std::ofstream(folder_ / name) << text;
    ::chmod((folder_ / name).c_str(), mode);
  }

  const fs::path before_ = fs::current_path();
  const fs::path folder_ = fs::temp_directory_path() / ("vya-config-" + random_hex(8));
};

using FindConfig = InItsFolder;
using ReadConfig = InItsFolder;
using Password = InItsFolder;

TEST_F(FindConfig, PrefersTheOptionToTheVariableToTheCurrentFolder) {
  for (const char* name : {"option.yaml", "variable.yaml", "vya.yaml"}) write(name, "");

  EXPECT_EQ(find_config(std::nullopt), "vya.yaml");
  ::setenv("VYA_CONFIG", "variable.yaml", 1);
  EXPECT_EQ(find_config(std::nullopt), "variable.yaml");
  EXPECT_EQ(find_config("option.yaml"), "option.yaml");
}

TEST_F(FindConfig, NeverLooksElsewhereWhenTheNamedFileIsMissing) {
  write("vya.yaml", "");
  const Error by_option = error_of([] { find_config("gone.yaml"); });
  EXPECT_EQ(by_option.fault(), Fault::kUsage);
  EXPECT_EQ(by_option.message(),
            "cannot read the configuration 'gone.yaml' named by --config: there is no such file");

  ::setenv("VYA_CONFIG", "gone.yaml", 1);
  EXPECT_EQ(
      error_of([] { find_config(std::nullopt); }).message(),
      "cannot read the configuration 'gone.yaml' named by $VYA_CONFIG: there is no such file");
}

TEST_F(FindConfig, SaysWhereItLooked) {
  if (fs::exists("/etc/vya/vya.yaml")) GTEST_SKIP() << "this machine has a configuration";
  const Error error = error_of([] { find_config(std::nullopt); });
  EXPECT_EQ(error.fault(), Fault::kUsage);
  EXPECT_EQ(error.message(),
            "cannot find a configuration: --config and $VYA_CONFIG name none, and there is no "
            "'./vya.yaml' and no "
            "'/etc/vya/vya.yaml'");
}

TEST_F(ReadConfig, TakesRelativePathsFromTheFilesFolder) {
  fs::create_directory("etc");
  write("etc/vya.yaml",
        "repository: ../backups\ninstances: {a: {engine: postgresql, host: a, password: "
        "file:a.pw}}\n");

  const Config config = read_config("etc/vya.yaml");

  EXPECT_EQ(config.repository, (fs::current_path() / "backups").string());
  EXPECT_EQ(config.instance("a").password.name, (fs::current_path() / "etc/a.pw").string());
}

TEST_F(ReadConfig, SaysThatAFileIsMissing) {
  const Error error = error_of([] { read_config("gone.yaml"); });
  EXPECT_EQ(error.fault(), Fault::kUsage);
  EXPECT_EQ(error.message(), "cannot read the configuration 'gone.yaml': there is no such file");
}

TEST_F(ReadConfig, SaysThatAFolderIsNoFile) {
  const Error error = error_of([] { read_config("."); });
  EXPECT_EQ(error.fault(), Fault::kUsage);
  EXPECT_EQ(error.message(), "cannot read '.': is a directory");
}

TEST_F(ReadConfig, SaysThatAFileMayNotBeRead) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  write("vya.yaml", "", 0000);
  const Error error = error_of([] { read_config("vya.yaml"); });
  EXPECT_EQ(error.fault(), Fault::kPermission);
  EXPECT_EQ(error.message(), "cannot open 'vya.yaml': permission denied");
}

TEST(Config, NamesTheNearestInstanceWhenOneIsNotThere) {
  Config config;
  config.file = "vya.yaml";
  config.instances = {Instance{.name = "shop"}, Instance{.name = "crm"}};

  EXPECT_EQ(config.instance("crm").name, "crm");
  try {
    config.instance("shpo");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kNotFound);
    EXPECT_EQ(error.message(), "there is no instance 'shpo' in 'vya.yaml'");
    EXPECT_EQ(error.hint(), "Did you mean 'shop'?");
  }
  try {
    config.instance("payroll");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.hint(), "The instances are: shop, crm.");
  }
}

TEST(Nearest, FindsOneSlipButNotAnotherWord) {
  const std::vector<std::string> words = {"host", "port", "password"};
  EXPECT_EQ(nearest("hots", words), "host");
  EXPECT_EQ(nearest("prt", words), "port");
  EXPECT_EQ(nearest("pasword", words), "password");
  EXPECT_EQ(nearest("passwd", words), "password");
  EXPECT_EQ(nearest("user", words), std::nullopt);
  EXPECT_EQ(nearest("", words), std::nullopt);
  EXPECT_EQ(nearest("x", {}), std::nullopt);
}

TEST_F(Password, IsEmptyWhenNoneIsConfigured) { EXPECT_TRUE(PasswordSource{}.resolve().empty()); }

TEST_F(Password, ComesFromTheEnvironment) {
  const PasswordSource source{PasswordSource::Kind::kEnvironment, "VYA_TEST_PASSWORD"};
  ::setenv("VYA_TEST_PASSWORD", "se cret", 1);
  EXPECT_EQ(source.resolve().reveal(), "se cret");

  ::unsetenv("VYA_TEST_PASSWORD");
  const Error error = error_of([&] { source.resolve(); });
  EXPECT_EQ(error.fault(), Fault::kCredentials);
  EXPECT_EQ(error.message(),
            "cannot get the password: the environment variable 'VYA_TEST_PASSWORD' is not set");
}

TEST_F(Password, IsAFilesTextWithoutItsLastLineEnd) {
  const PasswordSource source{PasswordSource::Kind::kFile, "pw"};
  for (const char* text : {"se cret ", "se cret \n", "se cret \r\n"}) {
    write("pw", text);
    EXPECT_EQ(source.resolve().reveal(), "se cret ");
  }
  write("pw", "a\n\n");
  EXPECT_EQ(source.resolve().reveal(), "a\n");
}

TEST_F(Password, IsRefusedFromAFileThatOthersMayRead) {
  for (const mode_t mode : {0640, 0604}) {
    write("pw", "secret\n", mode);
    const Error error =
        error_of([] { PasswordSource{PasswordSource::Kind::kFile, "pw"}.resolve(); });
    EXPECT_EQ(error.fault(), Fault::kCredentials);
    EXPECT_EQ(error.message(),
              "cannot use the password from 'pw': others than its owner may read the file");
  }
}

TEST_F(Password, IsMissedWhenItsFileIsNotThereOrEmpty) {
  const PasswordSource source{PasswordSource::Kind::kFile, "pw"};
  Error error = error_of([&] { source.resolve(); });
  EXPECT_EQ(error.fault(), Fault::kCredentials);
  EXPECT_EQ(error.message(), "cannot get the password from 'pw': no such file or directory");

  write("pw", "\n");
  error = error_of([&] { source.resolve(); });
  EXPECT_EQ(error.fault(), Fault::kCredentials);
  EXPECT_EQ(error.message(), "cannot get the password: the file 'pw' is empty");
}

}  // namespace
}  // namespace vya
