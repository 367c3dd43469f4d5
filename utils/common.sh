# Functions shared by the scripts of this folder; to be sourced.
# shellcheck shell=bash
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export build=$root/build/release

# Says what happens now.
say() { printf '==> %s\n' "$*"; }

# Says what went wrong and gives up.
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Shows the last lines of a log file, indented.
show_tail() { tail -n "${2:-40}" "$1" | sed 's/^/    /' >&2; }

# Copies standard input to a log file and shows part of it: on a terminal
# ninja's own status line, elsewhere a status line every 15 seconds.
show_progress() {
  local log=$1 line next=0
  : >"$log"
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$log"
    [[ $line == \[* ]] || continue
    if [[ -t 1 ]]; then
      printf '\r\033[K%.*s' "$((${COLUMNS:-80} - 1))" "$line"
    elif ((SECONDS >= next)); then
      printf '    %s\n' "$line"
      next=$((SECONDS + 15))
    fi
  done
  if [[ -t 1 ]]; then printf '\r\033[K'; fi
}

# Configures the release preset unless that was done and is up to date.
# Warnings are errors in all scripts, so that they can share one build tree.
configure() {
  local log=$root/build/configure.log
  if [[ -f $build/build.ninja && ! $root/CMakePresets.json -nt \
    $build/build.ninja ]] &&
    grep -q '^ATLEUS_WERROR:[A-Z]*=ON$' "$build/CMakeCache.txt"; then
    return
  fi
  say "Configuring $build"
  mkdir -p "$root/build"
  (cd "$root" && cmake --preset release -DATLEUS_WERROR=ON) >"$log" 2>&1 ||
    { show_tail "$log" && die "cannot configure; the log is $log"; }
  touch "$build/build.ninja"
}

# Builds the given targets.
build_targets() {
  local log=$root/build/build.log
  say "Building $*"
  if ! NINJA_STATUS='[%f/%t] ' cmake --build "$build" --target "$@" 2>&1 |
    show_progress "$log"; then
    grep -nE -m 20 -A 6 '(error|FAILED):' "$log" | sed 's/^/    /' >&2 ||
      show_tail "$log"
    die "cannot build; the log is $log"
  fi
}
