#include "cli/results.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "operation/evidence.h"

namespace vya {
namespace {

using nlohmann::json;

Manifest manifest() {
  Manifest manifest;
  manifest.tool = "vya 0.1.0";
  manifest.repository = std::string(32, 'a');
  manifest.id = {"shop", "20261122T030000Z-7f3a"};
  manifest.labels = {{"why", "release"}};
  manifest.engine = "postgresql";
  manifest.product = "PostgreSQL";
  manifest.version = "15.18";
  manifest.major = 15;
  manifest.system_id = "7312345";
  manifest.started = parse_time("2026-11-22T03:00:00.000000Z");
  manifest.snapshot = parse_time("2026-11-22T03:00:01.500000Z");
  manifest.finished = parse_time("2026-11-22T03:05:00.000000Z");
  manifest.guarantee = "exact";
  manifest.first_position = "0/1A";
  manifest.last_position = "0/1C";
  manifest.attempts = 2;
  manifest.sums = {.databases = 2,
                   .tables = 12,
                   .segments = 20,
                   .rows = 1234567,
                   .row_bytes = 3 << 20,
                   .objects = 7,
                   .stored_bytes = 1 << 20};
  manifest.gaps = {{"closed-database", 1}};
  manifest.files = {{"globals.jsonl.zst", 512, std::string(64, 'b')},
                    {"db/1/schema.jsonl.zst", 2048, std::string(64, 'c')}};
  return manifest;
}

Gap closed(const std::string& name) {
  return {.kind = "closed-database",
          .what = name,
          .why = "it allows no connections",
          .cure = "ALTER DATABASE x"};
}

TEST(Results, HaveNoLineThatANameMade) {
  const std::string name = "x\nshop/20261122T030000Z-7f3a: COMPLETE";
  BackupReport report;
  report.manifest = manifest();
  report.gaps = {closed(name)};
  RestoreReport restored;
  restored.findings = {{.where = "table " + name, .what = "is missing", .cure = ""}};
  VerifyReport verified;
  verified.findings = restored.findings;
  DrillRecord drilled;
  drilled.findings = {recorded(restored.findings[0])};
  drilled.checks = {{"check " + name, DrillCheck::Result::kFailed, name}};
  BackupPreview preview;
  preview.databases = {{.name = name}};

  for (const std::string& text :
       {report_to_text(report, {}), restore_to_text(restored, {}), verification_to_text(verified),
        drill_to_text(drilled), preview_to_text(preview, {}),
        backup_to_text({.manifest = manifest(), .gaps = {closed(name)}}),
        plan_to_text({.steps = {{"tables", name}}, .refusals = {name}, .reference = {name}}, {}),
        accounts_to_text({{.name = name, .properties = {{"comment", name}}, .items = {name}}})}) {
    EXPECT_NE(text.find("x\\x0ashop/"), std::string::npos) << text;
    EXPECT_EQ(text.find("x\nshop/"), std::string::npos) << text;
  }
}

TEST(Results, ListBackupsOneToALine) {
  Manifest complete = manifest();
  complete.id.epoch = "20261123T030000Z-0001";
  complete.gaps = {};
  EXPECT_EQ(list_to_text(
                {{.name = "", .report = manifest()},
                 {.name = "", .report = complete},
                 {.name = "shop/20261124T030000Z-0002", .error = Error(Fault::kCheckFailed, "x")}}),
            "BACKUP                      SNAPSHOT                 VERDICT             DATABASES  "
            "TABLES       ROWS   STORED\n"
            "shop/20261122T030000Z-7f3a  2026-11-22 03:00:01 UTC  COMPLETE WITH GAPS          2    "
            "  12  1,234,567  1.0 MiB\n"
            "shop/20261123T030000Z-0001  2026-11-22 03:00:01 UTC  COMPLETE                    2    "
            "  12  1,234,567  1.0 MiB\n"
            "shop/20261124T030000Z-0002                           DAMAGED\n");
  EXPECT_EQ(list_to_text({}), "There are no backups.\n");
}

TEST(Results, ShowHowManyMomentsABackupHas) {
  Manifest several = manifest();
  several.moments = 14;
  several.last_snapshot = parse_time("2026-11-22T03:04:01.000000Z");

  EXPECT_NE(backup_to_text({several, {}})
                .find("snapshot    2026-11-22T03:00:01.500000Z to 2026-11-22T03:04:01.000000Z, 14 "
                      "moments, exact, at 0/1A to 0/1C"),
            std::string::npos);
  EXPECT_NE(report_to_text({.manifest = several}, {})
                .find("14 moments, 2026-11-22 03:00:01 UTC to 2026-11-22 03:04:01 UTC: each "
                      "database is as of one of them\n"),
            std::string::npos);
  EXPECT_EQ(report_to_text({.manifest = manifest()}, {}).find("moments"), std::string::npos);
}

TEST(Results, ShowABackupWithItsGapsAndFiles) {
  EXPECT_EQ(backup_to_text({manifest(), {closed("legacy")}}),
            "backup      shop/20261122T030000Z-7f3a\n"
            "verdict     COMPLETE WITH GAPS\n"
            "kind        full\n"
            "server      PostgreSQL 15.18, system 7312345\n"
            "started     2026-11-22 03:00:00 UTC\n"
            "snapshot    2026-11-22T03:00:01.500000Z, exact, at 0/1A to 0/1C, in 2 attempts\n"
            "finished    2026-11-22 03:05:00 UTC, after 5 min 00 s\n"
            "databases   2\n"
            "tables      12\n"
            "rows        1,234,567, 3.0 MiB of text\n"
            "stored      1.0 MiB in 10 files\n"
            "label       why=release\n"
            "gaps        closed-database 1\n"
            "written by  vya 0.1.0\n"
            "repository  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
            "\n"
            "gaps\n"
            "  closed-database:legacy\n"
            "    it allows no connections\n"
            "    cure: ALTER DATABASE x\n"
            "\n"
            "files, without rows\n"
            "  globals.jsonl.zst      512 B\n"
            "  db/1/schema.jsonl.zst  2.0 KiB\n");
}

TEST(Results, ListAndShowAsJson) {
  const json list = json::parse(list_to_json({{.name = "shop/1", .report = manifest()}}));
  EXPECT_EQ(list["version"], 1);
  EXPECT_EQ(list["backups"][0]["backup"], "shop/20261122T030000Z-7f3a");
  EXPECT_EQ(list["backups"][0]["sums"]["rows"], 1234567);
  EXPECT_FALSE(list["backups"][0].contains("files"));
  EXPECT_EQ(json::parse(list_to_json({}))["backups"], json::array());

  const json shown = json::parse(backup_to_json({manifest(), {closed("legacy")}}));
  EXPECT_EQ(shown["version"], 1);
  EXPECT_EQ(shown["backup"]["verdict"], "COMPLETE WITH GAPS");
  EXPECT_EQ(shown["backup"]["files"].size(), 2U);
  EXPECT_EQ(shown["backup"]["gap_list"][0]["id"], "closed-database:legacy");
}

TEST(Results, TellWhatCameOfABackup) {
  Instance shop{.name = "shop"};
  shop.accept_gaps = {{"closed-database:legacy", "old"}};
  const BackupReport report{.manifest = manifest(),
                            .gaps = {closed("crm")},
                            .accepted_gaps = {closed("legacy")},
                            .duration = std::chrono::seconds(300)};

  EXPECT_EQ(report_to_text(report, shop),
            "shop/20261122T030000Z-7f3a: COMPLETE WITH GAPS\n"
            "  2 databases, 12 tables, 1,234,567 rows, 3.0 MiB of text\n"
            "  1.0 MiB stored in 5 min 00 s\n"
            "  gap closed-database:crm: it allows no connections\n"
            "    cure: ALTER DATABASE x\n"
            "  accepted gap closed-database:legacy: old\n");
}

TEST(Results, TellWhatCameOfSeveralBackupsAsOneDocument) {
  const BackupReport report{.manifest = manifest(), .gaps = {closed("crm")}};
  const json document = json::parse(
      reports_to_json({{.name = "shop", .report = report, .status = 11},
                       {.name = "crm",
                        .error = Error(Fault::kConnection, "cannot connect", "Start it."),
                        .status = 6}}));

  EXPECT_EQ(document["version"], 1);
  EXPECT_EQ(document["backups"][0]["name"], "shop");
  EXPECT_EQ(document["backups"][0]["status"], 11);
  EXPECT_EQ(document["backups"][0]["gaps"][0]["what"], "crm");
  EXPECT_EQ(document["backups"][0]["manifest"]["sums"]["tables"], 12);
  EXPECT_EQ(document["backups"][1]["status"], 6);
  EXPECT_EQ(document["backups"][1]["error"]["message"], "cannot connect");
}

TEST(Results, TellWhatABackupWouldTake) {
  BackupPreview preview;
  preview.facts.server = {.product = "PostgreSQL", .version = "15.18"};
  preview.databases = {{.name = "shop", .tables = 12, .segments = 20, .bytes = 5 << 20}};

  EXPECT_EQ(preview_to_text(preview, Instance{.name = "shop"}),
            "Would back up 'shop', PostgreSQL 15.18:\n"
            "DATABASE  TABLES  SEGMENTS     SIZE\n"
            "shop          12        20  5.0 MiB\n");
}

TEST(Results, TellWhatCameOfARestore) {
  const RestoreReport report{
      .id = {"shop", "20261122T030000Z-7f3a"},
      .totals = {{"roles", 12}, {"indexes", 40}},
      .rows = 1000,
      .row_bytes = 2048,
      .findings = {{.where = "table shop.public.a", .what = "differs", .cure = "look"},
                   {.severity = Severity::kNotice, .where = "view b", .what = "was refreshed"}},
      .tables_checked = 12,
      .duration = std::chrono::seconds(75)};

  EXPECT_EQ(restore_to_text(report, Instance{.name = "spare"}),
            "Restored shop/20261122T030000Z-7f3a to 'spare' in 1 min 15 s.\n"
            "  roles    12\n"
            "  indexes  40\n"
            "  rows     1,000, 2.0 KiB of text\n"
            "  12 tables read again and compared with the backup.\n"
            "  fault: table shop.public.a differs\n"
            "    cure: look\n"
            "  notice: view b was refreshed\n");
  EXPECT_EQ(json::parse(restore_to_json(report))["restore"]["totals"]["roles"], 12);
  EXPECT_EQ(json::parse(restore_to_json(report))["restore"]["findings"][0]["severity"], "fault");
}

TEST(Results, ShowAPlanByItsPhasesAndWhyItIsRefused) {
  const Plan plan{.steps = {{"accounts", "create role app"},
                            {"accounts", "create role web"},
                            {"schema", "create table a"}},
                  .refusals = {"database 'shop' exists"}};

  EXPECT_EQ(plan_to_text(plan, Instance{.name = "spare"}),
            "Would restore to 'spare' in 3 steps:\n"
            "accounts\n"
            "  create role app\n"
            "  create role web\n"
            "schema\n"
            "  create table a\n"
            "refused, because\n"
            "  database 'shop' exists\n");
  EXPECT_EQ(json::parse(plan_to_json(plan))["plan"]["refusals"][0], "database 'shop' exists");
}

TEST(Results, TellWhatAVerificationFound) {
  VerifyReport report{.id = {"shop", "20261122T030000Z-7f3a"}, .files = 10, .bytes = 1 << 20};
  EXPECT_EQ(verification_to_text(report), "shop/20261122T030000Z-7f3a: whole, 10 files, 1.0 MiB\n");

  report.findings = {{.where = "file 'a'", .what = "is missing"}};
  EXPECT_EQ(verification_to_text(report),
            "shop/20261122T030000Z-7f3a: DAMAGED, 10 files, 1.0 MiB\n"
            "  fault: file 'a' is missing\n");
  const json document =
      json::parse(verifications_to_json({{.name = "shop", .report = report, .status = 8}}));
  EXPECT_EQ(document["verifications"][0]["findings"][0]["where"], "file 'a'");
}

TEST(Results, ShowTheConfigurationWithoutPasswords) {
  const Config config = parse_config(
      "repository: /b\n"
      "instances:\n"
      "  shop: {engine: postgresql, host: db1, port: 5433, password: env:PW, include: [a, b],\n"
      "         accept_gaps: {'closed-database:legacy': old}}\n",
      "/etc/vya.yaml");
  EXPECT_EQ(config_to_text(config),
            "configuration  /etc/vya.yaml\n"
            "repository     /b\n"
            "\n"
            "shop\n"
            "  engine                 postgresql\n"
            "  host                   db1\n"
            "  port                   5433\n"
            "  password               env:PW\n"
            "  database               postgres\n"
            "  include                a, b\n"
            "  ddl                    wait\n"
            "  ddl_wait               60s\n"
            "  max_outage             60s\n"
            "  open_closed_databases  false\n"
            "  accept_gaps\n"
            "    closed-database:legacy  old\n");

  const json shop = json::parse(config_to_json(config))["instances"][0];
  EXPECT_EQ(shop["name"], "shop");
  EXPECT_EQ(shop["port"], 5433);
  EXPECT_EQ(shop["include"], (json{"a", "b"}));
  EXPECT_EQ(shop["open_closed_databases"], false);
  EXPECT_EQ(shop["accept_gaps"]["closed-database:legacy"], "old");
}

TEST(Results, SayWhatADoctorFound) {
  Instance instance;
  instance.name = "shop";
  DoctorReport report;
  report.server = {.product = "PostgreSQL", .version = "15.18", .major = 15, .standby = true};
  report.databases = 2;
  report.bytes = 3 << 20;
  const std::string facts = "  PostgreSQL 15.18, a standby, 2 databases, 3.0 MiB on the server\n";
  EXPECT_EQ(examination_to_text(report, instance), "shop: a complete backup is possible\n" + facts);

  report.gaps = {{"row-security", "shop.public.t", "it is filtered", "ALTER ROLE"}};
  EXPECT_EQ(examination_to_text(report, instance),
            "shop: a backup is possible, with gaps\n" + facts +
                "  gap row-security:shop.public.t: it is filtered\n    cure: ALTER ROLE\n");

  report.findings = {{.where = "a backup", .what = "cannot lock", .cure = "Raise it."}};
  EXPECT_TRUE(examination_to_text(report, instance).starts_with("shop: a backup would fail\n"));

  std::vector<Outcome<DoctorReport>> outcomes(1);
  outcomes[0].name = "shop";
  outcomes[0].report = report;
  const json shop = json::parse(examinations_to_json(outcomes))["examinations"][0];
  EXPECT_EQ(shop["findings"][0]["where"], "a backup");
  EXPECT_EQ(shop["gaps"][0]["cure"], "ALTER ROLE");
  EXPECT_EQ(shop["standby"], true);
}

TEST(Results, WriteNamesThatAreNoUtf8IntoJsonAllTheSame) {
  const Error error(Fault::kSql, "cannot load table '\xff'");
  EXPECT_EQ(json::parse(error_to_json(error))["error"]["message"], "cannot load table '\uFFFD'");
}

}  // namespace
}  // namespace vya
