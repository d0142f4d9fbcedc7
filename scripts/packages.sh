# Debian's packages: only those that are missing, and without a trace but the packages themselves.
#
# Debian starts a server when its package is installed, and makes a default cluster. Neither may happen on
# somebody's machine because of our tests, so both are turned off for the moment of the installation, by
# Debian's own means, and everything is put back as it was.

BUILD_PACKAGES=(g++ cmake ninja-build pkg-config libpq-dev libmariadb-dev libzstd-dev libxxhash-dev libssl-dev libcli11-dev
  libyaml-cpp-dev nlohmann-json3-dev libfmt-dev libspdlog-dev)
SERVER_PACKAGES=(postgresql-15 mariadb-server-core mariadb-client-core) # the core packages: programs alone, no service
TEST_PACKAGES=(libgtest-dev ccache python3 openssl galera-4)
BROWSER_PACKAGES=(chromium)
CHECK_PACKAGES=(clang-tidy-19 clang-format-19)
FUZZ_PACKAGES=(clang-19 libclang-rt-19-dev)
BENCH_PACKAGES=(python3 gzip)
MYSQL_BENCH_PACKAGES=(mariadb-client mydumper python3-pymysql zstd)

POLICY=/usr/sbin/policy-rc.d
CLUSTER_CONF=/etc/postgresql-common/createcluster.conf

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

is_installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# need PACKAGE...: installs those that are missing.
need() {
  local missing=() package
  command -v dpkg-query >/dev/null || die "this needs Debian 12 (dpkg was not found); install by hand: $*"
  for package in "$@"; do is_installed "$package" || missing+=("$package"); done
  if [ ${#missing[@]} = 0 ]; then
    note "all $# packages are installed"
    return
  fi
  note "installing ${#missing[@]} of $#: ${missing[*]}"
  [ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
    die "these packages are missing, and there is neither root nor sudo to install them: ${missing[*]}"
  # In a subshell, so that its trap puts everything back whatever happens.
  (install_without_a_trace "${missing[@]}") ||
    die "cannot install ${missing[*]}; apt-get's own words are in $apt_log"
  note "installed in $((SECONDS - phase_started)) s"
}

apt_log=build/packages.log

apt_get() {
  quietly "$apt_log" as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y --no-install-recommends -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" || exit 1
}

install_without_a_trace() {
  trap put_back EXIT
  trap 'exit 130' INT TERM HUP
  apt_get update
  if [[ " $* " == *" postgresql-"[0-9]* ]]; then
    start_no_service
    apt_get install postgresql-common
    make_no_cluster
  fi
  apt_get install "$@"
}

start_no_service() {
  [ ! -e $POLICY ] || return 0
  policy_is_ours=1
  printf '#!/bin/sh\nexit 101\n' | as_root tee $POLICY >/dev/null
  as_root chmod 755 $POLICY
}

make_no_cluster() {
  cluster_conf_before=$(mktemp)
  cp $CLUSTER_CONF "$cluster_conf_before"
  echo 'create_main_cluster = false' | as_root tee -a $CLUSTER_CONF >/dev/null
}

put_back() {
  if [ -n "${cluster_conf_before-}" ]; then
    as_root tee $CLUSTER_CONF <"$cluster_conf_before" >/dev/null
    rm -f "$cluster_conf_before"
  fi
  [ -z "${policy_is_ours-}" ] || as_root rm -f $POLICY
}
