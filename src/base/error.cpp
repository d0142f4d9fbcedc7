#include "base/error.h"

#include <cctype>
#include <cerrno>
#include <system_error>

namespace vya {

namespace {

Fault fault_of(Fault wanted, int code) {
  if (wanted == Fault::kStorage) return wanted;
  if (code == ENOENT) return Fault::kNotFound;
  if (code == EACCES || code == EPERM) return Fault::kPermission;
  return wanted;
}

std::string reason(int code) {
  std::string text = std::generic_category().message(code);
  if (!text.empty()) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

}  // namespace

Error system_error(Fault fault, const std::string& message, int code, std::string hint) {
  return Error(fault_of(fault, code), message + ": " + reason(code), std::move(hint));
}

}  // namespace vya
