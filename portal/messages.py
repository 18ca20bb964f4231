"""The translation catalogues: compiled without gettext's tools, and checked for holes.

python -m portal.messages                 compile what changed
python -m portal.messages --check lt      tidy the catalogues and fail on a missing or fuzzy string
"""

import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"
VOLATILE = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Report-Msgid-Bugs-To", "Language-Team")


def compile_catalogues() -> int:
    """Write the .mo file beside each .po file that is newer; returns how many were written."""
    written = 0
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(compiled))
            written += 1
    return written


def holes(language: str) -> list[str]:
    """Tidy a catalogue's head, so that it changes only with its strings; return its missing and fuzzy strings."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.metadata = {name: value for name, value in catalogue.metadata.items() if name not in VOLATILE}
    catalogue.metadata |= {"Project-Id-Version": "Waymark", "Language": language}
    catalogue.save(str(path))
    return [
        f"{path.relative_to(LOCALE.parent)}:{entry.linenum}: {'fuzzy' if entry.fuzzy else 'missing'}: {entry.msgid!r}"
        for entry in catalogue
        if entry.fuzzy or not entry.translated()
    ]


def main(words: list[str]) -> int:
    """Compile, or check the named languages; returns the exit code."""
    if words[:1] != ["--check"]:
        compile_catalogues()
        return 0
    found = [line for language in words[1:] for line in holes(language)]
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
