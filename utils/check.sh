#!/usr/bin/env bash
# Builds everything and runs all test suites. The last line is
# 'N passed, N failed', summed over the suites.
source "$(dirname "$0")/common.sh"

# What each suite runs; every command closes with 'N passed, N failed'.
declare -A suites=(
  [format]="utils/format.sh"
  [lint]="utils/lint.py"
  [python]="utils/run_python.py utils models/jargon-gpt"
  [unit]="utils/run_unit.py build/release/bin/AtleusUnitTests"
  [lit]="utils/run_lit.py build/release/test"
  [nodes]="utils/run_node_tests.py"
  [docs]="utils/generate_docs.py --check"
  [examples]="utils/check_examples.py build/release/bin/atleus-opt
    build/release/docs"
  [install]="utils/test_install.sh"
  # What ships; utils/tidy.py alone also looks at the tests.
  [tidy]="utils/tidy.py dialects lib tools bench"
)
order=(format lint python unit lit nodes docs examples install tidy)
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

# Builds everything, which counts as one test.
build_all() {
  local start=$SECONDS result="1 passed, 0 failed" code=0
  (configure && build_targets all AtleusUnitTests atleus-docs) || code=$?
  if ((code)); then
    result="0 passed, 1 failed"
    ((++failed))
  else
    ((++passed))
  fi
  echo "    build: $result, $((SECONDS - start)) s"
  return "$code"
}

# Whether the suite $1 looks at what was built.
needs_build() { [[ $without_build != *" $1 "* ]]; }

# Prints the closing line, whatever happened.
finish() {
  local code=$?
  if [[ $child ]]; then kill "$child" 2>/dev/null || true; fi
  if ((code != 0 && failed == 0)); then failed=1; fi
  echo "$passed passed, $failed failed"
  exit "$((failed > 0))"
}

main() {
  local chosen=("${order[@]}") suite wanted='' built=''
  for argument; do
    case $argument in
    --only=*) IFS=, read -ra chosen <<<"${argument#*=}" ;;
    -h | --help) usage && exit ;;
    *) usage >&2 && die "unknown argument '$argument'" ;;
    esac
  done
  for suite in "${chosen[@]}"; do
    [[ ${suites[$suite]:-} ]] || die "unknown suite '$suite': ${order[*]}"
    if needs_build "$suite"; then wanted=1; fi
  done
  trap finish EXIT
  trap 'exit 130' INT TERM
  exec 2>&1
  mkdir -p "$root/build/check"
  "$root/utils/setup.sh" --tests
  if [[ $wanted ]] && build_all; then built=1; fi
  for suite in "${chosen[@]}"; do
    if [[ ! $built ]] && needs_build "$suite"; then
      echo "    $suite: not run"
      continue
    fi
    # shellcheck disable=SC2086 # a command and its arguments
    run_suite "$suite" ${suites[$suite]}
  done
}

main "$@"
