#include "tests/world/postgres_data.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <functional>
#include <sstream>

namespace vya::world {

namespace {

constexpr const char* kServerUser = "postgres";
constexpr int kNewestMajor = 18;

void run_or_throw(const Start& command) {
  const Ended ended = run(command);
  if (ended.status != 0) {
    throw Error(Fault::kInternal, "'" + command.program + "' failed: " + ended.errors);
  }
}

std::string version_of(const std::filesystem::path& bin) {
  Start command;
  command.program = bin / "postgres";
  command.arguments = {"--version"};
  return run(command).output;
}

void make_data(const DataRecipe& recipe, const std::filesystem::path& target) {
  std::vector<std::string> line = {
      recipe.bin / "initdb", "-D",       target,          "-U",
      recipe.superuser,      "-E",       recipe.encoding, "--locale=" + recipe.locale,
      "--auth=trust",        "--no-sync"};
  line.insert(line.end(), recipe.arguments.begin(), recipe.arguments.end());
  Start command = as_server_user(line);
  command.folder = "/";
  run_or_throw(command);
}

/// Who the server runs as: `postgres` when we are root, else we ourselves.
uid_t server_uid() {
  if (::getuid() != 0) return ::getuid();
  const passwd* user = ::getpwnam(kServerUser);
  if (user == nullptr) throw Error(Fault::kNotFound, "there is no user 'postgres'");
  return user->pw_uid;
}

std::filesystem::path place_of(const DataRecipe& recipe) {
  std::string all = version_of(recipe.bin) + "\n" + recipe.bin.string() + "\n" + recipe.superuser +
                    "\n" + recipe.encoding + "\n" + recipe.locale;
  for (const std::string& argument : recipe.arguments) all += "\n" + argument;
  std::ostringstream name;
  name << std::hex << std::hash<std::string>()(all);
  return server_user_cache() / name.str();
}

/// Makes the copy that later servers start from. Tests that do so at the same time do not meet: the
/// first rename wins.
void fill_cache(const DataRecipe& recipe, const std::filesystem::path& place) {
  const std::filesystem::path draft = place.string() + "." + std::to_string(::getpid());
  make_data(recipe, draft);
  if (::rename(draft.c_str(), place.c_str()) != 0) std::filesystem::remove_all(draft);
}

}  // namespace

std::optional<std::filesystem::path> newest_postgres_bin(int major) {
  const char* named = std::getenv("VYA_POSTGRES");
  std::istringstream roots(std::string(named != nullptr ? named : "") + ":/");
  std::optional<std::filesystem::path> found;
  std::string found_version;
  for (std::string root; std::getline(roots, root, ':');) {
    if (root.empty()) continue;
    const auto bin =
        std::filesystem::path(root) / "usr/lib/postgresql" / std::to_string(major) / "bin";
    if (!std::filesystem::exists(bin / "initdb")) continue;
    const std::string version = version_of(bin);
    if (!found || version > found_version) {
      found = bin;
      found_version = version;
    }
  }
  return found;
}

std::filesystem::path client_program(const std::string& name, int least_major) {
  for (int major = least_major; major <= kNewestMajor; ++major) {
    const auto bin = newest_postgres_bin(major);
    if (bin && std::filesystem::exists(*bin / name)) return *bin / name;
  }
  throw Error(Fault::kNotFound, "there is no " + name + " of PostgreSQL " +
                                    std::to_string(least_major) + " or later");
}

void copy_or_make_data(const DataRecipe& recipe, Data data, const std::filesystem::path& target) {
  if (data == Data::kFresh) return make_data(recipe, target);
  const std::filesystem::path place = place_of(recipe);
  if (!std::filesystem::exists(place)) fill_cache(recipe, place);
  Start copy;
  copy.program = "cp";
  copy.arguments = {"-a", "--reflink=auto", place, target};
  run_or_throw(copy);
}

std::filesystem::path server_user_cache() {
  // /tmp is everybody's: a folder that somebody else made is refused.
  const std::filesystem::path path = "/tmp/vya-test-initdb-" + std::to_string(server_uid());
  if (::mkdir(path.c_str(), 0700) == 0) give_to_server_user(path);
  struct stat facts{};
  if (::lstat(path.c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode) ||
      facts.st_uid != server_uid()) {
    throw Error(Fault::kInternal, "'" + path.string() + "' is not ours", "Remove it.");
  }
  return path;
}

Start as_server_user(std::vector<std::string> command_line) {
  Start command;
  command.program = "setpriv";
  command.arguments = {"--pdeathsig", "QUIT"};
  if (::getuid() == 0) {
    const std::string user = kServerUser;
    command.arguments.insert(command.arguments.end(),
                             {"--reuid", user, "--regid", user, "--init-groups"});
  }
  command.arguments.emplace_back("--");
  command.arguments.insert(command.arguments.end(), command_line.begin(), command_line.end());
  return command;
}

void give_to_server_user(const std::filesystem::path& path) {
  if (::getuid() != 0) return;
  if (::chown(path.c_str(), server_uid(), static_cast<gid_t>(-1)) != 0) {
    throw system_error(Fault::kInternal, "cannot give away '" + path.string() + "'", errno);
  }
}

}  // namespace vya::world
