"""The translation catalogues: compiled without gettext's tools, and checked for holes.

python -m portal.messages                 compile what changed
python -m portal.messages --check lt      tidy the catalogues and fail on a missing or fuzzy string
python -m portal.messages --begun it      tidy the catalogues and say how far they are
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


def path_of(language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def tidied(language: str) -> polib.POFile:
    """Return a catalogue whose head was tidied, so that it changes only with its strings."""
    path = path_of(language)
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.metadata = {name: value for name, value in catalogue.metadata.items() if name not in VOLATILE}
    catalogue.metadata |= {"Project-Id-Version": "Waymark", "Language": language}
    catalogue.save(str(path))
    return catalogue


def holes(language: str) -> list[str]:
    """Return the missing and fuzzy strings of a catalogue, and where they stand."""
    place = path_of(language).relative_to(LOCALE.parent)
    return [
        f"{place}:{entry.linenum}: {'fuzzy' if entry.fuzzy else 'missing'}: {entry.msgid!r}"
        for entry in tidied(language)
        if entry.fuzzy or not entry.translated()
    ]


def share(language: str) -> str:
    """Return in words how far a catalogue is."""
    catalogue = tidied(language)
    return f"{language}: {len(catalogue.translated_entries())} of {len(catalogue)} strings"


def main(words: list[str]) -> int:
    """Compile, or check the named languages; returns the exit code."""
    task, *languages = words or [""]
    if task == "--begun":
        sys.stdout.write("".join(f"{share(language)}\n" for language in languages))
        return 0
    if task == "--check":
        found = [line for language in languages for line in holes(language)]
        sys.stdout.write("".join(f"{line}\n" for line in found))
        return int(bool(found))
    compile_catalogues()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
