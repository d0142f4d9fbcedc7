// Runs a server for as long as its owner lives, and takes everything away afterwards.
//
// Whoever owns a throwaway server may be killed at any moment, and then cannot clean up. So the
// server is the child of a process of its own, the keeper, that waits for the end of a pipe from
// the owner: it comes with the owner's end, whatever that was. Then the keeper ends the server and
// removes its folder. It is a fork that only makes system calls.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "scratch/folder.h"
#include "scratch/server_user.h"

namespace vya {

/// A program with its arguments; never a secret.
struct ServerCommand {
  std::vector<std::string> line;
  std::filesystem::path input;  ///< what it reads from its standard input; empty: nothing
};

struct KeeperTask {
  SystemUser user;
  std::vector<ServerCommand> before;  ///< run one after another; each must succeed
  ServerCommand server;
  int stop_signal = 0;  ///< ends the server at once; nothing of it is needed any more
};

class Keeper {
 public:
  /// Starts the commands in the folder, which goes with the server. Throws Error(kInternal).
  Keeper(const KeeperTask& task, ScratchFolder& folder);
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;
  /// Ends the server and waits until it and its folder are gone.
  ~Keeper();

  /// How the server, or a command before it, ended and what it said at its end; nothing while it
  /// works.
  std::optional<std::string> ended();

  /// The process that keeps the server, for tests.
  pid_t pid() const { return pid_; }

 private:
  std::filesystem::path log_;
  Fd life_;  ///< closed: the keeper ends
  Fd news_;  ///< readable: the server has ended
  pid_t pid_ = -1;
  std::optional<int> status_;  ///< as wait() gives it, when the news came
};

}  // namespace vya
