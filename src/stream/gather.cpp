#include "stream/gather.h"

namespace vya {

void GatherSink::write(Bytes bytes) {
  if (held_.size() + bytes.size() > block_) flush();
  if (bytes.size() > block_) {
    next_.write(bytes);
  } else {
    held_.append(as_text(bytes));
  }
}

void GatherSink::finish() {
  flush();
  next_.finish();
}

void GatherSink::flush() {
  if (held_.empty()) return;
  next_.write(as_bytes(held_));
  held_.clear();
}

}  // namespace vya
