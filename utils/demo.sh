#!/usr/bin/env bash
# From a clean clone to a mapped model: installs what is missing, builds the
# compiler, and maps a small vision transformer onto the machine @atleus.
source "$(dirname "$0")/common.sh"

if (($#)); then
  echo "usage: utils/demo.sh    (writes to out/)"
  [[ $1 == -h || $1 == --help ]] || exit 1
  exit
fi

"$root/utils/setup.sh"
configure
build_targets atleus

cd "$root"
command=(build/release/bin/atleus compile models/digits-vit/digits-vit.onnx
  --machine=atleus -o out/)
say "${command[*]}"
"${command[@]}"
say "Files written"
find out -maxdepth 1 -type f -printf '%10s bytes  %p\n' | sort -k3
