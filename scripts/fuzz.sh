# Fuzzing: each target of tests/fuzz with libFuzzer for some time, as many at once as there are cores.
#
# What a target found to lead to new places stays in build/fuzz/corpus, and the next run begins with it.

# fuzz_targets: builds the preset `fuzz` and runs its targets; each counts as one test.
fuzz_targets() {
  local target name
  local -A running=()
  if ! build_preset fuzz; then
    count 0 1 0
    return
  fi
  mkdir -p build/fuzz/found
  for target in build/fuzz/tests/fuzz/fuzz_*; do
    name=${target##*/fuzz_}
    while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do sleep 1; done
    fuzz "$target" "$name" >"build/fuzz/found/$name.log" 2>&1 </dev/null &
    running[$name]=$!
  done
  for name in "${!running[@]}"; do count_step fuzzed_well "$name" "${running[$name]}"; done
}

# fuzz TARGET NAME: for VYA_FUZZ_SECONDS. libFuzzer has been seen to hang while it reports too much memory.
fuzz() {
  local target=$1 name=$2 seconds=${VYA_FUZZ_SECONDS:-60} dictionary=tests/fuzz/dictionaries/$2.dict
  local options=(-max_total_time="$seconds" -rss_limit_mb=512 -timeout=10
    -artifact_prefix="build/fuzz/found/$name-")
  [ ! -f "$dictionary" ] || options+=(-dict="$dictionary")
  mkdir -p "build/fuzz/corpus/$name"
  sanitizer_options timeout -k 5 $((seconds + 120)) "$target" "${options[@]}" "build/fuzz/corpus/$name" "tests/fuzz/corpus/$name"
}

# fuzzed_well NAME PID: waits for the target and says what came of it.
fuzzed_well() {
  local name=$1 log=build/fuzz/found/$1.log input
  if wait "$2"; then
    note "$name: $(sed -n 's/^Done \([0-9]*\) runs in \([0-9]*\) .*/\1 runs in \2 s/p' "$log")," \
      "coverage $(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)"
    return
  fi
  input=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
  echo "dev: the fuzz target $name failed; the input is ${input:-nowhere}, the log is $log" >&2
  return 1
}
