// What libmariadb gives, as values: handles that free themselves, and rows.
#pragma once

#include <mysql.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vya::mysql {

struct MysqlFree {
  void operator()(MYSQL* connection) const noexcept {
    // mysql_close() does not free it; nor does a login that failed, but with
    // CLIENT_REMEMBER_OPTIONS it leaves it to us.
    mysql_options(connection, MYSQL_SERVER_PUBLIC_KEY, nullptr);
    mysql_close(connection);
  }
  void operator()(MYSQL_RES* result) const noexcept { mysql_free_result(result); }
};

/// A row as the library holds it: valid until the next one is read.
class RowView {
 public:
  RowView(MYSQL_ROW fields, const unsigned long* lengths, unsigned count)
      : fields_(fields), lengths_(lengths), count_(count) {}

  unsigned size() const { return count_; }
  bool is_null(unsigned column) const { return fields_[column] == nullptr; }
  /// A field's bytes; empty for null.
  std::string_view bytes(unsigned column) const {
    return is_null(column) ? std::string_view()
                           : std::string_view(fields_[column], lengths_[column]);
  }
  std::string text(unsigned column) const { return std::string(bytes(column)); }
  std::optional<std::string> optional_text(unsigned column) const;
  /// A field that is a whole number. Throws Error(kInternal) when it is none.
  std::uint64_t number(unsigned column) const;

 private:
  MYSQL_ROW fields_;
  const unsigned long* lengths_;
  unsigned count_;
};

/// A row that is kept: nothing for null.
using KeptRow = std::vector<std::optional<std::string>>;

}  // namespace vya::mysql
