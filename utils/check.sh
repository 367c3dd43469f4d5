#!/usr/bin/env bash
# Builds everything and runs all test suites. The last line is
# 'N passed, N failed', summed over the suites.
source "$(dirname "$0")/common.sh"

# What each suite runs; every command closes with 'N passed, N failed'.
declare -A suites=(
  [format]="utils/format.sh"
  [lint]="utils/lint.py"
  [python]="utils/run_python.py utils"
  [unit]="utils/run_unit.py build/release/bin/AtleusUnitTests"
  [lit]="utils/run_lit.py build/release/test"
  [docs]="utils/generate_docs.py --check"
  [examples]="utils/check_examples.py build/release/bin/atleus-opt
    build/release/docs"
  [install]="utils/test_install.sh"
  [tidy]="utils/tidy.py"
)
order=(format lint python unit lit docs examples install tidy)
without_build=" format lint python "
# Longest time that a suite may take, in seconds.
limit=1500
passed=0
failed=0
child=''

usage() {
  cat <<EOF
usage: utils/check.sh [--only=SUITE[,SUITE...]]

Installs what is missing, builds everything with warnings as errors, and runs
the suites: ${order[*]}.
Logs are kept in build/check/.
EOF
}

# Waits for $child, the suite $1, and says each minute that it still runs.
wait_for_suite() {
  local start=$SECONDS
  while kill -0 "$child" 2>/dev/null; do
    sleep 0.2
    if ((SECONDS - start >= 60)); then
      echo "    $1 is still running"
      start=$SECONDS
    fi
  done
  wait "$child"
}

# Adds a suite's counts, from the last line of its log and its exit code.
count() {
  local log=$1 code=$2 ok=0 bad=0
  if [[ $(tail -n 1 "$log") =~ ^([0-9]+)' passed, '([0-9]+)' failed'$ ]]; then
    ok=${BASH_REMATCH[1]}
    bad=${BASH_REMATCH[2]}
  fi
  if ((code == 124)); then echo "stopped after $limit s" >>"$log"; fi
  if ((code != 0 && bad == 0 || ok + bad == 0)); then bad=1; fi
  ((passed += ok, failed += bad, 1))
  result="$ok passed, $bad failed"
  ((bad == 0))
}

# Runs the suite $1, whose command follows, and shows the log if it fails.
run_suite() {
  local name=$1 log=$root/build/check/$1.log start=$SECONDS code=0 result
  shift
  say "$name"
  (cd "$root" && exec timeout "$limit" "$@") >"$log" 2>&1 &
  child=$!
  wait_for_suite "$name" || code=$?
  child=''
  count "$log" "$code" || show_tail "$log" 150
  echo "    $name: $result, $((SECONDS - start)) s"
}

# Sets up and builds. Any failure there counts as one failed test.
prepare() {
  local start=$SECONDS
  if ! ("$root/utils/setup.sh" --tests); then
    failed=1
  elif [[ $1 ]] && ! (
    configure && build_targets all AtleusUnitTests atleus-docs
  ); then
    failed=1
  elif [[ $1 ]]; then
    ((++passed))
    echo "    build: 1 passed, 0 failed, $((SECONDS - start)) s"
  fi
}

# Prints the closing line, whatever happened.
finish() {
  local code=$?
  if [[ $child ]]; then kill "$child" 2>/dev/null || true; fi
  if ((code != 0 && failed == 0)); then failed=1; fi
  echo "$passed passed, $failed failed"
  exit "$((failed > 0))"
}

main() {
  local chosen=("${order[@]}") needs_build='' suite
  for argument; do
    case $argument in
    --only=*) IFS=, read -ra chosen <<<"${argument#*=}" ;;
    -h | --help) usage && exit ;;
    *) usage >&2 && die "unknown argument '$argument'" ;;
    esac
  done
  for suite in "${chosen[@]}"; do
    [[ ${suites[$suite]:-} ]] || die "unknown suite '$suite': ${order[*]}"
    [[ $without_build == *" $suite "* ]] || needs_build=1
  done
  trap finish EXIT
  trap 'exit 130' INT TERM
  mkdir -p "$root/build/check"
  prepare "$needs_build"
  ((failed == 0)) || exit 1
  for suite in "${chosen[@]}"; do
    # shellcheck disable=SC2086 # a command and its arguments
    run_suite "$suite" ${suites[$suite]}
  done
}

main "$@"
