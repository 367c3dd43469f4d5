#!/usr/bin/env bash
# Draws the pictures of the README anew: the schedules of the vision transformer
# of the demo and of BERT-base, and where BERT-base lies on the machine.
source "$(dirname "$0")/common.sh"

configure
build_targets atleus atleus-translate

models=${XDG_CACHE_HOME:-$HOME/.cache}/atleus/models
"$root/models/make.py" bert-base --output-dir "$models"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# Compiles a model and draws it with each of the exports.
draw() { # NAME MODEL EXPORT...
  local name=$1 model=$2 what suffix
  shift 2
  "$build/bin/atleus" compile "$model" -o "$folder/$name" >"$folder/$name.log"
  for what in "$@"; do
    suffix=
    [[ $what == export-svg ]] || suffix=-placement
    "$build/bin/atleus-translate" "--$what" "$folder/$name/model.mlir" \
      -o "$root/docs/images/$name$suffix.svg"
    say "Wrote docs/images/$name$suffix.svg"
  done
}

cd "$root"
draw digits-vit models/digits-vit/digits-vit.onnx export-svg
exports=(export-svg)
if "$build/bin/atleus-translate" --help | grep -q -- --export-placement-svg; then
  exports+=(export-placement-svg)
fi
draw bert-base "$models/bert-base-layers12-seq128-opset14.onnx" "${exports[@]}"
