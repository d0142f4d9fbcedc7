#include "operation/diff.h"

#include "operation/open.h"
#include "operation/server_state.h"

namespace vya {

namespace {

constexpr std::string_view kLive = "live:";
constexpr int kPhasesOfAServer = 3;

bool is_live(const std::string& name) { return name.starts_with(kLive); }

class Comparison {
 public:
  Comparison(const Config& config, Repository& repository, const DiffRequest& request,
             Progress& progress)
      : config_(config), repository_(repository), request_(request), progress_(progress) {}

  DiffReport compare() {
    const int servers = (is_live(request_.wanted) ? 1 : 0) + (is_live(request_.found) ? 1 : 0);
    progress_.phases(servers * kPhasesOfAServer);
    const ServerState wanted = look_at(request_.wanted);
    const ServerState found = look_at(request_.found);
    return {.wanted = wanted.what,
            .found = found.what,
            .objects = wanted.catalog.size(),
            .tables = wanted.tables.size(),
            .findings = differences(wanted, found)};
  }

 private:
  ServerState look_at(const std::string& name) {
    if (!is_live(name)) {
      const Backup backup = repository_.open(parse_backup_reference(name));
      Selection selection;
      for (const std::string& glob : request_.databases) selection.databases.push_back({glob, ""});
      return state_of(RepositoryContents(backup, selection));
    }
    const Instance& instance = config_.instance(name.substr(kLive.size()));
    const FreezeOptions options{
        .include = request_.databases.empty() ? instance.include : request_.databases,
        .exclude = instance.exclude,
        .jobs = request_.jobs,
        .max_snapshot_age = instance.max_snapshot_age};
    return state_of(*open_engine(instance), instance, options, progress_);
  }

  const Config& config_;
  Repository& repository_;
  const DiffRequest& request_;
  Progress& progress_;
};

}  // namespace

DiffReport diff(const Config& config, Repository& repository, const DiffRequest& request,
                Progress& progress) {
  return Comparison(config, repository, request, progress).compare();
}

}  // namespace vya
