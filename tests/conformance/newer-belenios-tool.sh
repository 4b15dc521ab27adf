#!/usr/bin/env bash
# Unpacks the belenios-tool of a newer Debian with its libraries beside the system (nothing is installed), and prints the path
# of a program that runs it. The first argument is the folder to unpack into, the second Debian's name (trixie).
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
suite=${2:-trixie}
root=$folder/$suite
program=$folder/belenios-tool-$suite
keys=/usr/share/keyrings/debian-archive-keyring.gpg

if [ ! -x "$program" ]; then
  mkdir -p "$folder"/{lists/partial,cache/archives/partial,state} "$root"
  echo "deb [signed-by=$keys] http://deb.debian.org/debian $suite main" > "$folder/sources.list"
  : > "$folder/state/status"
  options=(-o "Dir::Etc::sourcelist=$folder/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$folder/lists"
    -o "Dir::Cache=$folder/cache" -o "Dir::State::status=$folder/state/status" -o APT::Install-Recommends=0 -o APT::Sandbox::User=root)
  apt-get "${options[@]}" -qq update >&2
  apt-get "${options[@]}" -qq install -y --download-only belenios-tool >&2
  for package in "$folder"/cache/archives/*.deb; do dpkg-deb -x "$package" "$root"; done
  loader=$(find "$root" -name 'ld-linux-*.so.*' | head -n 1)
  libraries=$(dirname "$(find "$root" -name libc.so.6 | head -n 1)")
  printf '#!/bin/sh\nexec "%s" --library-path "%s" "%s/usr/bin/belenios-tool" "$@"\n' "$loader" "$libraries" "$root" > "$program"
  chmod +x "$program"
fi
"$program" --version >&2
echo "$program"
