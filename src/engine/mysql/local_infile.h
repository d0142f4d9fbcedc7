// The server's switch for LOAD DATA LOCAL, turned on for the time of a restore where it is off.
#pragma once

#include <memory>

#include "engine/engine.h"
#include "engine/mysql/server.h"

namespace vya::mysql {

/// Off again when it goes, as well as that can be done; put_back() says when it cannot.
class LocalInfile {
 public:
  explicit LocalInfile(Watcher& watcher) : watcher_(watcher) {}
  LocalInfile(const LocalInfile&) = delete;
  LocalInfile& operator=(const LocalInfile&) = delete;
  ~LocalInfile();

  /// Turns it on where it is off and the user may; else rows have to be inserted.
  void turn_on(const Server& server);

  /// Throws SqlError.
  void put_back();

 private:
  Watcher& watcher_;
  /// That turned it on. It is kept, because after an interrupt none can be opened.
  std::unique_ptr<Connection> connection_;
};

}  // namespace vya::mysql
