// A foreign key whose rows do not hold it: made possible on the source by disabled triggers or
// session_replication_role.
#pragma once

#include <optional>
#include <string>

namespace vya::pg {

struct UncheckedForeignKey {
  std::string name;      ///< `"public"."orders"."orders_customer_fkey"`
  std::string add;       ///< adds it without looking at the rows that are there
  std::string validate;  ///< looks at them later
};

/// A foreign key's definition (`ALTER TABLE ... ADD CONSTRAINT ... FOREIGN KEY ...;`) taken apart.
/// Nothing when it is written in another way. Pure.
std::optional<UncheckedForeignKey> without_check(const std::string& definition);

}  // namespace vya::pg
