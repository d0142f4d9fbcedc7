# Building with CMake's workflow presets.

# build_preset NAME: configures and builds into build/NAME. Fails when that fails, having said so.
build_preset() {
  local log=build/$1.log
  export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}
  if ! quietly "$log" cmake --workflow --preset "$1"; then
    echo "dev: the $1 build failed; the log is $log" >&2
    return 1
  fi
  note "built build/$1 in $((SECONDS - phase_started)) s"
}

# The release program, at build/vya.
build_release() {
  build_preset release
  ln -sfn release/vya build/vya
}
