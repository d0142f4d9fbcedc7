# What the scripts say: phases, a summary, and a clear sentence when something fails.

phases_all=0 phase_now=0

phases() { phases_all=$1 phase_now=0; }

# phase NAME: the next step begins.
phase() {
  phase_now=$((phase_now + 1))
  phase_started=$SECONDS
  echo "[$phase_now/$phases_all] $1"
}

# note SENTENCE: what came of a step.
note() { echo "      $*"; }

summary() { echo "done in $SECONDS s: $*"; }

die() {
  echo "dev: $*" >&2
  exit 1
}

# quietly LOG COMMAND...: the command's output goes into a file, and its end is shown when it fails. On a
# terminal it is shown at once.
quietly() {
  local log=$1 status=0
  shift
  mkdir -p "$(dirname "$log")"
  if [ -t 1 ]; then
    "$@" </dev/null 2>&1 | tee "$log" || status=$?
  else
    "$@" </dev/null >"$log" 2>&1 || status=$?
    [ $status = 0 ] || tail -n 60 "$log" >&2
  fi
  return $status
}

# nearest_folder PATH: the folder itself, or the nearest one above it that exists.
nearest_folder() {
  local path=$1
  while [ ! -d "$path" ]; do path=$(dirname "$path"); done
  echo "$path"
}
