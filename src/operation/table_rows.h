// The rows of one table of a backup: for looking into it, and for the one row that somebody lost.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "operation/contents.h"
#include "operation/table_path.h"

namespace vya {

using RowFields = std::vector<std::optional<std::string>>;

/// A table's rows as they are stored. A partitioned table's are those of all its partitions.
class TableRows {
 public:
  /// Finds the table; the backup must outlive this. Throws Error(kNotFound), naming the nearest,
  /// when the backup has no such database or table, and Error(kRefused) when the table's partitions
  /// have their columns in different orders, so that their rows do not go together.
  TableRows(const Backup& backup, const TablePath& path);
  TableRows(const TableRows&) = delete;  // it points into itself
  TableRows& operator=(const TableRows&) = delete;

  /// In the order of the rows' fields.
  const std::vector<std::string>& columns() const { return tables_.front()->columns; }
  /// Of the rows' text, in the server's own words (`UTF8`).
  const std::string& encoding() const { return database_->encoding; }
  /// How many there are, and what they say.
  Fingerprint fingerprint() const;

  /// The fields of a row, given without its line end: nothing for null, else the field's bytes.
  RowFields fields(std::string_view row) const;

  /// Writes the rows (PostgreSQL: COPY text) and does not finish the sink. Each segment is compared
  /// with its fingerprint once it is written: Error(kCheckFailed) when it is another.
  void write(Sink& to) const;

 private:
  std::vector<const StoredSegment*> segments() const;

  RepositoryContents contents_;
  const Database* database_ = nullptr;
  std::vector<const Table*> tables_;  ///< one, or the partitions
};

}  // namespace vya
