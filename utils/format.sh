#!/usr/bin/env bash
# Checks that C++ files are formatted; with --fix it formats them.
# Closes with 'N passed, N failed'.
source "$(dirname "$0")/common.sh"

cd "$root"
mapfile -t files < <(git ls-files -co --exclude-standard '*.cpp' '*.h')
if [[ ${1:-} == --fix ]]; then
  clang-format-22 -i "${files[@]}"
fi
failed=0
for file in "${files[@]}"; do
  [[ -f $file ]] || continue
  if ! clang-format-22 --dry-run -Werror "$file" >/dev/null 2>&1; then
    echo "$file: not formatted; run utils/format.sh --fix"
    : "$((++failed))"
  fi
done
echo "$((${#files[@]} - failed)) passed, $failed failed"
((failed == 0))
