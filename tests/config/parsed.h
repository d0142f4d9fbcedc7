// What tests of reading the configuration share.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "config/config.h"

namespace vya {

inline constexpr const char* kFile = "/etc/vya/vya.yaml";

/// All that is said of a configuration that is refused, without the file's name.
inline std::string complaints(const std::string& text, Fault fault = Fault::kUsage) {
  try {
    parse_config(text, "v");
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), fault);
    return error.message();
  }
  return "(none)";
}

/// A configuration whose one instance has `lines`, from line 6 on.
inline std::string with(const std::string& lines) {
  return "repository: /backups\n"
         "instances:\n"
         "  shop:\n"
         "    engine: postgresql\n"
         "    host: db1\n"
         "    " +
         lines + "\n";
}

inline Instance parsed(const std::string& lines) {
  return parse_config(with(lines), kFile).instance("shop");
}

}  // namespace vya
