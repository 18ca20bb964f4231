"""What the house promises and a reader of the diff could miss."""

import ast
import re
from pathlib import Path

import polib
import pytest

from portal.messages import path_of

ROOT = Path(__file__).resolve().parent.parent.parent
STATIC = ROOT / "portal" / "static" / "portal"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if not {"emails", "documents"} & set(path.parts)]
APPS = ["badges", "cms", "organisers", "pathways", "portal", "quality_label", "reports"]
CODE = sorted(
    path for app in APPS for path in (ROOT / app).rglob("*.py") if path.parent != ROOT / "portal" / "fetching"
)
WAYS_OUT = r"(aiohttp|http\.client|httpcore|httpx|requests|socket\.create_connection|urllib3|urllib\.request)\b"
STYLES = sorted((STATIC / "css").rglob("*.css"))
MODULES = sorted((STATIC / "js").glob("*.js"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_has_no_inline_style_or_script(path):
    text = path.read_text()

    assert not re.search(r"""\sstyle\s*=|<style|\son[a-z]+\s*=\s*["']|javascript:""", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*json)", text)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_stylesheet_keeps_the_rules(path):
    text = path.read_text()

    assert "!important" not in text
    assert not re.search(r"(^|[},\s])#[a-zA-Z][\w-]*\s*[{,]", re.sub(r"#[0-9A-Fa-f]{3,8}\b", "", text))
    assert not re.search(r"\b(margin|padding|border)-(left|right|top|bottom)\b", text)


# framed.css by the seal, inside other people's pages; map.css by pages with a map; place.css by the editor
LOADED_ALONE = {"portal.css", "framed.css", "map.css", "place.css"}


def test_every_stylesheet_is_imported_once():
    imported = re.findall(r'url\("([^"]+)"\)', (STATIC / "css" / "portal.css").read_text())

    assert sorted(imported) == sorted(
        str(path.relative_to(STATIC / "css")) for path in STYLES if path.name not in LOADED_ALONE
    )


def test_there_are_ten_utilities_at_most():
    names = re.findall(r"^\.([a-z-]+)", (STATIC / "css" / "utilities.css").read_text(), re.MULTILINE)

    assert len(names) <= 10


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_module_is_short(path):
    assert len(path.read_text().splitlines()) <= 60


def test_nobody_but_the_one_door_asks_foreign_sites():
    named = {
        (str(path.relative_to(ROOT)), name)
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        for name in _names(node)
        if re.match(WAYS_OUT, name)
    }

    assert named == set()


def _names(node):
    """Return the full names that a piece of code brings in or uses."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    calls_a_machine = isinstance(node, ast.Attribute) and ast.unparse(node) == "socket.create_connection"
    return ["socket.create_connection"] if calls_a_machine else []


def test_readers_are_told_of_my_badges_and_of_no_backpack():
    words = re.compile(
        r"""(?:\btranslate\s+|\b_\(\s*|\bgettext\w*\(\s*)"[^"]*\bbackpack\b|blocktranslate[^%]*%\}[^{]*\bbackpack\b"""
    )
    templates = [path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt")]

    assert [str(path.relative_to(ROOT)) for path in [*templates, *CODE] if words.search(path.read_text())] == []


def test_no_lithuanian_sentence_ends_with_two_points_after_a_date():
    catalogue = polib.pofile(str(path_of("lt")))
    said = [text for entry in catalogue for text in [entry.msgstr, *entry.msgstr_plural.values()]]

    assert [text for text in said if re.search(r"%\((day|end|last|first|admit)\)s\.", text)] == []
