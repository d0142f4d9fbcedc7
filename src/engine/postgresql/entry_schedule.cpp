#include "engine/postgresql/entry_schedule.h"

#include <algorithm>
#include <string_view>

namespace vya::pg {

namespace {

bool is_relation(const Entry& entry) {
  return entry.kind == "TABLE" || entry.kind == "FOREIGN TABLE" ||
         entry.kind == "MATERIALIZED VIEW" || entry.kind == "VIEW";
}

/// An index build can turn into more: what follows CREATE INDEX in its definition (CLUSTER ON,
/// REPLICA IDENTITY) wants a stronger lock in the same transaction, and two such builds would wait
/// for each other.
bool is_plain_index(const Entry& entry) {
  return entry.kind == "INDEX" && entry.definition.find("ALTER TABLE") == std::string::npos;
}

/// Collects the tables that an entry works on: named by itself, or by an entry of the list that it
/// depends on (a comment on an index, an index that is attached to another).
class LockFinder {
 public:
  LockFinder(const std::vector<Entry>& entries, const TableMap& tables)
      : entries_(entries), tables_(tables) {
    for (std::size_t i = 0; i < entries.size(); ++i) places_[entries[i].id] = i;
  }

  Locks locks_of(const Entry& entry) const {
    std::set<int> tables = tables_of(entry);
    std::set<int> roots;
    for (const int table : tables) roots.merge(tables_.with_ancestors(table));
    if (is_plain_index(entry)) return {.shared = std::move(roots)};
    // Adding a key to a partition locks that partition alone, and keys take the longest.
    if (entry.kind != "CONSTRAINT" && entry.kind != "INDEX") return {.alone = std::move(roots)};
    for (const int table : tables) roots.erase(table);
    return {.alone = std::move(tables), .shared = std::move(roots)};
  }

 private:
  std::set<int> tables_of(const Entry& entry) const {
    std::set<int> tables;
    std::set<int> seen;
    std::vector<const Entry*> waiting = {&entry};
    while (!waiting.empty()) {
      const Entry& next = *waiting.back();
      waiting.pop_back();
      if (tables_.is_table(next.id)) tables.insert(next.id);
      for (const int id : next.dependencies) {
        if (tables_.is_table(id)) tables.insert(id);
        const auto place = places_.find(id);
        if (place != places_.end() && seen.insert(id).second)
          waiting.push_back(&entries_[place->second]);
      }
    }
    return tables;
  }

  const std::vector<Entry>& entries_;
  const TableMap& tables_;
  std::map<int, std::size_t> places_;
};

}  // namespace

void TableMap::add(const Entry& entry) {
  if (is_relation(entry)) {
    parents_.try_emplace(entry.id);
    ids_[{entry.schema, entry.name}] = entry.id;
  }
  // An attachment is named after the partition and depends on it and its parent; a table depends on
  // those it inherits from.
  const auto child = ids_.find({entry.schema, entry.name});
  if ((entry.kind != "TABLE" && entry.kind != "TABLE ATTACH") || child == ids_.end()) return;
  for (const int id : entry.dependencies) {
    if (is_table(id) && id != child->second) parents_[child->second].insert(id);
  }
}

std::set<int> TableMap::with_ancestors(int id) const {
  std::set<int> all;
  std::vector<int> waiting = {id};
  while (!waiting.empty()) {
    const int next = waiting.back();
    waiting.pop_back();
    const auto found = parents_.find(next);
    if (found == parents_.end() || !all.insert(next).second) continue;
    waiting.insert(waiting.end(), found->second.begin(), found->second.end());
  }
  return all;
}

EntrySchedule::EntrySchedule(const std::vector<Entry>& entries, const TableMap& tables)
    : works_(entries.size()) {
  std::map<int, std::size_t> places;
  for (std::size_t i = 0; i < entries.size(); ++i) places[entries[i].id] = i;
  const LockFinder finder(entries, tables);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    works_[i].locks = finder.locks_of(entries[i]);
    for (const int id : entries[i].dependencies) {
      const auto place = places.find(id);
      // Entries stand in an order in which they can be run, so nothing waits for what comes later.
      if (place == places.end() || place->second >= i) continue;
      works_[place->second].follows.push_back(i);
      ++works_[i].waits_for;
    }
    if (works_[i].waits_for == 0) ready_.insert(i);
  }
}

bool EntrySchedule::is_free(const Locks& locks) const {
  const auto is_held_alone = [&](int table) { return held_alone_.contains(table); };
  const auto is_held = [&](int table) {
    return is_held_alone(table) || held_shared_.contains(table);
  };
  return std::ranges::none_of(locks.alone, is_held) &&
         std::ranges::none_of(locks.shared, is_held_alone);
}

std::optional<std::size_t> EntrySchedule::begin() {
  const auto found =
      std::ranges::find_if(ready_, [&](std::size_t i) { return is_free(works_[i].locks); });
  if (found == ready_.end()) return std::nullopt;
  const std::size_t entry = *found;
  ready_.erase(found);
  held_alone_.insert(works_[entry].locks.alone.begin(), works_[entry].locks.alone.end());
  for (const int table : works_[entry].locks.shared) ++held_shared_[table];
  return entry;
}

void EntrySchedule::end(std::size_t entry) {
  const Work& work = works_[entry];
  for (const int table : work.locks.alone) held_alone_.erase(table);
  for (const int table : work.locks.shared) {
    const auto held = held_shared_.find(table);
    if (--held->second == 0) held_shared_.erase(held);
  }
  for (const std::size_t next : work.follows) {
    if (--works_[next].waits_for == 0) ready_.insert(next);
  }
  ++ended_;
}

}  // namespace vya::pg
