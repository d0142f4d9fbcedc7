// A database's properties as initdb's own have them, for tests that need some.
#pragma once

#include <string>

#include "engine/postgresql/globals.h"

namespace vya::pg {

inline DatabaseProperties properties(const std::string& name, int number) {
  return {.number = number,
          .name = name,
          .owner = "postgres",
          .encoding = "UTF8",
          .locale_provider = "libc",
          .collate = "C.UTF-8",
          .ctype = "C.UTF-8",
          .tablespace = "pg_default"};
}

}  // namespace vya::pg
