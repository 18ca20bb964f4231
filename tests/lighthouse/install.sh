#!/bin/sh
# Installs Lighthouse beside the script that runs it: install.sh [DIRECTORY], by default var/lighthouse.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
target=${1:-$here/../../var/lighthouse}
mkdir -p "$target"
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$here/measure.mjs" "$target/"
stamp=$(sha256sum < "$here/package-lock.json" | cut -d' ' -f1)
if [ "$(cat "$target/stamp" 2>/dev/null)" != "$stamp" ]; then
    (cd "$target" && npm ci --ignore-scripts --no-audit --no-fund --silent)
    echo "$stamp" > "$target/stamp"
fi
