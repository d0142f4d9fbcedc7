// Runs a target over its corpus and over mutations of it, where there is no libFuzzer (the tests of
// every day).
//
//     fuzz_manifest [--mutations N] FILE|FOLDER...
//
// The mutations are random, but the same in every run: a test must not fail by chance. They know
// nothing of what the target reached; finding new inputs is libFuzzer's business.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <span>
#include <string>
#include <vector>

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;

constexpr std::size_t kLongest = std::size_t{64} * 1024;
constexpr std::size_t kMostChanges = 8;

Input read_input(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The files, and those of the folders, in the order of their names.
std::vector<Input> read_corpus(const std::vector<std::filesystem::path>& paths) {
  std::vector<std::filesystem::path> files;
  for (const auto& path : paths) {
    if (std::filesystem::is_directory(path)) {
      const std::filesystem::directory_iterator entries(path);
      std::ranges::copy(entries, std::back_inserter(files));
    } else {
      files.push_back(path);
    }
  }
  std::ranges::sort(files);
  std::vector<Input> corpus;
  std::ranges::transform(files, std::back_inserter(corpus), read_input);
  return corpus;
}

/// Makes new inputs out of those of a corpus.
class Mutations {
 public:
  explicit Mutations(const std::vector<Input>& corpus) : corpus_(corpus) {}

  Input next() {
    Input input = any();
    for (std::size_t changes = 1 + below(kMostChanges); changes > 0; --changes) change(input);
    input.resize(std::min(input.size(), kLongest));
    input.shrink_to_fit();  // so that a sanitizer sees reading beyond its end
    return input;
  }

 private:
  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }
  const Input& any() { return corpus_[below(corpus_.size())]; }

  void change(Input& input) {
    const auto at = input.begin() + static_cast<std::ptrdiff_t>(below(input.size() + 1));
    const auto end = at + static_cast<std::ptrdiff_t>(below(std::min<std::size_t>(
                              64, static_cast<std::size_t>(input.end() - at) + 1)));
    switch (below(5)) {
      case 0:
        if (at != input.end()) *at ^= static_cast<std::uint8_t>(1U << below(8));
        break;
      case 1:
        if (at != input.end()) *at = static_cast<std::uint8_t>(below(256));
        break;
      case 2:
        input.erase(at, end);
        break;
      case 3: {
        const Input again(at, end);
        input.insert(end, again.begin(), again.end());
        break;
      }
      default:
        insert_piece(input, at);
    }
  }

  void insert_piece(Input& input, Input::iterator at) {
    const Input& other = any();
    const std::size_t begin = below(other.size());
    const auto piece =
        std::span(other).subspan(begin, std::min<std::size_t>(below(64), other.size() - begin));
    input.insert(at, piece.begin(), piece.end());
  }

  const std::vector<Input>& corpus_;
  std::mt19937_64 random_{1};
};

/// Runs the target. The input is on disk meanwhile, so that whatever ends the program leaves it
/// there.
void run(const Input& input, const std::filesystem::path& place) {
  std::ofstream(place, std::ios::binary)
      .write(reinterpret_cast<const char*>(input.data()),
             static_cast<std::streamsize>(input.size()));
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::filesystem::path> paths(arguments + 1, arguments + count);
  std::size_t mutations = 0;
  if (paths.size() > 1 && paths[0] == "--mutations") {
    const std::string number = paths[1];
    std::from_chars(number.data(), number.data() + number.size(), mutations);
    paths.erase(paths.begin(), paths.begin() + 2);
  }
  const std::vector<Input> corpus = read_corpus(paths);
  if (corpus.empty()) {
    std::fprintf(stderr, "usage: %s [--mutations N] FILE|FOLDER...\n", arguments[0]);
    return 2;
  }
  const std::filesystem::path place = std::string(arguments[0]) + ".input";
  std::printf("an input that ends this program stays in '%s'\n", place.c_str());
  for (const Input& input : corpus) run(input, place);
  Mutations made(corpus);
  for (std::size_t i = 0; i < mutations; ++i) run(made.next(), place);
  std::filesystem::remove(place);
  std::printf("%zu inputs, %zu mutations\n", corpus.size(), mutations);
}
