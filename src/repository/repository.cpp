#include "repository/repository.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.h"
#include "base/random.h"
#include "repository/drill_record.h"
#include "repository/layout.h"
#include "repository/repository_file.h"
#include "stream/lines.h"

namespace vya {

namespace {

constexpr std::size_t kIdDigits = 32;
constexpr std::size_t kEpochsInHint = 5;

std::string manifest_name(const BackupId& id) {
  return layout::full_folder(id) + "/" + layout::kManifestFile;
}

/// The epochs of an instance that have a manifest, oldest first. A folder without one is no backup.
std::vector<std::string> epochs_of(const Store& store, const std::string& instance) {
  std::vector<std::string> epochs = store.folders(instance + "/");
  std::erase_if(epochs, [&](const std::string& epoch) {
    return !is_epoch(epoch) || !store.stat(manifest_name({instance, epoch}));
  });
  std::ranges::sort(epochs);
  return epochs;
}

Manifest read_manifest(const Store& store, const BackupId& id) {
  const std::string name = manifest_name(id);
  const std::unique_ptr<Source> source = store.read(name);
  Manifest manifest = parse_manifest(read_text(*source), name);
  if (manifest.id != id) {
    throw Error(
        Fault::kCheckFailed,
        fmt::format("cannot trust manifest '{}': it is the one of '{}'", name, manifest.id.text()));
  }
  return manifest;
}

Error no_instance(const std::string& instance, const Repository& repository,
                  const std::string& where) {
  const std::vector<std::string> others = repository.instances();
  return Error(Fault::kNotFound,
               fmt::format("no backup of '{}' in the repository '{}'", instance, where),
               others.empty() ? "The repository has no backups yet."
                              : fmt::format("It has backups of: {}.", fmt::join(others, ", ")));
}

Error no_epoch(const BackupReference& reference, const std::vector<std::string>& epochs) {
  const std::size_t older = epochs.size() - std::min(epochs.size(), kEpochsInHint);
  const std::vector<std::string> newest(epochs.begin() + static_cast<std::ptrdiff_t>(older),
                                        epochs.end());
  return Error(Fault::kNotFound,
               fmt::format("no backup '{}/{}'", reference.instance, *reference.epoch),
               fmt::format("Epochs of '{}': {}{}.", reference.instance, fmt::join(newest, ", "),
                           older == 0 ? "" : fmt::format(" and {} older ones", older)));
}

Error none_by_then(const BackupReference& reference, const Manifest& oldest) {
  return Error(Fault::kNotFound,
               fmt::format("no backup of '{}' was finished by {}", reference.instance,
                           to_text(*reference.at)),
               fmt::format("The oldest is '{}', finished at {}.", oldest.id.text(),
                           to_text(oldest.finished)));
}

}  // namespace

bool Repository::create(Store& store, Time now) {
  if (store.stat(layout::kRepositoryFile)) return false;
  const std::string text = to_json_text(RepositoryFile{random_hex(kIdDigits), now});
  try {
    const std::unique_ptr<Sink> object = store.create(layout::kRepositoryFile);
    object->write(as_bytes(text));
    object->finish();
  } catch (const Error& error) {
    // Another program may have made it between our look and now.
    if (error.fault() != Fault::kRefused || !store.stat(layout::kRepositoryFile)) throw;
    return false;
  }
  return true;
}

Repository::Repository(Store& store) : store_(store) {
  if (!store.stat(layout::kRepositoryFile)) {
    throw Error(
        Fault::kNotFound,
        fmt::format("cannot open the repository '{}': it has no {}", store.where(),
                    layout::kRepositoryFile),
        "'vya init' makes the repository; if it was made, check that its storage is mounted.");
  }
  const std::unique_ptr<Source> source = store.read(layout::kRepositoryFile);
  id_ = parse_repository_file(read_text(*source), store.where() + "/" + layout::kRepositoryFile).id;
}

BackupId Repository::new_id(const std::string& instance, Time started) const {
  const std::vector<std::string> epochs = epochs_of(store_, instance);
  return new_backup_id(instance, started, epochs.empty() ? "" : epochs.back());
}

std::unique_ptr<BackupDraft> Repository::draft(const BackupId& id) {
  return std::make_unique<BackupDraft>(id, id_, store_.draft(layout::epoch_folder(id)));
}

std::vector<std::string> Repository::instances() const {
  std::vector<std::string> names = store_.folders("");
  std::erase_if(names, [&](const std::string& name) {
    return !is_instance_name(name) || epochs_of(store_, name).empty();
  });
  std::ranges::sort(names);
  return names;
}

std::vector<BackupId> Repository::ids(const std::string& instance) const {
  std::vector<BackupId> ids;
  for (const std::string& epoch : epochs_of(store_, instance)) ids.push_back({instance, epoch});
  return ids;
}

Backup Repository::open(const BackupReference& reference) const {
  std::vector<std::string> epochs = epochs_of(store_, reference.instance);
  if (epochs.empty()) throw no_instance(reference.instance, *this, store_.where());
  if (reference.epoch) {
    if (std::ranges::find(epochs, *reference.epoch) == epochs.end()) {
      throw no_epoch(reference, epochs);
    }
    return Backup(store_, read_manifest(store_, {reference.instance, *reference.epoch}));
  }

  // From the newest on, and no further than needed: a damaged older manifest hinders nobody.
  std::ranges::reverse(epochs);
  Manifest manifest;
  for (const std::string& epoch : epochs) {
    manifest = read_manifest(store_, {reference.instance, epoch});
    if (!reference.at || manifest.finished <= *reference.at) return Backup(store_, manifest);
  }
  throw none_by_then(reference, manifest);
}

void Repository::keep_evidence(const std::string& name, const std::string& text) {
  const std::unique_ptr<Sink> object = store_.create(layout::evidence_file(name));
  object->write(as_bytes(text));
  object->finish();
}

std::vector<std::string> Repository::evidence() const {
  std::vector<std::string> names;
  for (const ObjectInfo& object : store_.list(layout::kEvidenceFolder)) {
    std::string_view name = object.name;
    if (!name.ends_with(layout::kEvidenceEnding)) continue;
    name.remove_prefix(std::string_view(layout::kEvidenceFolder).size());
    name.remove_suffix(std::string_view(layout::kEvidenceEnding).size());
    if (is_evidence_name(name)) names.emplace_back(name);
  }
  return names;
}

std::string Repository::read_evidence(const std::string& name) const {
  const std::unique_ptr<Source> source = store_.read(layout::evidence_file(name));
  return read_text(*source);
}

}  // namespace vya
