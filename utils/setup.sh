#!/usr/bin/env bash
# Installs what Atleus needs and this machine lacks, on Debian 12.
source "$(dirname "$0")/common.sh"

core=(clang-22 lld-22 libmlir-22-dev mlir-22-tools llvm-22-dev cmake
  ninja-build ccache libprotobuf-dev protobuf-compiler libeigen3-dev
  libopenblas-dev zlib1g-dev libmimalloc-dev libgtest-dev libgmock-dev
  libbenchmark-dev)
tests=(clang-tidy-22 clang-format-22 python3 python3-jsonschema
  python3-numpy python3-onnx libonnx-testdata git)
asan=(libclang-rt-22-dev)

usage() {
  cat <<EOF
usage: utils/setup.sh [--tests] [--asan]

Installs the packages that building Atleus needs and that are missing.
  --tests  also what utils/check.sh needs: linters, Python and the npm packages
           of test/oracle and third_party/onnx (node 18 or newer)
  --asan   also the run-time libraries of the sanitizers (preset 'asan')
Set ATLEUS_SKIP_SETUP=1 to install nothing and go on.
EOF
}

# Stops unless this is a distribution whose packages are known.
check_distribution() {
  local file=${ATLEUS_OS_RELEASE:-/etc/os-release} name
  if grep -qx 'ID=debian' "$file" && grep -qx 'VERSION_ID="12"' "$file"; then
    return
  fi 2>/dev/null
  name=$(sed -n 's/^PRETTY_NAME="\(.*\)"$/\1/p' "$file" 2>/dev/null) || true
  die "this script supports Debian 12, and this is ${name:-another system}.
Install the equivalents of these packages by hand (LLVM and MLIR 22.1), then
run again with ATLEUS_SKIP_SETUP=1:
$(printf '  %s\n' "$@")"
}

# Prints those of the given packages that are not installed.
missing_packages() {
  local installed package
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" \
    2>/dev/null | sed -n 's/^installed //p') || true
  for package; do
    grep -qxF "$package" <<<"$installed" || printf '%s\n' "$package"
  done
}

# Stops unless the file system of folder $1 has $2 GB free for $3.
require_space() {
  local free
  free=$(df -Pk "$1" | awk 'NR == 2 { print int($4 / 1000000) }')
  ((free >= $2)) ||
    die "$3 needs $2 GB on the file system of $1, which has $free GB free"
}

# Runs a command as root, directly or with sudo.
as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  else
    sudo "$@"
  fi
}

require_root() {
  [[ $(id -u) == 0 ]] || command -v sudo >/dev/null ||
    die "installing packages needs root, and there is no sudo. Run as root:
  apt-get update && apt-get install --no-install-recommends $*"
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -o DPkg::Lock::Timeout=600 "$@"
}

# Reads apt's output, keeps it in a log, and shows a line now and then.
show_apt_progress() {
  local line fetched=0 set_up=0
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$1"
    case $line in
    Get:*) ((++fetched % 25)) || echo "    $fetched files downloaded" ;;
    'Setting up '*) ((++set_up % 25)) || echo "    $set_up packages set up" ;;
    esac
  done
}

# Another apt may hold the lock on the lists, for which apt does not wait.
update_lists() {
  local try
  for try in 1 2 3; do
    apt -qq update >>"$1" 2>&1 && return
    if ((try < 3)); then sleep 5; fi
  done
  echo "    the package lists could not be updated; trying the old ones"
}

install_packages() {
  local log=$root/build/setup.log
  require_root "$@"
  require_space /usr 3 "installing packages"
  mkdir -p "$root/build" && : >"$log"
  say "Installing $# packages: $*"
  update_lists "$log"
  if ! apt -q install -y --no-install-recommends "$@" 2>&1 |
    show_apt_progress "$log"; then
    show_tail "$log" 15
    die "cannot install the packages: is there a network, and do the package
sources have Debian 12's security updates (for LLVM 22)? The log is $log"
  fi
}

# Debian's node only where there is none: others are left as they are.
check_node() {
  local version
  if ! command -v node >/dev/null; then
    install_packages nodejs npm
  elif ! command -v npm >/dev/null; then
    install_packages npm
  fi
  version=$(node --version)
  version=${version#v}
  ((${version%%.*} >= 18)) ||
    die "node 18 or newer is needed, and $(command -v node) is $version"
}

# Installs the npm packages that the lock file of folder $1 names.
install_npm() {
  local folder=$root/$1 log=$root/build/npm.log stamp
  stamp=$folder/node_modules/.atleus-stamp
  [[ -f $folder/package-lock.json ]] || die "$1/package-lock.json is missing"
  if cmp -s "$folder/package-lock.json" "$stamp"; then return; fi
  check_node
  require_space "$root" 1 "installing npm packages"
  say "Installing the npm packages of $1${2:+ ($2)}"
  mkdir -p "$root/build"
  npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier \
    --prefix "$folder" >"$log" 2>&1 ||
    { show_tail "$log" 15 && die "npm failed: is there a network? See $log"; }
  cp "$folder/package-lock.json" "$stamp"
}

main() {
  local packages=("${core[@]}") with_tests='' missing
  for argument; do
    case $argument in
    --tests) with_tests=1 && packages+=("${tests[@]}") ;;
    --asan) packages+=("${asan[@]}") ;;
    -h | --help) usage && exit ;;
    *) usage >&2 && die "unknown argument '$argument'" ;;
    esac
  done
  if [[ ${ATLEUS_SKIP_SETUP:-} == 1 ]]; then
    say "Set-up is skipped (ATLEUS_SKIP_SETUP=1)"
    return
  fi
  check_distribution "${packages[@]}"
  mapfile -t missing < <(missing_packages "${packages[@]}")
  if ((${#missing[@]})); then install_packages "${missing[@]}"; fi
  [[ -f $build/build.ninja ]] || require_space "$root" 4 "building"
  if [[ $with_tests ]]; then
    install_npm third_party/onnx
    install_npm test/oracle "ONNX Runtime and trained models, 340 MB"
  fi
  say "Everything needed is installed"
}

main "$@"
