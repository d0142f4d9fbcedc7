// What a restore did: counts and gaps, added by several threads.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace vya::mysql {

class Outcome {
 public:
  /// `what`: in the plural, `tables`.
  void add(const std::string& what, std::uint64_t number = 1);
  void add(Gap gap);
  /// A database that was made.
  void add_database(const std::string& name);
  /// A table or a sequence that was made by itself, as a DROP names it: ``TABLE `shop`.`orders` ``.
  void add_table(const std::string& table);

  std::uint64_t number(const std::string& what) const;
  /// All that is not zero, in the order in which people expect to read it.
  Totals totals() const;
  std::vector<Gap> gaps() const;
  std::vector<std::string> databases() const;
  std::vector<std::string> tables() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::uint64_t> counts_;
  std::vector<Gap> gaps_;
  std::vector<std::string> databases_;
  std::vector<std::string> tables_;
};

/// `3 tables, 1 view`; `nothing to do` stands for nothing.
std::string in_words(const Totals& counts);

}  // namespace vya::mysql
