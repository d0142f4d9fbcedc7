// Reads the table of contents of a pg_dump archive (custom format, `-Fc`) as it comes through a
// pipe.
//
// The format is pg_dump's own and not promised: versions 1.14 (PostgreSQL 12 to 15), 1.15 (16)
// and 1.16 (17, 18) are known (src/bin/pg_dump/pg_backup_archiver.c, ReadHead and ReadToc); others
// are refused by name.
#pragma once

#include <functional>

#include "engine/postgresql/entry.h"
#include "stream/sink.h"

namespace vya::pg {

/// Calls `visit` for each entry in the archive's order, which is one in which they can be run;
/// those that only set up the session (ENCODING, STDSTRINGS, SEARCHPATH) are left out. Looks at
/// nothing after the table of contents, but may have taken up to 64 KiB of it from the source.
/// Throws Error(kInternal) when the bytes are no archive, end early, or its version is unknown.
void read_archive(Source& from, const std::function<void(Entry)>& visit);

}  // namespace vya::pg
