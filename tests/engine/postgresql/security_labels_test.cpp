// Security labels, with a provider of ten lines that is built here.
#include <gtest/gtest.h>

#include <fstream>

#include "engine/postgresql/target.h"
#include "tests/engine/postgresql/memory_backup.h"
#include "tests/world/postgres.h"

namespace vya::pg {
namespace {

namespace fs = std::filesystem;
using world::PostgresServer;

constexpr const char* kProvider = R"(#include "postgres.h"

#include "commands/seclabel.h"
#include "fmgr.h"

PG_MODULE_MAGIC;

void _PG_init(void);

static void accept_any(const ObjectAddress *object, const char *label) {}

void _PG_init(void) { register_label_provider("vya test", accept_any); }
)";

constexpr const char* kLabels = R"(
  CREATE ROLE app; CREATE TABLE t (i int, "a b" int); CREATE VIEW v AS SELECT 1 AS i;
  CREATE MATERIALIZED VIEW m AS SELECT 1 AS i; CREATE SEQUENCE q; CREATE DOMAIN d AS int;
  CREATE TYPE y AS (i int); CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
  CREATE AGGREGATE g(int) (SFUNC = int4pl, STYPE = int); CREATE SCHEMA s; SELECT lo_create(7001);
  CREATE PUBLICATION p;
  SECURITY LABEL FOR "vya test" ON TABLE t IS 'it''s a \ label';
  SECURITY LABEL FOR "vya test" ON COLUMN t."a b" IS 'column';
  SECURITY LABEL FOR "vya test" ON VIEW v IS 'view';
  SECURITY LABEL FOR "vya test" ON MATERIALIZED VIEW m IS 'materialized view';
  SECURITY LABEL FOR "vya test" ON SEQUENCE q IS 'sequence';
  SECURITY LABEL FOR "vya test" ON DOMAIN d IS 'domain';
  SECURITY LABEL FOR "vya test" ON TYPE y IS 'type';
  SECURITY LABEL FOR "vya test" ON FUNCTION f(int) IS 'function';
  SECURITY LABEL FOR "vya test" ON AGGREGATE g(int) IS 'aggregate';
  SECURITY LABEL FOR "vya test" ON SCHEMA s IS 'schema';
  SECURITY LABEL FOR "vya test" ON LARGE OBJECT 7001 IS 'large object';
  SECURITY LABEL FOR "vya test" ON PUBLICATION p IS 'publication';
  SECURITY LABEL FOR "vya test" ON ROLE app IS 'role';
  SECURITY LABEL FOR "vya test" ON DATABASE postgres IS 'database')";

constexpr const char* kFound =
    "SELECT objtype, objname, provider, label FROM pg_seclabels ORDER BY 1, 2, 4";

/// Where Debian's packages have the server's headers, beside its programs.
fs::path headers(int major) {
  const auto bin = world::newest_postgres_bin(major);
  if (!bin) return {};
  const fs::path usr = bin->parent_path().parent_path().parent_path().parent_path();
  return usr / "include" / "postgresql" / std::to_string(major) / "server";
}

/// Builds the provider and lets the server load it.
void load_provider(PostgresServer& server) {
  const fs::path folder = server.make_folder("label");
  std::ofstream(folder / "label.c") << kProvider;
  const world::Ended built = world::run(
      {.program = "cc",
       .arguments = {"-fPIC", "-shared", "-I", headers(server.major()), "-I",
                     "/usr/include/postgresql", "-o", folder / "label.so", folder / "label.c"}});
  ASSERT_EQ(built.status, 0) << built.errors;
  server.add_conf({"session_preload_libraries = '" + (folder / "label.so").string() + "'"});
  server.restart();
}

class SecurityLabels : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    if (!fs::exists(headers(GetParam()) / "postgres.h"))
      GTEST_SKIP() << "NOT TESTED: security labels of PostgreSQL " << GetParam()
                   << "; the server's headers are not there (postgresql-server-dev)";
  }

  static std::vector<Gap> bring(const MemoryBackup& backup, const PostgresServer& target) {
    const Server server(target.address(), "postgres");
    Notices notices;
    const std::unique_ptr<Target> restored = prepare_target(server, backup, {.jobs = 1}, notices);
    restore(*restored, backup);
    return restored->gaps();
  }
};
INSTANTIATE_TEST_SUITE_P(Majors, SecurityLabels, testing::Values(15, 17, 18));

TEST_P(SecurityLabels, ComeBackWhereTheirProviderIs) {
  PostgresServer source({.major = GetParam()});
  load_provider(source);
  source.query("postgres", kLabels);
  PostgresServer target({.major = GetParam()});
  load_provider(target);

  EXPECT_EQ(bring(back_up(source), target), std::vector<Gap>{});

  EXPECT_EQ(target.query("postgres", kFound), source.query("postgres", kFound));
  EXPECT_EQ(target.query("postgres", kFound).size(), 14U);
}

TEST_P(SecurityLabels, AreNamedOneByOneWhereItIsNot) {
  PostgresServer source({.major = GetParam()});
  load_provider(source);
  source.query("postgres", kLabels);
  PostgresServer target({.major = GetParam()});

  const std::vector<Gap> gaps = bring(back_up(source), target);

  EXPECT_EQ(gaps.size(), 13U) << "a table's own and its columns' are one entry";
  for (const Gap& gap : gaps) EXPECT_EQ(gap.kind, "security-label") << gap.what;
  load_provider(target);
  for (const Gap& gap : gaps) EXPECT_NO_THROW(target.query("postgres", gap.cure)) << gap.cure;
  EXPECT_EQ(target.query("postgres", kFound), source.query("postgres", kFound));
}

}  // namespace
}  // namespace vya::pg
