// Reads all rows of a PostgreSQL server as a backup does, with or without fingerprints, and stores
// nothing: the difference of the two is what fingerprints cost.
//
//     read_rows FOLDER DATABASE with|without
//
// FOLDER is that of the server's socket. Prints the CPU seconds that it took.
#include <fmt/format.h>
#include <sys/resource.h>

#include <iostream>
#include <string>

#include "base/error.h"
#include "engine/postgresql/postgresql.h"
#include "stream/compress.h"
#include "stream/digest.h"
#include "stream/fingerprint.h"

namespace {

class Nothing final : public vya::Sink {
 public:
  void write(vya::Bytes) override {}
  void finish() override {}
};

class Silence final : public vya::Watcher {
 public:
  void notice(const std::string&) override {}
};

double cpu_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// One stream for all segments, as for one object that is large enough.
void read_rows(vya::Snapshot& snapshot, bool fingerprints) {
  constexpr int kLevel = 1;
  Nothing nothing;
  vya::DigestSink digest(nothing);
  vya::CompressSink compress(digest, kLevel);
  for (const vya::Segment& segment : snapshot.segments()) {
    if (!fingerprints) {
      snapshot.dump(segment, compress);
      continue;
    }
    vya::FingerprintSink fingerprint(compress);
    snapshot.dump(segment, fingerprint);
  }
  compress.finish();
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) {
    std::cerr << "read_rows FOLDER DATABASE with|without\n";
    return 3;
  }
  try {
    vya::pg::Options options;
    options.address.host = words[1];
    options.address.user = "postgres";
    options.maintenance_database = "postgres";
    const auto engine = vya::pg::make_engine(options);
    Silence silence;
    const auto snapshot =
        engine->freeze({.include = {words[2]}, .exclude = {}, .jobs = 1}, silence);
    const double before = cpu_seconds();
    read_rows(*snapshot, std::string(words[3]) == "with");
    std::cout << fmt::format("{:.4f}\n", cpu_seconds() - before);
    return 0;
  } catch (const vya::Error& error) {
    std::cerr << error.message() << '\n';
    return 1;
  }
}
