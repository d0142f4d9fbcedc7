// The server's own settings and access rules, kept for reference: shown at a restore, never
// applied.
#pragma once

#include "stream/sink.h"

namespace vya::pg {

class Connection;

/// Writes, as JSON lines, the settings that differ from the built-in defaults and those of the
/// configuration files, and the rules of pg_hba.conf and pg_ident.conf (docs/format/postgresql.md).
/// Passwords in them are replaced by
/// `(not kept)`. The connection must be one without session settings of ours, which would hide the
/// server's.
void write_server_settings(Connection& connection, Sink& to);

}  // namespace vya::pg
