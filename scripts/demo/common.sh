# What the demos have in common: a private folder that goes at the end, phases, and claims that are checked.
#
# A demo sets PHASES before its first phase. Its server's process id is in `server` while one runs.

VYA=${VYA:-$here/../../build/vya}

fail() {
  echo "demo: $*" >&2
  exit 1
}

[ -x "$VYA" ] || fail "'$VYA' is not built; run ./dev demo"

work=$(mktemp -d /tmp/vya-demo-XXXXXX)
server=
clean_up() {
  [ -z "$server" ] || kill -QUIT "$server" 2>/dev/null || true
  wait
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP
chmod 711 "$work"
export VYA_CONFIG=$work/vya.yaml

# Servers refuse to run as root and then run as `postgres`. They get SIGQUIT when the demo dies.
as_server=(setpriv --pdeathsig QUIT)
[ "$(id -u)" != 0 ] || as_server+=(--reuid postgres --regid postgres --init-groups)

phase_now=0
phase() {
  phase_now=$((phase_now + 1))
  echo
  echo "[$phase_now/$PHASES] $*"
}

# ok SENTENCE: something that was checked and holds.
ok() { echo "  ok  $*"; }

# expect SENTENCE WANTED GOT
expect() {
  [ "$2" = "$3" ] || fail "expected that $1: wanted '$2', got '$3'"
  ok "$1"
}

# expect_refusal SENTENCE WORDS COMMAND...: the command must fail and say the words.
expect_refusal() {
  local sentence=$1 words=$2 said
  shift 2
  if said=$("$@" 2>&1); then fail "expected that $sentence, but it was done"; fi
  [[ $said == *"$words"* ]] || fail "expected that $sentence, but it failed otherwise: $said"
  ok "$sentence"
}

# make_folder NAME: where a server may write.
make_folder() {
  mkdir "$work/$1"
  [ "$(id -u)" != 0 ] || chown postgres "$work/$1"
}

# wait_for_server NAME COMMAND...: until the command works.
wait_for_server() {
  local name=$1 tries=600
  shift
  until "$@" >"$work/ready.log" 2>&1; do
    kill -0 "$server" 2>/dev/null && [ $((tries--)) -gt 0 ] || fail "the server did not start: $(tail -n 3 "$work/$name.log")"
    sleep 0.1
  done
}

# destroy_server NAME SIGNAL
destroy_server() {
  { kill "-$2" "$server" && wait "$server"; } 2>/dev/null || true
  server=
  rm -rf "${work:?}/$1"
  [ ! -e "$work/$1" ] || fail "the server's folder is still there"
}

# vya COMMAND...: the program, its words set off from ours.
vya() {
  "$VYA" "$@" 2>&1 | sed -u 's/^/      /' || fail "vya $1 ended with status ${PIPESTATUS[0]}"
}

# prove_and_report INSTANCE NAME: a drill of its newest backup, and the page that tells of it, whose path is in `report`.
prove_and_report() {
  vya drill "$1" | tee "$work/drilled"
  grep -q ': PASSED$' "$work/drilled" || fail "the drill did not pass"
  ok "measured recovery: $(sed -n 's/^ *recovery  //p' "$work/drilled")"
  [ -z "$(find "$work" -maxdepth 1 -name 'vya-drill-*')" ] || fail "the drill left its server's folder"
  ok "the server of the drill and its folder are gone"
  vya status
  report=$(dirname "$VYA")/demo-$2.html
  vya report --format html --output "$report"
  [ -s "$report" ] || fail "there is no report"
}

tenths_since() {
  local passed=$((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}))
  printf '%d.%d s' $((passed / 1000000)) $((passed / 100000 % 10))
}
