#include "engine/postgresql/entry_sql.h"

#include <gtest/gtest.h>

namespace vya::pg {
namespace {

std::string on_target(const std::string& name) { return name == "gone" ? "" : name; }

Entry entry(const std::string& kind, const std::string& name, Section section = Section::kPreData) {
  return {.section = section,
          .kind = kind,
          .schema = "s",
          .name = name,
          .owner = "o",
          .definition = "CREATE;\n",
          .drop = "DROP;\n"};
}

TEST(RunEntry, GivesTheObjectToItsOwner) {
  EXPECT_EQ(run_entry(entry("VIEW", "v"), on_target).sql,
            "CREATE;\n\nALTER TABLE \"s\".\"v\" OWNER TO \"o\";\n");
}

TEST(RunEntry, NamesAFunctionAsItsDropStatementDoes) {
  Entry function = entry("FUNCTION", "f(integer)");
  function.drop = "DROP FUNCTION \"s\".\"f\"(\"a\" integer);\n";
  EXPECT_EQ(run_entry(function, on_target).sql,
            "CREATE;\n\nALTER FUNCTION \"s\".\"f\"(\"a\" integer) OWNER TO \"o\";\n");
}

TEST(RunEntry, GivesNoOwnerToWhatHasNone) {
  Entry identity = entry("SEQUENCE", "q");
  identity.drop.clear();
  EXPECT_EQ(run_entry(identity, on_target).sql, "CREATE;\n");
  EXPECT_EQ(run_entry(entry("INDEX", "i"), on_target).sql, "CREATE;\n");
}

TEST(RunEntry, ChangesTheOwnerOfAPublicSchemaThatIsThere) {
  Entry schema = entry("SCHEMA", "public");
  schema.schema.clear();
  schema.definition = "-- *not* creating schema, since initdb creates it\n";
  schema.drop = "-- *not* dropping schema, since initdb creates it\n";
  EXPECT_TRUE(
      run_entry(schema, on_target).sql.ends_with("\nALTER SCHEMA \"public\" OWNER TO \"o\";\n"));
}

TEST(RunEntry, PutsStorageWhereItWas) {
  Entry table = entry("TABLE", "t");
  table.tablespace = "fast";
  table.access_method = "heap";
  EXPECT_TRUE(run_entry(table, on_target)
                  .sql.starts_with("SET LOCAL default_tablespace = \"fast\";\n"
                                   "SET LOCAL default_table_access_method = \"heap\";\nCREATE;\n"));
  table.tablespace = "gone";
  EXPECT_TRUE(run_entry(table, on_target).sql.starts_with("SET LOCAL default_table_access_method"));
}

TEST(RunEntry, GivesAPartitionedTableTheAccessMethodOfItsPartitions) {
  Entry table = entry("TABLE", "t");
  table.partitioned = true;
  EXPECT_EQ(run_entry(table, on_target).sql.find("SET ACCESS METHOD"), std::string::npos);
  table.access_method = "columnar";
  EXPECT_NE(run_entry(table, on_target)
                .sql.find("ALTER TABLE \"s\".\"t\" SET ACCESS METHOD \"columnar\";"),
            std::string::npos);
}

TEST(RunEntry, MarksWhatHoldsPasswords) {
  EXPECT_TRUE(run_entry(entry("USER MAPPING", "m"), on_target).secret);
  EXPECT_FALSE(run_entry(entry("TABLE", "t"), on_target).secret);
}

TEST(Stages, SendCommentsWithWhatStandsBefore) {
  Stages stages;
  EXPECT_EQ(stages.stage_of(entry("TABLE", "t")), Stage::kSchema);
  EXPECT_EQ(stages.stage_of(entry("COMMENT", "TABLE t", Section::kNone)), Stage::kSchema);
  EXPECT_EQ(stages.stage_of(entry("INDEX", "i", Section::kPostData)), Stage::kIndexes);
  EXPECT_EQ(stages.stage_of(entry("COMMENT", "INDEX i", Section::kNone)), Stage::kIndexes);
  EXPECT_EQ(stages.stage_of(entry("EVENT TRIGGER", "e", Section::kPostData)), Stage::kLast);
  EXPECT_EQ(stages.stage_of(entry("COMMENT", "EVENT TRIGGER e", Section::kNone)), Stage::kLast);
}

TEST(Stages, LeaveOutWhatOurOwnModelRestores) {
  Stages stages;
  for (const char* kind : {"ACL", "DEFAULT ACL", "DATABASE", "ENCODING", "BLOB"}) {
    EXPECT_EQ(stages.stage_of(entry(kind, "x", Section::kNone)), Stage::kElsewhere) << kind;
  }
  EXPECT_EQ(stages.stage_of(entry("TABLE DATA", "t", Section::kData)), Stage::kElsewhere);
  EXPECT_EQ(stages.stage_of(entry("COMMENT", "DATABASE shop", Section::kNone)), Stage::kElsewhere);
}

TEST(KeepOldDefaults, SaysWhatASubscriptionDidBeforeTheDefaultChanged) {
  Entry subscription = entry("SUBSCRIPTION", "news");
  subscription.schema.clear();
  subscription.definition = "CREATE SUBSCRIPTION news CONNECTION 'streaming = on' PUBLICATION p;\n";

  EXPECT_EQ(keep_old_defaults(subscription, 15, 150020), "");
  EXPECT_EQ(keep_old_defaults(subscription, 15, 170002),
            "\nALTER SUBSCRIPTION \"news\" SET (run_as_owner = true);\n");
  EXPECT_EQ(keep_old_defaults(subscription, 15, 180001),
            "\nALTER SUBSCRIPTION \"news\" SET (run_as_owner = true, streaming = off);\n");
  EXPECT_EQ(keep_old_defaults(subscription, 17, 180001),
            "\nALTER SUBSCRIPTION \"news\" SET (streaming = off);\n");
  subscription.definition = "CREATE SUBSCRIPTION news ... WITH (streaming = parallel);\n";
  EXPECT_EQ(keep_old_defaults(subscription, 17, 180001), "");
  EXPECT_EQ(keep_old_defaults(entry("TABLE", "t"), 15, 180001), "");
}

TEST(CreateExtension, AsksForItsVersion) {
  EXPECT_EQ(create_extension({"pg_trgm", "1.6", "s"}, "1.6").sql,
            R"(CREATE EXTENSION IF NOT EXISTS "pg_trgm" WITH SCHEMA "s" VERSION "1.6")");
  EXPECT_EQ(create_extension({"pg_trgm", "1.6", "s"}, "").sql,
            R"(CREATE EXTENSION IF NOT EXISTS "pg_trgm" WITH SCHEMA "s")");
}

}  // namespace
}  // namespace vya::pg
