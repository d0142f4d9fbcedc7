#include "tests/story/mutations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <ranges>
#include <sstream>

#include "base/error.h"

namespace vya::story {

namespace {

namespace fs = std::filesystem;

std::optional<std::string> after(std::string_view mark, const std::string& line) {
  if (!line.starts_with(mark)) return std::nullopt;
  return line.substr(mark.size());
}

class Reader {
 public:
  explicit Reader(const std::function<bool(const std::string&)>& fits) : fits_(fits) {}

  Mutations read(const fs::path& path) && {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) read_line(line);
    finish();
    return std::move(all_);
  }

 private:
  void read_line(const std::string& line) {
    if (const auto name = after("-- mutation: ", line)) {
      finish();
      now_ = {.name = *name, .database = {}, .change = {}, .undo = {}, .findings = {}};
      possible_ = true;
      statements_ = &now_.change;
    } else if (const auto need = after("-- needs: ", line)) {
      possible_ = possible_ && fits_(*need);
    } else if (const auto database = after("-- in: ", line)) {
      now_.database = *database;
    } else if (line == "-- no finding") {
      now_.harmless = true;
    } else if (line == "-- undo") {
      statements_ = &now_.undo;
    } else if (const auto fault = after("-- finding", line)) {
      add_finding("fault", *fault);
    } else if (const auto notice = after("-- notice", line)) {
      add_finding("notice", *notice);
    } else if (statements_ != nullptr) {
      *statements_ += line + "\n";
    }
  }

  /// Takes `: WORDS`, or ` [NEED]: WORDS` where only some servers word it so.
  void add_finding(const std::string& severity, std::string rest) {
    if (rest.starts_with(" [")) {
      const std::size_t end = rest.find(']');
      if (!fits_(rest.substr(2, end - 2))) return;
      rest.erase(0, end + 1);
    }
    now_.findings.push_back(severity + rest);
  }

  void finish() {
    if (statements_ != nullptr && possible_) all_.push_back(std::move(now_));
  }

  const std::function<bool(const std::string&)>& fits_;
  Mutations all_;
  Mutation now_;
  bool possible_ = true;
  std::string* statements_ = nullptr;
};

std::string without_line_end(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::vector<std::string> findings_in(const std::string& output) {
  std::vector<std::string> findings;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("  fault: ") || line.starts_with("  notice: "))
      findings.push_back(line.substr(2));
  return findings;
}

}  // namespace

std::vector<Mutations> read_mutations(const std::string& engine,
                                      const std::function<bool(const std::string&)>& fits) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(VYA_MUTATIONS) / engine))
    if (!entry.path().filename().string().starts_with("world")) files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<Mutations> all;
  for (const fs::path& file : files) all.push_back(Reader(fits).read(file));
  return all;
}

void expect_found(const Mutations& together, const RunSql& sql, const Vya& vya) {
  for (const Mutation& one : together) sql(one.database, one.change);
  const world::Ended ended = vya.run({"diff", "source", "live:restored"});
  for (const Mutation& one : together | std::views::reverse) sql(one.database, one.undo);

  std::vector<std::string> findings = findings_in(ended.output);
  bool wanted_any = false;
  for (const Mutation& one : together) {
    EXPECT_EQ(one.findings.empty(), one.harmless) << one.name;
    for (const std::string& wanted : one.findings) {
      wanted_any = wanted_any || wanted.starts_with("fault");
      const auto found = std::ranges::find(findings, wanted);
      if (found != findings.end()) {
        findings.erase(found);
      } else {
        ADD_FAILURE() << one.name << ", made by\n" << one.change << "is not found: " << wanted;
      }
    }
  }
  const std::string which = together.size() == 1 ? " by " + together[0].name : "";
  for (const std::string& finding : findings)
    ADD_FAILURE() << "is not wanted" << which << ": " << finding;
  EXPECT_EQ(ended.status, wanted_any ? 8 : 0) << which << without_line_end(ended.errors);
}

}  // namespace vya::story
