#include "operation/row_writer.h"

namespace vya {

/// Where the rows come out of the fingerprint.
class RowWriter::Cutter final : public Sink {
 public:
  explicit Cutter(RowWriter& writer) : writer_(writer) {}
  void write(Bytes bytes) override { writer_.write(bytes); }
  void finish() override {}

 private:
  RowWriter& writer_;
};

RowWriter::RowWriter(BackupDraft& draft, Options options)
    : draft_(draft), options_(std::move(options)), cutter_(std::make_unique<Cutter>(*this)) {}

RowWriter::~RowWriter() = default;

Sink& RowWriter::begin(const Segment& segment) {
  current_ = StoredSegment{.segment = segment};
  at_row_end_ = true;
  fingerprint_ = std::make_unique<FingerprintSink>(*cutter_);
  return *fingerprint_;
}

StoredSegment RowWriter::end() {
  fingerprint_->finish();
  current_.fingerprint = fingerprint_->fingerprint();
  fingerprint_.reset();
  return std::move(current_);
}

void RowWriter::abandon() { fingerprint_.reset(); }

void RowWriter::close() {
  if (file_) finish_object();
}

void RowWriter::finish_object() {
  file_->finish();
  const FileRecord stored = file_->record();
  options_.stored({stored.path, file_->content_bytes(), stored.size, stored.sha256});
  file_.reset();
}

void RowWriter::write(Bytes bytes) {
  while (!bytes.empty()) {
    const std::uint64_t held = file_ ? file_->content_bytes() : 0;
    const std::uint64_t room = held < options_.most_bytes ? options_.most_bytes - held : 0;
    if (bytes.size() <= room) return put(bytes);

    const std::string_view text = as_text(bytes);
    std::size_t cut = room == 0 ? std::string_view::npos : text.rfind('\n', room - 1);
    if (cut == std::string_view::npos) {
      if (at_row_end_ && held > 0) {  // the next row does not fit, but a new object may hold it
        finish_object();
        continue;
      }
      cut = text.find('\n');  // a row longer than an object goes on to its end
      if (cut == std::string_view::npos) return put(bytes);
    }
    put(bytes.first(cut + 1));
    finish_object();
    bytes = bytes.subspan(cut + 1);
  }
}

void RowWriter::put(Bytes bytes) {
  if (!file_) {
    path_ = options_.path(piece_++);
    file_ = draft_.create(path_, options_.level);
  }
  if (current_.extents.empty() || current_.extents.back().object != path_) {
    current_.extents.push_back({.object = path_, .offset = file_->content_bytes(), .bytes = 0});
  }
  file_->write(bytes);
  current_.extents.back().bytes += bytes.size();
  at_row_end_ = as_text(bytes).back() == '\n';
}

}  // namespace vya
