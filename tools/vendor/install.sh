#!/bin/sh
# Brings portal/static/vendor to the versions of package-lock.json: minified files, licences, the base map, VENDORED.json.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=$here/../../portal/static/vendor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$work/"
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --silent)
from=$work/node_modules
rm -rf "$target" && mkdir -p "$target/leaflet/images" "$target/leaflet.markercluster" "$target/world-atlas"
cp "$from/leaflet/LICENSE" "$from/leaflet/dist/leaflet.css" "$target/leaflet/"
cp "$from"/leaflet/dist/images/*.png "$target/leaflet/images/"
cp "$from/leaflet.markercluster/MIT-LICENCE.txt" "$from/leaflet.markercluster/dist/MarkerCluster.css" "$target/leaflet.markercluster/"
# The notes that lead debuggers to the unminified files go, as those files are not shipped.
sed '/^\/\/# sourceMappingURL=/d' "$from/leaflet/dist/leaflet.js" > "$target/leaflet/leaflet.js"
sed '/^\/\/# sourceMappingURL=/d' "$from/leaflet.markercluster/dist/leaflet.markercluster.js" \
  > "$target/leaflet.markercluster/leaflet.markercluster.js"
cp "$from/world-atlas/LICENSE" "$target/world-atlas/"
python="${PYTHON:-python3}"
"$python" "$here/draw_base_map.py" "$from/world-atlas/countries-50m.json" "$target/world-atlas/europe.json"
"$python" "$here/record.py" "$here/package-lock.json" "$target"
