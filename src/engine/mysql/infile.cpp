#include "engine/mysql/infile.h"

#include <algorithm>
#include <string_view>

namespace vya::mysql {

namespace {

constexpr unsigned kFileNotFound = 2;  // as the library has it of a file: errno's ENOENT
constexpr std::string_view kRefusal = "the server asked for a file of this machine and got none";

}  // namespace

void Infile::give(MYSQL* connection, Infile* infile) {
  mysql_set_local_infile_handler(connection, &Infile::begin, &Infile::read, &Infile::end,
                                 &Infile::error, infile);
}

int Infile::begin(void** info, const char* name, void* infile) noexcept {
  auto* ours = static_cast<Infile*>(infile);
  const bool asked_for_ours = ours != nullptr && name != nullptr && ours->name_ == name;
  *info = asked_for_ours ? ours : nullptr;
  return asked_for_ours ? 0 : 1;
}

int Infile::read(void* info, char* buffer, unsigned size) noexcept {
  auto* ours = static_cast<Infile*>(info);
  if (ours == nullptr) return -1;
  try {
    const std::size_t got = ours->read_({buffer, size});
    ours->ended_ = got == 0;
    return static_cast<int>(got);
  } catch (...) {
    ours->ended_ = true;
    ours->failed_ = std::current_exception();
    return -1;
  }
}

void Infile::end(void*) noexcept {}

int Infile::error(void*, char* message, unsigned size) noexcept {
  if (size == 0) return kFileNotFound;
  const std::size_t length = std::min<std::size_t>(kRefusal.size(), size - 1);
  std::ranges::copy_n(kRefusal.data(), static_cast<std::ptrdiff_t>(length), message);
  message[length] = '\0';
  return kFileNotFound;
}

}  // namespace vya::mysql
