"""A badge on paper: one page to print and to archive, with the signed credential inside the file."""

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from badges.cards import printing
from badges.documents import credits_of
from badges.models import Assertion, BadgeClass, SignedDocument
from portal.ui.templatetags.ui import duration

SHORT = 700  # letters of the longer texts that leave room on the page
LINES = (12, 9, 7, 6, 5, 3, 1)  # of each longer text: the first number with which everything fits on one sheet


def certificate_pdf(assertion: Assertion, *, name: str) -> bytes:
    """Return the certificate of a badge as PDF/A-3a in the language of the award; an empty name stays unsaid.

    What stands around the badge's own words is English where the portal does not speak that language.
    """
    credential = assertion.documents.get(format=SignedDocument.Format.OB3, replaced_by=None).body
    spoken = assertion.language if assertion.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(spoken):
        shown = _shown(assertion, name) | {"language": spoken}
        drafts = [render_to_string("badges/documents/certificate.html", shown | room) for room in _rooms(shown)]
    picture = assertion.badge_version.content["picture"]
    return printing().pdf_of_one_sheet(drafts, picture, attached={"credential.json": credential.encode()})


def _shown(assertion: Assertion, name: str) -> dict:
    words = assertion.badge_version.words(assertion.language)
    organiser, columns = assertion.badge_class.organiser, _columns(assertion, words, name)
    length = len(words["name"]) + len(words["description"]) + sum(len(part["text"]) for one in columns for part in one)
    return {
        "assertion": assertion,
        "name": name,
        "words": words,
        "kicker": BadgeClass.Kind(assertion.badge_version.content["kind"]).label,
        "organiser": organiser,
        "organiser_words": organiser.words(assertion.language),
        "facts": _facts(assertion),
        "columns": columns,
        "is_short": length < SHORT,
        "qr": segno.make(assertion.absolute_url, error="m", micro=False).svg_data_uri(border=0, omitsize=True),
        "verify_address": settings.BASE_URL + reverse("badges:verify"),
    }


def _rooms(shown: dict) -> list[dict]:
    """Return how the longer texts may be set, the roomiest first: space around them goes before any of their lines."""
    tight = [{"lines": lines, "is_roomy": False} for lines in LINES]
    return [{**tight[0], "is_roomy": True}, *tight] if shown["is_short"] else tight


def _facts(assertion: Assertion) -> list[dict]:
    """Return what is said in a word or two."""
    content, credits = assertion.badge_version.content, credits_of(assertion.badge_version)
    until = date_format(assertion.last_day, "DATE_FORMAT") if assertion.last_day else _("without end")
    facts = [(_("Issued on"), date_format(localtime(assertion.issued_at), "DATE_FORMAT")), (_("Valid until"), until)]
    if content["workload_minutes"]:
        facts.append((_("Workload"), duration(content["workload_minutes"])))
    if credits:
        facts.append((_("ECTS credits"), number_format(credits, use_l10n=True)))
    if assertion.shown.result:
        facts.append((_("Result"), assertion.shown.result))
    if content.get("level"):
        facts.append((_("Level"), BadgeClass.Level(content["level"]).label))
    return [{"name": said, "value": value} for said, value in facts]


def _columns(assertion: Assertion, words: dict, name: str) -> list[list[dict]]:
    """Return the longer texts in two columns."""
    content = assertion.badge_version.content
    criteria = "\n".join(filter(None, [words["criteria"], content["criteria_url"]]))
    skills = " · ".join(skill["label"] for skill in content["skills"])
    done = _("What %(name)s did") % {"name": name} if name else _("What this person did")
    left = [(_("Learning outcomes"), words.get("outcomes", "")), (_("What it took"), criteria)]
    right = [(done, assertion.shown.narrative), (_("Skills"), skills)]
    columns = [[{"title": title, "text": text} for title, text in column if text] for column in (left, right)]
    return [column for column in columns if column]
