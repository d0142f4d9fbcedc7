# `./dev test --full`: everything that is too long for every day, as a whole or in parts.
source scripts/fuzz.sh

declare -A PHASES_OF=([lint]=2 [asan]=3 [tsan]=2 [fuzz]=1)

# test_full [PART...]: without one, all of them.
test_full() {
  local parts=("$@") part number=1
  [ $# -gt 0 ] || parts=(lint asan tsan fuzz)
  for part in "${parts[@]}"; do
    [ -n "${PHASES_OF[$part]-}" ] || die "unknown part '$part'; the parts are lint, asan, tsan and fuzz"
    number=$((number + PHASES_OF[$part]))
  done
  phases "$number"
  phase packages
  need "${BUILD_PACKAGES[@]}" "${SERVER_PACKAGES[@]}" "${TEST_PACKAGES[@]}" "${CHECK_PACKAGES[@]}" \
    "${FUZZ_PACKAGES[@]}"
  want_browser
  export VYA_TEST_TIMEOUT=${VYA_TEST_TIMEOUT:-3600} # soaks take longer than a test of every day may
  for part in "${parts[@]}"; do "full_$part"; done
  tally
}

full_lint() {
  phase formatting
  check_format
  phase clang-tidy
  count_step check_tidy
}

full_asan() {
  local major
  phase "other versions"
  fetch_postgres 17 trixie
  fetch_postgres 18 sid
  for major in 13 14 16; do fetch_postgres "$major"; done
  fetch_mysql mariadb trixie
  fetch_mysql mysql sid
  phase "address and undefined behaviour sanitizers: build"
  build_preset asan || exit 1
  phase "address and undefined behaviour sanitizers: tests"
  # Stories make their seeded moments and soaks ten times as many.
  VYA_FULL=1 run_tests asan
  unset VYA_POSTGRES VYA_MYSQL
}

# Where threads meet is the same with every version and at every seeded moment.
full_tsan() {
  phase "thread sanitizer: build"
  build_preset tsan || exit 1
  phase "thread sanitizer: tests"
  run_tests tsan
}

full_fuzz() {
  phase fuzzing
  fuzz_targets
}

# count_step COMMAND...: a check that counts as one test.
count_step() {
  if "$@"; then count 1 0 0; else count 0 1 0; fi
}

check_format() {
  local sources
  mapfile -t sources < <(find src tests bench -name '*.h' -o -name '*.cpp' 2>/dev/null | sort)
  count_step clang-format-19 --dry-run -Werror "${sources[@]}"
  note "${#sources[@]} files"
}

# Reads the compile commands only: nothing is compiled for it.
check_tidy() {
  local log=build/tidy.log
  cmake --preset tidy >"$log" 2>&1 || die "cannot configure build/tidy: $log"
  if ! run-clang-tidy-19 -p build/tidy -quiet -j "$(nproc)" '-warnings-as-errors=*' >"$log" 2>&1; then
    echo "dev: clang-tidy has found something; the log is $log:" >&2
    grep -E '(error|warning): ' "$log" | sort -u | head -n 20 >&2
    return 1
  fi
  note "looked at $(grep -c '] clang-tidy-19' "$log") files in $((SECONDS - phase_started)) s"
}

# fetch_postgres MAJOR [SUITE]: another version, unpacked into a folder that the server's user can enter too; without a
# suite the server alone, from npm. The tests find it through VYA_POSTGRES.
fetch_postgres() {
  local major=$1 suite=${2-} servers=${VYA_SERVERS:-/var/tmp/vya-servers-$(id -u)} log=build/postgresql-$1.log
  local root=$servers/postgresql-$major get=(scripts/get-postgres-server "$major" "$servers/postgresql-$major")
  [ -z "$suite" ] || get=(scripts/get-postgres "$major" "$suite" "$root")
  mkdir -p "$servers" build
  [ -O "$servers" ] || die "the folder '$servers' belongs to somebody else"
  if "${get[@]}" >"$log" 2>&1; then
    export VYA_POSTGRES=${VYA_POSTGRES:+$VYA_POSTGRES:}$root
    note "PostgreSQL $major from ${suite:-npm}"
  else
    skip "PostgreSQL $major cannot be had: $(tail -n 1 "$log")"
  fi
}

# fetch_mysql PRODUCT SUITE: the same for `mariadb` and `mysql`. The tests find it through VYA_MYSQL.
fetch_mysql() {
  local product=$1 suite=$2 servers=${VYA_SERVERS:-/var/tmp/vya-servers-$(id -u)} log=build/$1.log
  local root=$servers/$product-$suite
  mkdir -p "$servers" build
  [ -O "$servers" ] || die "the folder '$servers' belongs to somebody else"
  if scripts/get-mysql "$product" "$suite" "$root" >"$log" 2>&1; then
    export VYA_MYSQL=${VYA_MYSQL:+$VYA_MYSQL:}$root
    note "$product from $suite"
  else
    skip "$product of $suite cannot be had: $(tail -n 1 "$log")"
  fi
}
