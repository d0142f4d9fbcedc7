// How backups are named: what a person may write for one is either refused or leads to a place in a
// store.
#include <array>
#include <cstdint>

#include "repository/layout.h"
#include "store/name.h"
#include "tests/fuzz/target.h"

namespace vya::fuzz {

namespace {

void check_reference(const BackupReference& reference, std::string_view text) {
  require(is_instance_name(reference.instance), "a reference names an instance");
  require_name(reference.instance);
  require(!(reference.epoch && reference.at), "a reference has an epoch or a time");
  if (!reference.epoch) return;
  const BackupId id{reference.instance, *reference.epoch};
  require(id.text() == text && is_epoch(id.epoch), "an id is what was written");
  require_name(layout::full_folder(id));
}

/// A moment in UTC is written again as it was, but for what was left out.
void check_moment(Time time, std::string_view text) {
  text.remove_suffix(1);  // the Z
  require(to_text(time).starts_with(text), "a time says what was written");
}

/// Both store and reader of stored paths must agree on what a name is.
void check_name(const std::string& text) {
  const auto name = unless_error([&] {
    require_name(text);
    return 0;
  });
  const auto prefix = unless_error([&] {
    require_prefix(text + "/");
    return 0;
  });
  require(name.has_value() == prefix.has_value(), "a name and a slash are a prefix");
}

void check_layout(std::string_view input) {
  std::array<std::uint16_t, 4> numbers{};
  input.copy(reinterpret_cast<char*>(numbers.data()), sizeof numbers);
  const auto [database, table, number, piece] = numbers;
  require_name(
      layout::segment_object({.database = database, .table = table, .number = number}, piece));
  require_name(layout::bundle_object(database, number));
}

}  // namespace

void try_input(std::string_view input) {
  check_name(std::string(input));
  check_layout(input);
  if (const auto time = unless_error([&] { return parse_time(input); })) check_moment(*time, input);
  const auto reference = unless_error([&] { return parse_backup_reference(input); });
  if (!reference) return;
  check_reference(*reference, input);
  if (reference->at && input.ends_with('Z')) {
    check_moment(*reference->at, input.substr(reference->instance.size() + 1));
  }
}

}  // namespace vya::fuzz
