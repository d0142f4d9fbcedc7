// What the databases of a group hold: tables, their segments, documents.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "engine/postgresql/leader.h"
#include "engine/postgresql/readable.h"
#include "stream/contents.h"

namespace vya::pg {

/// Whether a relation is among those that the backup leaves out.
bool is_left_out(const std::vector<Undumpable>& left_out, const TableName& name);

class GroupContents {
 public:
  const std::vector<Table>& tables() const { return tables_; }
  const std::vector<Segment>& segments() const { return segments_; }
  const std::vector<Document>& documents() const { return documents_; }

  const Table& table_of(const Segment& segment) const {
    return tables_[index_.at({segment.database, segment.table}).table];
  }

  /// Whether a segment's table has others.
  bool is_one_of_several(const Segment& segment) const {
    return index_.at({segment.database, segment.table}).segments > 1;
  }

  /// Adds what a leader's snapshot has. Throws StartOver as Leader::look_around() does.
  void add(Leader& leader, const std::vector<Undumpable>& left_out, int server_version);

  /// Puts the segments into the order in which they are best dumped; after all were added.
  void order();

 private:
  struct Place {
    std::size_t table = 0;  ///< in tables_
    int segments = 0;
  };

  void add_relations(Leader& leader, const std::vector<Undumpable>& left_out, int server_version);
  void add_large_objects(Leader& leader);

  std::vector<Table> tables_;
  std::vector<Segment> segments_;
  std::vector<Document> documents_;
  std::map<std::pair<int, int>, Place> index_;  ///< by database and table
};

}  // namespace vya::pg
