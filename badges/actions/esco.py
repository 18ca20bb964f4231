"""Loading the European classification of skills, ESCO, from its official tables."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from badges.models import EscoLabel, EscoSkill
from badges.models.skill import ESCO_PREFIX, folded
from portal.audit.log import record
from portal.versions import PUBLISHED, renew

EXCERPT = Path(__file__).resolve().parent.parent / "esco" / "skills_en.csv"
COLUMNS = ("conceptUri", "preferredLabel", "altLabels")
CHUNK = 500


class BadTable(Exception):
    """The table cannot be read; the message names the line."""


@transaction.atomic
def load_esco(lines: Iterable[str], *, by, language: str = "en") -> int:
    """Take over a table of skills in one language; what is known already is brought up to date.

    Reads line by line; a fault on any line leaves everything as it was. Raises BadTable.
    """
    count, chunk = 0, {}
    for uri, label, searched in rows(lines):
        chunk[uri] = label, searched
        if len(chunk) == CHUNK:
            count += keep(chunk, language)
            chunk = {}
    count += keep(chunk, language)
    record("badges.esco.load", by=by, facts={"language": language, "skills": count})
    return count


def load_excerpt(*, by) -> int:
    """Load the bundled excerpt where there are no skills at all."""
    if EscoSkill.objects.exists():
        return 0
    with EXCERPT.open(encoding="utf-8", newline="") as lines:
        return load_esco(lines, by=by)


def rows(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Return address, name and searched words of each line."""
    table = csv.DictReader(lines)
    if missing := [name for name in COLUMNS if name not in (table.fieldnames or [])]:
        raise BadTable(_("Line 1: the column %(names)s is missing.") % {"names": ", ".join(missing)})
    line = table.line_num + 1
    for row in table:
        uri, label = (row["conceptUri"] or "").strip(), (row["preferredLabel"] or "").strip()
        if not uri.startswith(ESCO_PREFIX) or len(uri) > 200:
            raise BadTable(_("Line %(line)d: “%(uri)s” is not an ESCO address.") % {"line": line, "uri": uri[:80]})
        if not label or len(label) > 200:
            raise BadTable(_("Line %(line)d: the name is empty or longer than 200 characters.") % {"line": line})
        yield uri, label, folded(f"{label} {row['altLabels'] or ''}")
        line = table.line_num + 1


def keep(chunk: dict[str, tuple[str, str]], language: str) -> int:
    """Write a handful of skills."""
    EscoSkill.objects.bulk_create([EscoSkill(uri=uri) for uri in chunk], ignore_conflicts=True)
    keys = dict(EscoSkill.objects.filter(uri__in=chunk).values_list("uri", "pk"))
    EscoLabel.objects.bulk_create(
        [
            EscoLabel(skill_id=keys[uri], language=language, label=label, searched=searched)
            for uri, (label, searched) in chunk.items()
        ],
        update_conflicts=True,
        unique_fields=["skill", "language"],
        update_fields=["label", "searched"],
    )
    renew(PUBLISHED)
    return len(chunk)
