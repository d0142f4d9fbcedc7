// The event log: what the program did, for later. Progress is for eyes and a report is a value;
// both are elsewhere.
//
// Nothing is logged until log_to() names a place. Events never hold secrets: who logs a statement
// masks it first.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace vya {

enum class LogLevel { kDebug, kInfo, kWarning };

/// Writes events from now on to the file at `path`, appending, or to standard error when `path` is
/// "-". Throws Error when the file cannot be opened.
void log_to(const std::string& path, LogLevel least);

/// One event with its fields, one line: `2026-11-22T03:00:00.000Z info object stored
/// path="db/1/..." bytes="12"`. Safe from several threads.
void log_event(LogLevel level, std::string_view event,
               std::initializer_list<std::pair<std::string_view, std::string>> fields = {});

}  // namespace vya
