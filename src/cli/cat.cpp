// `vya cat`.
#include "cli/commands.h"
#include "cli/open.h"
#include "cli/rows_json.h"
#include "operation/table_rows.h"

namespace vya {

namespace {

/// Standard output as a sink.
class OutputSink final : public Sink {
 public:
  explicit OutputSink(Output& output) : output_(output) {}
  void write(Bytes bytes) override { output_.raw(as_text(bytes)); }
  void finish() override {}

 private:
  Output& output_;
};

}  // namespace

int run(const CatCommand& command, const Surroundings& around) {
  const BackupReference reference = parse_backup_reference(command.backup);
  const TablePath path = parse_table_path(command.table);
  OpenRepository repository(around.config());
  const Backup backup = repository->open(reference);
  const TableRows rows(backup, path);
  OutputSink output(around.output);
  if (around.output.format() == Format::kText) {
    rows.write(output);
    return kStatusDone;
  }
  around.output.result(rows_header_to_json(path, rows));
  RowsToJson json([&](std::string_view row) { return rows.fields(row); }, output);
  rows.write(json);
  json.finish();
  return kStatusDone;
}

}  // namespace vya
