"""Draws the base map from world-atlas: land by country, the borders between, and the lines that are in dispute.

The choices made here are written down in docs/map.md.
"""

import json
import sys
from collections import defaultdict
from itertools import groupby, pairwise
from pathlib import Path

WEST, SOUTH, EAST, NORTH = FRAME = (-25.0, 33.0, 46.0, 72.0)
DECIMALS = 2
PART_OF = {"N. Cyprus": "Cyprus"}  # the source names them apart
MOVED = [("Russia", "Ukraine", (32.0, 44.0, 37.0, 46.5))]  # Crimea: from, to, and where it lies
DISPUTED = {frozenset({"Kosovo", "Serbia"})}


def main(source: Path, target: Path) -> None:
    atlas = json.loads(source.read_text())
    arcs = [list(_points(arc, atlas["transform"])) for arc in atlas["arcs"]]
    land, beside = defaultdict(list), defaultdict(set)
    for geometry in atlas["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            rings = [_ring(ring, arcs) for ring in polygon]
            owner = _owner(name, rings[0])
            for arc in (number if number >= 0 else ~number for ring in polygon for number in ring):
                beside[arc].add((owner, name))
            if clipped := [ring for ring in map(_clipped, rings) if ring]:
                land[owner].append(clipped)
    lines = {"border": [], "disputed": []}
    for number, sides in beside.items():
        owners = frozenset(owner for owner, _name in sides)
        if len(owners) == 2:
            lines["disputed" if owners in DISPUTED else "border"].extend(_inside(arcs[number]))
    features = [
        _feature({"kind": "land", "name": name}, "MultiPolygon", polygons) for name, polygons in sorted(land.items())
    ] + [_feature({"kind": kind}, "MultiLineString", found) for kind, found in lines.items()]
    target.write_text(json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")) + "\n")


def _points(arc, transform):
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield tuple(
            part * scale + shift
            for part, scale, shift in zip((x, y), transform["scale"], transform["translate"], strict=True)
        )


def _ring(numbers, arcs):
    ring = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(points[1:] if ring else points)
    if any(abs(one[0] - other[0]) > 180 for one, other in pairwise(ring)):  # it goes on across 180°
        ring = [(x + 360 if x < 0 else x, y) for x, y in ring]
    return ring


def _owner(name, outline):
    for source, owner, (west, south, east, north) in MOVED:
        if name == source and all(west <= x <= east and south <= y <= north for x, y in outline):
            return owner
    return PART_OF.get(name, name)


def _clipped(ring):
    """Return a ring cut off at the frame, by Sutherland and Hodgman; None where nothing is left."""
    for axis, limit, sign in [(0, WEST, 1), (0, EAST, -1), (1, SOUTH, 1), (1, NORTH, -1)]:
        kept = []
        for one, other in pairwise([*ring, ring[0]]):
            for_one, for_other = (one[axis] - limit) * sign, (other[axis] - limit) * sign
            if for_one >= 0:
                kept.append(one)
            if (for_one >= 0) != (for_other >= 0):
                share = for_one / (for_one - for_other)
                kept.append(tuple(a + (b - a) * share for a, b in zip(one, other, strict=True)))
        ring = kept
        if not ring:
            return None
    points = _rounded([*ring, ring[0]])
    return points if len(points) > 3 else None


def _inside(line):
    """Return the parts of a line that lie in the frame."""
    runs = groupby(line, lambda point: WEST <= point[0] <= EAST and SOUTH <= point[1] <= NORTH)
    parts = (_rounded(list(points)) for is_inside, points in runs if is_inside)
    return [part for part in parts if len(part) > 1]


def _rounded(points):
    rounded = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in points]
    return [point for point, _again in groupby(rounded)]


def _feature(properties, kind, coordinates):
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
