#!/usr/bin/env bash
# Regenerates the generated pages of docs/; with --check only compares them.
source "$(dirname "$0")/common.sh"

configure
build_targets atleus atleus-docs
exec "$root/utils/generate_docs.py" "$@"
