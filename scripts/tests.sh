# Running the tests and counting what came of them.

passed=0 failed=0 skipped=0

count() { passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3)); }

# skip SENTENCE: something that should be tested cannot be here. Said aloud, because a test that did not run
# proves nothing.
skip() {
  echo "      NOT TESTED: $*"
  count 0 0 1
}

# want_browser: for the tests that open the HTML report. Without one they are left out, and say so.
want_browser() {
  (need "${BROWSER_PACKAGES[@]}") || skip "the HTML report in a browser: chromium cannot be had"
}

# run_tests PRESET [CTEST ARGUMENT...]: runs the tests of build/PRESET and counts them.
run_tests() {
  local preset=$1 counts
  local report=$PWD/build/$preset/tests.xml
  shift
  rm -f "$report"
  # The report says which tests failed, also when ctest itself says only that some did.
  sanitizer_options ctest --test-dir "build/$preset" --output-on-failure --no-tests=error -j2 \
    --timeout "${VYA_TEST_TIMEOUT:-600}" --output-junit "$report" "$@" </dev/null || true
  counts=$(python3 scripts/count_tests.py "$report") || die "the tests of build/$preset did not run"
  count $counts
  note "tests of build/$preset took $((SECONDS - phase_started)) s"
}

sanitizer_options() {
  ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1 \
    UBSAN_OPTIONS=print_stacktrace=1 TSAN_OPTIONS=halt_on_error=1 "$@"
}

# tally: the last line, and the exit status that belongs to it.
tally() {
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}

test_daily() {
  phases 3
  phase packages
  need "${BUILD_PACKAGES[@]}" "${SERVER_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
  want_browser
  phase build
  build_preset asan
  phase tests
  run_tests asan
  tally
}
