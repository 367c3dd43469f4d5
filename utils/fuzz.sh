#!/usr/bin/env bash
# Fuzzes the importer, the conversion to nn and the readers of IR.
source "$(dirname "$0")/common.sh"

minutes=30
targets=(bytes model module)
folder=$root/build/fuzz-corpus
failed=0

usage() {
  cat <<END
usage: utils/fuzz.sh [--minutes=N] [--target=NAME] [--corpus=DIR]

Builds the fuzz targets with AddressSanitizer and UndefinedBehaviorSanitizer
(preset 'fuzz') and runs them one after the other, each for its share of N
minutes (default: $minutes). What they find new grows the corpus in DIR (default:
build/fuzz-corpus), so that a later run goes on where this one ends.
  bytes    an ONNX file as bytes: import and conversion
  model    an ONNX file as messages: the same, but nearly always well-formed
  module   IR as text and as bytecode: parsing and conversion
The first inputs are the models of the tests and those in models/; with
libonnx-testdata installed, also ONNX's own node tests.

An input that crashes, hangs for 20 s or needs 2 GB is kept in DIR/found/NAME.
Run it alone with:  build/fuzz/bin/atleus-fuzz-NAME FILE
After the fix it belongs into test/fuzz/inputs, which the tests run.
The exit code is 1 when something was found.
END
}

# Copies the files of the tests that can be inputs of the target $1.
collect_seeds() {
  local seeds=$folder/seeds/$1 file
  mkdir -p "$seeds"
  if [[ $1 == module ]]; then
    (cd "$root" && find test machines -name node_modules -prune -o \
      -name '*.mlir' -size -64k -exec cp --parents -t "$seeds" {} +)
    return
  fi
  (cd "$root" && find models test/Inputs test/fuzz/inputs -name '*.onnx' \
    -size -256k -exec cp --parents -t "$seeds" {} +)
  while IFS= read -r file; do
    /usr/bin/python3 "$root/test/Inputs/make_onnx.py" "$file" \
      "$seeds/$(basename "$file" .test)" ||
      die "cannot make the models of $file"
  done < <(grep -rl --include='*.test' 'make_onnx.py %s' "$root/test")
  # The tests also make weights, folders and links, which libFuzzer cannot read.
  find "$seeds" ! -type d \( ! -type f -o ! -name '*.onnx' -o -size +256k \) \
    -delete
  # What is refused only after much work leaves no time for mutations.
  find "$seeds" \( -name nested-calls.onnx -o -name explosion.onnx \) -delete
  collect_node_tests "$seeds/node"
}

# Copies ONNX's node tests, if they are installed, to folder $1.
collect_node_tests() {
  local file
  mkdir -p "$1"
  while IFS= read -r file; do
    cp "$file" "$1/$(basename "$(dirname "$file")").onnx"
  done < <(dpkg -L libonnx-testdata 2>/dev/null |
    grep '/node/.*/model\.onnx$' || true)
}

# Writes the operators that have a rule as a dictionary of libFuzzer.
write_dictionary() {
  grep -rhoPz 'rules\.add\w*\(\s*"\K[A-Za-z]+' \
    "$root/lib/Conversion/ONNXToNN" | tr '\0' '\n' |
    sort -u | sed 's/.*/"&"/' >"$folder/operators.dict"
}

# Runs the target $1 for $2 seconds.
run_target() {
  local corpus=$folder/$1 found=$folder/found/$1
  mkdir -p "$corpus" "$found"
  collect_seeds "$1"
  say "Fuzzing $1 for $2 s"
  nice -n 19 "$root/build/fuzz/bin/atleus-fuzz-$1" \
    -max_total_time="$2" -timeout=20 -rss_limit_mb=2048 -malloc_limit_mb=1024 \
    -max_len=65536 -print_final_stats=1 -fork=1 -ignore_crashes=1 \
    -ignore_ooms=1 -ignore_timeouts=1 -dict="$folder/operators.dict" \
    -artifact_prefix="$found/" "$corpus" "$folder/seeds/$1" \
    >"$folder/$1.log" 2>&1 || true
  tail -n 1 "$folder/$1.log" | sed 's/^/    /'
  if [[ $(find "$found" -type f) ]]; then
    failed=1
    find "$found" -type f | sed 's/^/    found: /'
  fi
}

main() {
  for argument; do
    case $argument in
    --minutes=*) minutes=${argument#*=} ;;
    --target=*) targets=("${argument#*=}") ;;
    --corpus=*) folder=${argument#*=} ;;
    -h | --help) usage && exit ;;
    *) usage >&2 && die "unknown argument '$argument'" ;;
    esac
  done
  [[ $minutes =~ ^[1-9][0-9]*$ ]] ||
    die "--minutes needs a whole number of minutes, found '$minutes'"
  "$root/utils/setup.sh" --tests --asan
  say "Building the fuzz targets"
  mkdir -p "$folder"
  (cd "$root" && cmake --preset fuzz && cmake --build build/fuzz \
    --target atleus-fuzzers) >"$folder/build.log" 2>&1 ||
    { show_tail "$folder/build.log" && die "cannot build the fuzz targets"; }
  write_dictionary
  for target in "${targets[@]}"; do
    [[ -x $root/build/fuzz/bin/atleus-fuzz-$target ]] ||
      die "unknown target '$target': bytes, model or module"
    run_target "$target" $((minutes * 60 / ${#targets[@]}))
  done
  exit "$failed"
}

main "$@"
