// The manifest: what it says is written as a text that says the same, and its files have names that
// a store takes.
#include "repository/manifest.h"

#include "repository/layout.h"
#include "store/name.h"
#include "tests/fuzz/target.h"

namespace vya::fuzz {

void try_input(std::string_view input) {
  const auto manifest = unless_error([&] { return parse_manifest(input, "manifest.json"); });
  if (!manifest) return;
  const std::string text = to_json_text(*manifest);
  require(parse_manifest(text, "manifest.json") == *manifest,
          "what is written is read as the same");
  const std::string folder = layout::full_folder(manifest->id);
  require_name(folder);
  for (const FileRecord& file : manifest->files) require_name(folder + "/" + file.path);
}

}  // namespace vya::fuzz
