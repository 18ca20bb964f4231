"""Styles and scripts as they are sent: one file of each."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client

from portal.ui.joining import JOINED, SOURCES, join_files, joined

STYLES, SCRIPTS = JOINED


def test_every_style_is_in_the_layer_it_is_imported_into():
    source = (SOURCES / STYLES).read_text()

    whole = joined(SOURCES / STYLES)

    assert "@import" not in whole
    assert whole.startswith("@layer tokens, base, layout, components, utilities;")
    for name, layer in re.findall(r'@import url\("(.+)"\) layer\((\w+)\)', source):
        assert f"@layer {layer} {{\n{(SOURCES / STYLES).parent.joinpath(name).read_text()}}}" in whole


def test_no_style_sheet_is_forgotten():
    imported = set(re.findall(r'@import url\("(.+)"\)', (SOURCES / STYLES).read_text()))
    folder = (SOURCES / STYLES).parent

    assert imported == {
        str(path.relative_to(folder))
        for path in folder.rglob("*.css")
        if path.name not in {"portal.css", "framed.css", "map.css", "place.css"}
    }


def test_scripts_that_are_joined_can_stand_in_a_block():
    names = re.findall(r'import "\./(.+)";', (SOURCES / SCRIPTS).read_text())

    whole = joined(SOURCES / SCRIPTS)

    assert len(names) > 5
    for name in names:
        script = (SOURCES / SCRIPTS).with_name(name).read_text()
        assert not re.search(r"^\s*(import|export)\b", script, re.MULTILINE), name
        assert f"{{\n{script}}}" in whole


def test_the_joined_file_is_what_is_sent(settings, tmp_path):
    settings.JOINED_ROOT = tmp_path
    settings.STATICFILES_DIRS = [tmp_path]
    finders.get_finder.cache_clear()

    join_files()

    assert Path(finders.find(STYLES)) == tmp_path / STYLES
    assert "@import" not in (tmp_path / STYLES).read_text()
    assert gzip.decompress((tmp_path / f"{STYLES}.gz").read_bytes()) == (tmp_path / STYLES).read_bytes()
    client = Client(headers={"accept-encoding": "gzip"})
    assert client.get(f"/static/{STYLES}")["Content-Encoding"] == "gzip"
    finders.get_finder.cache_clear()
