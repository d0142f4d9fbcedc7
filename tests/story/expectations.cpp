#include "tests/story/expectations.h"

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>
#include <thread>

namespace vya::story {

namespace {

constexpr std::chrono::milliseconds kLookEvery{5};

}  // namespace

testing::AssertionResult ended_with(const world::Ended& ended, int status,
                                    const std::vector<std::string>& words) {
  std::string missing;
  for (const std::string& word : words) {
    if (ended.errors.find(word) == std::string::npos) missing += " '" + word + "'";
  }
  if (ended.status == status && missing.empty()) return testing::AssertionSuccess();
  return testing::AssertionFailure()
         << "status " << ended.status << ", expected " << status
         << (missing.empty() ? "" : ", and it never said") << missing << "; it said:\n"
         << ended.errors << ended.output;
}

void expect_in(const world::Ended& ended, const std::string& words) {
  EXPECT_NE(ended.output.find(words), std::string::npos) << words << " is not in\n"
                                                         << ended.output << ended.errors;
}

std::vector<std::string> statements_of_vya(const world::PostgresServer& server) {
  std::vector<std::string> statements;
  std::istringstream log(server.log());
  for (std::string line; std::getline(log, line);) {
    if (!line.starts_with("app=vya")) continue;
    for (const std::string_view mark : {"LOG:  statement: ", "LOG:  execute <unnamed>: "}) {
      const std::size_t at = line.find(mark);
      if (at != std::string::npos) statements.push_back(line.substr(at + mark.size()));
    }
  }
  return statements;
}

std::string next_transaction(const world::PostgresServer& server) {
  return server.value("postgres", "SELECT pg_snapshot_xmax(pg_current_snapshot())");
}

bool soon(const std::function<bool()>& holds, std::chrono::milliseconds limit) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(kLookEvery);
  }
  return true;
}

int sessions_of_vya(const world::PostgresServer& server) {
  return std::stoi(server.value(
      "postgres", "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'vya%'"));
}

}  // namespace vya::story
