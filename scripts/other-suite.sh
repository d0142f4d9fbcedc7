# Packages of another Debian suite, unpacked into a folder of their own. The system is not touched.
#
# apt works with lists, a cache and an empty dpkg status of its own, so it resolves all libraries too. Programs become
# scripts that start them with the unpacked loader and libraries, because the system's C library may be older than
# the one that the program was built with. What was unpacked once is kept by who calls: sid moves on.

# Not needed by servers and their clients, but named as dependencies by packages that are.
NOT_NEEDED='^(perl|libperl|libgdbm|libdb5|.*-base$|libllvm|postgresql-[0-9]+-jit|.*-common$|adduser|passwd|debconf'
NOT_NEEDED+='|locales|libc-bin|ssl-cert|login|sysvinit|systemd|dpkg|tar$|sed$|grep$|coreutils|util-linux|mount$'
NOT_NEEDED+='|openssl$|netbase|ucf|sensible-utils|logsave|e2fsprogs|init-system-helpers|libjson|clang|binutils|libz3'
NOT_NEEDED+='|libc-gconv|media-types|psmisc|lsof|procps)'

ALONE=() # packages that are unpacked too, without what they need

# unpack_packages SUITE ROOT PACKAGE...: the packages and what they need, in the folder ROOT.
unpack_packages() {
  local suite=$1 root=$2 mirror packages package
  shift 2
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/debs"
  touch "$work/status"
  mirror=$(sed -n 's/^URIs: *\(\S*\/debian\)\/\?$/\1/p; s/^deb \(\[[^]]*\] \)\?\(\S*\/debian\)\/\? .*/\2/p' \
    /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1 || true)
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:-http://deb.debian.org/debian} $suite main" \
    >"$work/sources.list"
  own_apt update
  packages=$(own_apt -s install "$@" | awk '/^Inst/ { print $2 }' | grep -Ev "$NOT_NEEDED")
  [ -n "$packages" ] || { echo "$suite has no $*" >&2 && exit 1; }
  (cd "$work/debs" && own_apt download $packages "${ALONE[@]}")
  rm -rf "$root"
  mkdir -p "$root"
  for package in "$work"/debs/*.deb; do
    dpkg --fsys-tarfile "$package" | tar -x -C "$root" --no-same-owner --exclude='./usr/share/doc*' \
      --exclude='./usr/share/man*' --exclude='./usr/lib/postgresql/*/lib/bitcode*'
  done
}

own_apt() {
  apt-get -qq -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::State::lists="$work/lists" -o Dir::State::status="$work/status" -o Dir::Cache="$work/cache" \
    -o APT::Install-Recommends=false -o Acquire::Languages=none -o Acquire::Check-Valid-Until=false \
    -o APT::Sandbox::User= -o Debug::NoLocking=true "$@"
}

# wrap_programs ROOT PROGRAM...: each becomes a script that starts it with the loader and libraries in ROOT.
wrap_programs() {
  local root=$1 loader libraries program
  shift
  loader=$(find "$root" -name 'ld-linux-x86-64.so.2' | head -n 1)
  [ -n "$loader" ] || { echo "no loader among the unpacked files" >&2 && exit 1; }
  libraries=$root/usr/lib/x86_64-linux-gnu:$root/usr/lib/x86_64-linux-gnu/libproto
  for program in "$@"; do
    [ "$(head -c 4 "$program" | tail -c 3)" = ELF ] && [ ! -L "$program" ] || continue
    mv "$program" "$program.real"
    printf '#!/bin/bash\nexec %q --argv0 "$0" --library-path %q %q "$@"\n' \
      "$loader" "$libraries" "$program.real" >"$program"
    chmod 755 "$program"
  done
}
