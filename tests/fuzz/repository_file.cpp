// The file that makes a store a repository says the same when it is written again.
#include "repository/repository_file.h"

#include "tests/fuzz/target.h"

namespace vya::fuzz {

void try_input(std::string_view input) {
  const auto file =
      unless_error([&] { return parse_repository_file(input, "vya-repository.json"); });
  if (!file) return;
  const RepositoryFile again = parse_repository_file(to_json_text(*file), "vya-repository.json");
  require(again.id == file->id && again.created == file->created,
          "what is written is read as the same");
}

}  // namespace vya::fuzz
