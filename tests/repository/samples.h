// What the tests of the repository share: a backup with everything in it, and stores that were
// tampered with.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>

#include "base/error.h"
#include "repository/repository.h"
#include "store/memory.h"
#include "stream/lines.h"
#include "tests/world/error_of.h"

namespace vya {

/// A manifest in which no two fields have the same value.
inline Manifest sample_manifest() {
  Manifest manifest;
  manifest.tool = "vya 0.1.0";
  manifest.repository = "0123456789abcdef0123456789abcdef";
  manifest.id = {"shop", "20261122T030000Z-7f3a"};
  manifest.kind = "full";
  manifest.labels = {{"reason", "nightly \"quoted\""}, {"who", "jürgen"}};
  manifest.engine = "postgresql";
  manifest.product = "PostgreSQL";
  manifest.version = "15.18 (Debian 15.18-1)";
  manifest.major = 15;
  manifest.system_id = "7312345678901234567";
  manifest.standby = true;
  manifest.started = parse_time("2026-11-22T03:00:00.000001Z");
  manifest.snapshot = parse_time("2026-11-22T03:00:01.000002Z");
  manifest.last_snapshot = parse_time("2026-11-22T03:05:01.000004Z");
  manifest.moments = 6;
  manifest.finished = parse_time("2026-11-22T03:10:02.000003Z");
  manifest.guarantee = "exact";
  manifest.first_position = "0/1A2B3C8";
  manifest.last_position = "0/1A2B400";
  manifest.attempts = 2;
  manifest.writing_stopped = std::chrono::microseconds(1700);
  manifest.sums = {.databases = 3,
                   .tables = 4,
                   .segments = 5,
                   .rows = 18446744073709551615u,
                   .row_bytes = 7,
                   .objects = 8,
                   .stored_bytes = 9};
  manifest.gaps = {{"closed-database", 1}, {"missing-tablespace", 10}};
  manifest.accepted_gaps = {{"lost-large-object", 11}};
  manifest.files = {{"globals.jsonl.zst", 12, std::string(64, 'a')},
                    {"inventory.jsonl.zst", 13, std::string(64, 'b')}};
  return manifest;
}

/// A manifest's text as the first versions wrote it, without the digest that shows every change.
inline std::string unsealed(std::string manifest) {
  const std::size_t seal = manifest.rfind(",\n  \"sha256\"");
  EXPECT_NE(seal, std::string::npos) << manifest;
  return manifest.replace(seal, std::string::npos, "\n}\n");
}

/// Publishes a backup with one document and one file of rows.
inline Manifest publish_sample(Repository& repository, const BackupId& id,
                               const std::string& finished = "2026-11-22T04:00:00Z") {
  const auto draft = repository.draft(id);
  const auto globals = draft->create("globals.jsonl.zst", 3);
  globals->write(as_bytes("{\"kind\":\"role\",\"name\":\"app\"}\n"));
  globals->finish();
  const auto rows = draft->create("db/1/rows/000001/000000.zst", 3);
  rows->write(as_bytes("1\tone\n2\ttwo\n"));
  rows->finish();
  Manifest manifest = sample_manifest();
  manifest.finished = parse_time(finished);
  return draft->publish(manifest, {globals->record()});
}

inline std::string text_of(const Store& store, const std::string& name) {
  return read_text(*store.read(name));
}

inline void put(Store& store, const std::string& name, const std::string& text) {
  const auto object = store.create(name);
  object->write(as_bytes(text));
  object->finish();
}

/// Copies all objects; the one named `name` becomes what `change` makes of it, or is left out when
/// that is nothing.
inline void copy_changed(
    const Store& from, Store& to, const std::string& name,
    const std::function<std::optional<std::string>(const std::string&)>& change) {
  for (const ObjectInfo& object : from.list("")) {
    const std::string text = text_of(from, object.name);
    const auto changed = object.name == name ? change(text) : text;
    if (changed) put(to, object.name, *changed);
  }
}

/// Whether `text` has `part` in it, with both in the message when not.
inline testing::AssertionResult has_part(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "'" << text << "' has no '" << part << "'";
}

}  // namespace vya
