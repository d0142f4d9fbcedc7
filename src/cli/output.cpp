#include "cli/output.h"

#include "base/printable.h"
#include "cli/results.h"

namespace vya {

void Output::result(const std::string& text) {
  raw(format_ == Format::kJson ? text : printable(text));
}

void Output::raw(std::string_view bytes) {
  results_ << bytes << std::flush;
  if (!results_) throw Error(Fault::kStorage, "cannot write the result to standard output");
}

void Output::error(const Error& error) {
  warning(error);
  if (format_ == Format::kJson) results_ << error_to_json(error) << std::flush;
}

void Output::warning(const Error& error) {
  messages_ << "vya: " << printable(error.message()) << '\n';
  if (!error.hint().empty()) messages_ << "hint: " << printable(error.hint()) << '\n';
  messages_ << std::flush;
}

}  // namespace vya
