// The settings of every session of ours. The same set on both sides of every comparison: a row's
// text, and so its fingerprint, depends on it.
#include "engine/postgresql/connection.h"

namespace vya::pg {

const std::vector<SessionSetting>& session_settings() {
  static const std::vector<SessionSetting> kSettings = {
      // How values are written.
      {"search_path", ""},
      {"DateStyle", "ISO,MDY"},
      {"IntervalStyle", "postgres"},
      {"TimeZone", "UTC"},
      {"extra_float_digits", "3"},
      {"bytea_output", "hex"},
      {"xmloption", "content"},
      {"lc_monetary", "C"},
      {"quote_all_identifiers", "on"},
      {"standard_conforming_strings", "on"},
      // What a database's or role's own settings must not change.
      {"role", "none"},
      {"default_transaction_read_only", "off"},
      {"event_triggers", "off"},
      {"row_security", "off"},  // fails loudly instead of giving a filtered subset
      {"restrict_nonsystem_relation_kind", "view,foreign-table"},  // CVE-2024-7348
      {"statement_timeout", "0"},
      {"idle_in_transaction_session_timeout", "0"},
      {"transaction_timeout", "0"},
      {"idle_session_timeout", "0"},
      // How tables are read.
      {"synchronize_seqscans", "off"},
      {"enable_tidscan", "on"},
      {"max_parallel_workers_per_gather", "0"},
      {"jit", "off"},
  };
  return kSettings;
}

}  // namespace vya::pg
