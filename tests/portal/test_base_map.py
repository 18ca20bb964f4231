"""The base map that is shipped: whose land is whose, and that the files are those that were recorded."""

import json
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

VENDOR = Path(__file__).resolve().parent.parent.parent / "portal" / "static" / "vendor"
FEATURES = json.loads((VENDOR / "world-atlas" / "europe.json").read_text())["features"]


def is_inside(ring, latitude, longitude) -> bool:
    crossings = [
        longitude < x + (other_x - x) * (latitude - y) / (other_y - y)
        for (x, y), (other_x, other_y) in pairwise(ring)
        if (y > latitude) != (other_y > latitude)
    ]
    return sum(crossings) % 2 == 1


def countries_at(latitude, longitude) -> list[str]:
    return [
        feature["properties"]["name"]
        for feature in FEATURES
        if feature["properties"]["kind"] == "land"
        for outline, *holes in feature["geometry"]["coordinates"]
        if is_inside(outline, latitude, longitude) and not any(is_inside(hole, latitude, longitude) for hole in holes)
    ]


@pytest.mark.parametrize(
    ("latitude", "longitude", "country"),
    [
        (44.95, 34.10, "Ukraine"),  # Simferopol
        (45.30, 36.40, "Ukraine"),  # Kerch
        (45.04, 38.98, "Russia"),  # Krasnodar
        (35.20, 33.36, "Cyprus"),  # the north of Nicosia
        (34.90, 32.60, "Cyprus"),  # Paphos
        (42.66, 21.17, "Kosovo"),  # Pristina
        (54.68, 25.28, "Lithuania"),  # Vilnius
    ],
)
def test_a_place_lies_in_its_country(latitude, longitude, country):
    assert countries_at(latitude, longitude) == [country]


@pytest.mark.parametrize("place", [(71.0, -10.0), (67.0, -20.5), (68.0, -5.0), (70.5, 5.0), (43.0, 34.0)])
def test_the_sea_is_nobodys(place):
    assert countries_at(*place) == []


def lines(kind) -> list:
    return [
        point
        for feature in FEATURES
        if feature["properties"]["kind"] == kind
        for line in feature["geometry"]["coordinates"]
        for point in line
    ]


def test_no_border_is_drawn_across_ukraine_or_cyprus():
    assert not [(x, y) for x, y in lines("border") if 32 < x < 37 and 44 < y < 46.5]
    assert not [(x, y) for x, y in lines("border") if 32 < x < 35 and 34 < y < 36]


def test_the_disputed_line_is_that_between_kosovo_and_serbia():
    assert lines("disputed")
    assert all(20 < x < 22 and 42 < y < 43.4 for x, y in lines("disputed"))


def test_the_shipped_files_are_those_that_were_recorded():
    record = json.loads((VENDOR / "VENDORED.json").read_text())
    shipped = {str(path.relative_to(VENDOR)): path for path in VENDOR.glob("*/**/*") if path.is_file()}
    recorded = {f"{name}/{file}": digest for name, one in record.items() for file, digest in one["files"].items()}

    assert {name: sha256(path.read_bytes()).hexdigest() for name, path in shipped.items()} == recorded


def test_every_vendored_package_comes_with_its_licence():
    assert all(list(folder.glob("*LICEN*")) for folder in VENDOR.iterdir() if folder.is_dir())
