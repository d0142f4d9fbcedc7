// What libpq gives, as values: handles that free themselves, results, the texts of its errors.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace vya::pg {

struct PqFree {
  void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
  void operator()(PGresult* result) const noexcept { PQclear(result); }
  void operator()(PGcancel* cancel) const noexcept { PQfreeCancel(cancel); }
};

/// A field of an error or notice, like PG_DIAG_SQLSTATE; empty when there is none, also without a
/// result.
std::string field(const PGresult* result, int code);

/// libpq's messages end with a line feed and may have several, indented lines; ours have one.
std::string on_one_line(const std::string& text);

/// Whether a statement went well.
bool is_fine(const PGresult* result);

/// The rows that a statement gave. Texts are valid while the result lives.
class Result {
 public:
  explicit Result(std::unique_ptr<PGresult, PqFree> result) : result_(std::move(result)) {}

  int rows() const { return PQntuples(result_.get()); }
  bool is_null(int row, int column) const { return PQgetisnull(result_.get(), row, column) != 0; }
  /// A field's text; empty for null.
  std::string text(int row, int column) const;
  std::optional<std::string> optional_text(int row, int column) const;
  /// A field that is `t` or `f`.
  bool flag(int row, int column) const;
  /// A field that is a whole number. Throws Error(kInternal) when it is none.
  std::int64_t number(int row, int column) const;
  /// How many rows a statement touched.
  std::uint64_t touched() const;

 private:
  std::unique_ptr<PGresult, PqFree> result_;
};

}  // namespace vya::pg
