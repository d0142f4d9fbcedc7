// What a piece of code throws, as a value to look at.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "base/error.h"

namespace vya {

/// The Error that the work throws; the test fails when it throws none.
template <typename Work>
Error error_of(Work&& work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "no Error was thrown";
  return Error(Fault::kInternal, "");
}

}  // namespace vya
