// Where a password comes from, and fetching it from there at the moment it is needed.
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>

#include "base/file.h"
#include "config/config.h"

namespace vya {

namespace {

Secret from_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr || *value == '\0') {
    throw Error(Fault::kCredentials,
                "cannot get the password: the environment variable '" + name + "' is not set",
                "Set the variable for this program, or name a file with 'password: file:PATH'.");
  }
  return Secret(value);
}

void refuse_others_to_read(const std::string& path) {
  struct stat info = {};
  if (::stat(path.c_str(), &info) != 0) {
    throw Error(
        Fault::kCredentials,
        system_error(Fault::kCredentials, "cannot get the password from '" + path + "'", errno)
            .message(),
        "Check the path after 'file:' in the configuration; a relative one starts at its folder.");
  }
  if ((info.st_mode & (S_IRGRP | S_IROTH)) != 0) {
    throw Error(
        Fault::kCredentials,
        "cannot use the password from '" + path + "': others than its owner may read the file",
        "Run 'chmod 600 " + path + "', and change the password if somebody may have seen it.");
  }
}

Secret from_file(const std::string& path) {
  refuse_others_to_read(path);
  std::optional<std::string> text;
  try {
    text = read_file(path);
  } catch (const Error& e) {
    throw Error(Fault::kCredentials, "cannot get the password: " + e.message());
  }
  Secret whole(text ? std::move(*text) : std::string());
  std::string_view line = whole.reveal();
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.empty()) {
    throw Error(Fault::kCredentials, "cannot get the password: the file '" + path + "' is empty",
                "Write the password into the file.");
  }
  return Secret(std::string(line));
}

}  // namespace

Secret PasswordSource::resolve() const {
  switch (kind) {
    case Kind::kNone:
      return {};
    case Kind::kEnvironment:
      return from_environment(name);
    case Kind::kFile:
      return from_file(name);
  }
  return {};
}

}  // namespace vya
