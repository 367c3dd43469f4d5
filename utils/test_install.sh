#!/usr/bin/env bash
# Installs a build to a temporary folder and uses it from there: runs the tools
# and builds the project of test/install with it.
# Closes with 'N passed, N failed'.
source "$(dirname "$0")/common.sh"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
prefix=$folder/prefix
passed=0
failed=0

# Runs the command that follows the name and counts it.
expect() {
  local name=$1
  shift
  if "$@" >"$folder/log" 2>&1; then
    : "$((++passed))"
  else
    : "$((++failed))"
    echo "FAILED: $name: $*"
    tail -n 30 "$folder/log" | sed 's/^/    /'
  fi
}

# The tools find what was installed with them: no path of this tree helps.
cd "$folder"
expect "install" cmake --install "$build" --prefix "$prefix"
expect "version" "$prefix/bin/atleus" --version
expect "machines" "$prefix/bin/atleus" machines
expect "reference tables" test -f "$prefix/share/atleus/reference/README.md"
expect "validation" "$prefix/bin/atleus" validate
expect "atleus-opt" "$prefix/bin/atleus-opt" --version
expect "atleus-translate" "$prefix/bin/atleus-translate" --version
expect "atleus-lsp-server" "$prefix/bin/atleus-lsp-server" --help
expect "configure the user's project" cmake -G Ninja -S "$root/test/install" \
  -B "$folder/user" -DCMAKE_PREFIX_PATH="$prefix" \
  -DCMAKE_CXX_COMPILER=clang++-22 -DCMAKE_C_COMPILER=clang-22
expect "build the user's project" cmake --build "$folder/user"
expect "run the user's program" "$folder/user/user"
echo "$passed passed, $failed failed"
((failed == 0))
