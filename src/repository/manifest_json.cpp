#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "repository/manifest.h"
#include "repository/strict_json.h"
#include "stream/digest.h"

namespace vya {

using Json = nlohmann::ordered_json;  // for people: the keys stay in the order of writing

namespace {

constexpr int kNewestFormat = 1;
constexpr const char* kWritingStopped = "writing_stopped_us";

Json sums_to_json(const Manifest::Sums& sums) {
  return {{"databases", sums.databases},      {"tables", sums.tables},
          {"segments", sums.segments},        {"rows", sums.rows},
          {"row_bytes", sums.row_bytes},      {"objects", sums.objects},
          {"stored_bytes", sums.stored_bytes}};
}

Json files_to_json(const std::vector<FileRecord>& files) {
  Json list = Json::array();
  for (const FileRecord& file : files) {
    list.push_back({{"path", file.path}, {"size", file.size}, {"sha256", file.sha256}});
  }
  return list;
}

Json snapshot_to_json(const Manifest& manifest) {
  Json snapshot = {{"taken", to_text(manifest.snapshot)},
                   {"last_taken", to_text(manifest.last_snapshot)},
                   {"moments", manifest.moments},
                   {"guarantee", manifest.guarantee},
                   {"first_position", manifest.first_position},
                   {"last_position", manifest.last_position},
                   {"attempts", manifest.attempts}};
  if (manifest.writing_stopped) snapshot[kWritingStopped] = manifest.writing_stopped->count();
  return snapshot;
}

Json to_json(const Manifest& manifest) {
  return {{"format", manifest.format},
          {"tool", manifest.tool},
          {"repository", manifest.repository},
          {"instance", manifest.id.instance},
          {"epoch", manifest.id.epoch},
          {"kind", manifest.kind},
          {"labels", manifest.labels},
          {"server",
           {{"engine", manifest.engine},
            {"product", manifest.product},
            {"version", manifest.version},
            {"major", manifest.major},
            {"system_id", manifest.system_id},
            {"standby", manifest.standby}}},
          {"started", to_text(manifest.started)},
          {"snapshot", snapshot_to_json(manifest)},
          {"finished", to_text(manifest.finished)},
          {"verdict", manifest.verdict()},
          {"gaps", manifest.gaps},
          {"accepted_gaps", manifest.accepted_gaps},
          {"sums", sums_to_json(manifest.sums)},
          {"files", files_to_json(manifest.files)}};
}

void refuse_newer_format(const JsonObject& from, const std::string& where) {
  const int format = from.small_number("format", 1);
  if (format <= kNewestFormat) return;
  throw Error(Fault::kUsage,
              fmt::format("cannot read manifest '{}': it has format {}, and this program knows "
                          "formats up to {}",
                          where, format, kNewestFormat),
              "Use a newer vya.");
}

BackupId read_id(const JsonObject& from) {
  BackupId id{from.text("instance"), from.text("epoch")};
  if (!is_instance_name(id.instance)) throw from.wrong("instance", "is no instance name");
  if (!is_epoch(id.epoch)) throw from.wrong("epoch", "is no epoch");
  return id;
}

void read_server(const JsonObject& from, Manifest& manifest) {
  manifest.engine = from.text("engine");
  manifest.product = from.text("product");
  manifest.version = from.text("version");
  manifest.major = from.small_number("major");
  manifest.system_id = from.text("system_id");
  manifest.standby = from.flag("standby");
}

void read_snapshot(const JsonObject& from, Manifest& manifest) {
  manifest.snapshot = from.time("taken");
  // Manifests of the first versions have one moment and do not say so.
  manifest.last_snapshot = from.time(from.has("last_taken") ? "last_taken" : "taken");
  if (from.has("moments")) manifest.moments = from.small_number("moments", 1);
  manifest.guarantee = from.text("guarantee");
  manifest.first_position = from.text("first_position");
  manifest.last_position = from.text("last_position");
  manifest.attempts = from.small_number("attempts", 1);
  if (from.has(kWritingStopped))
    manifest.writing_stopped = std::chrono::microseconds(from.number(kWritingStopped));
}

Manifest::Sums read_sums(const JsonObject& from) {
  return {.databases = from.number("databases"),
          .tables = from.number("tables"),
          .segments = from.number("segments"),
          .rows = from.number("rows"),
          .row_bytes = from.number("row_bytes"),
          .objects = from.number("objects"),
          .stored_bytes = from.number("stored_bytes")};
}

std::vector<FileRecord> read_files(const JsonObject& from) {
  std::vector<FileRecord> files;
  for (const JsonObject& file : from.objects("files")) {
    files.push_back({file.path("path"), file.number("size"), file.hex("sha256", 64)});
  }
  return files;
}

/// What stands between the sealed text and its digest.
constexpr std::string_view kSeal = ",\n  \"sha256\": \"";

/// The text of an object with the digest of all that comes before it as its last key.
std::string sealed(const std::string& object) {
  const std::string text = object.substr(0, object.rfind("\n}"));
  return fmt::format("{}{}{}\"\n}}\n", text, kSeal, sha256_hex(as_bytes(text)));
}

/// Throws where the text before the digest is not the one that was sealed.
void require_sealed(std::string_view text, const JsonObject& from) {
  if (!from.has("sha256")) return;  // the first versions did not seal
  const std::size_t end = text.rfind(kSeal);
  const std::string_view before = text.substr(0, end == std::string_view::npos ? 0 : end);
  if (from.hex("sha256", 64) != sha256_hex(as_bytes(before)))
    throw from.wrong("sha256", "is not that of the text before it: the manifest was changed");
}

}  // namespace

Manifest::Sums& Manifest::Sums::operator+=(const Sums& more) {
  databases += more.databases;
  tables += more.tables;
  segments += more.segments;
  rows += more.rows;
  row_bytes += more.row_bytes;
  objects += more.objects;
  stored_bytes += more.stored_bytes;
  return *this;
}

std::string to_json_text(const Manifest& manifest) {
  try {
    return sealed(to_json(manifest).dump(2));
  } catch (const Json::type_error& error) {
    throw Error(Fault::kInternal,
                fmt::format("cannot write the manifest of '{}': a text in it is no valid UTF-8: {}",
                            manifest.id.text(), error.what()));
  }
}

void require_labels(const std::map<std::string, std::string>& labels) {
  try {
    (void)Json(labels).dump();
  } catch (const Json::type_error& error) {
    throw Error(Fault::kUsage, fmt::format("cannot note the labels: {}", error.what()),
                "Write labels in UTF-8.");
  }
}

Manifest parse_manifest(std::string_view text, const std::string& where) {
  const JsonObject from(text, fmt::format("manifest '{}'", where));
  refuse_newer_format(from, where);
  require_sealed(text, from);
  Manifest manifest;
  manifest.format = from.small_number("format");
  manifest.tool = from.text("tool");
  manifest.repository = from.hex("repository", 32);
  manifest.id = read_id(from);
  manifest.kind = from.text("kind");
  manifest.labels = from.texts_by_name("labels");
  read_server(from.object("server"), manifest);
  manifest.started = from.time("started");
  read_snapshot(from.object("snapshot"), manifest);
  manifest.finished = from.time("finished");
  manifest.gaps = from.numbers_by_name("gaps");
  manifest.accepted_gaps = from.numbers_by_name("accepted_gaps");
  manifest.sums = read_sums(from.object("sums"));
  manifest.files = read_files(from);
  if (from.text("verdict") != manifest.verdict()) {
    throw from.wrong("verdict", fmt::format("is not what the gaps say: '{}'", manifest.verdict()));
  }
  return manifest;
}

}  // namespace vya
