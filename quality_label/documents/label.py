"""Decisions and labels on paper and as pictures: the report, the certificate, the seal."""

import textwrap
from datetime import date
from decimal import Decimal
from operator import itemgetter

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from badges.cards import printing
from badges.openbadges.wire import plain
from organisers.models import Organiser
from quality_label.models import Decision, Label
from quality_label.scores import AWARDED, AWARDED_CONDITIONS, NOT_AWARDED

SEAL_WIDTH, SEAL_HEIGHT = 320, 96
SEAL_ROOM, SEAL_LETTERS, WIDE = 218, 40, 0.58  # pixels and letters of a line; how wide a letter may be in its height
LIGHT = {"paper": "#FFFFFF", "line": "#DFDBCF", "ink": "#17202B", "soft": "#4C5866", "mark": "#F4B400"}
DARK = {"paper": "#19212B", "line": "#2E3945", "ink": "#EEF1F0", "soft": "#B4BFC8", "mark": "#F4B400"}


def day(date) -> str:
    """Write a day as the reader's language does."""
    return date_format(date, "DATE_FORMAT")


def shown_report(decision: Decision) -> dict:
    """Return what the page and the PDF of a report show."""
    report = decision.report
    return {
        "report": report,
        "network_address": Organiser.objects.filter(is_network=True).values_list("contact_email", flat=True).first(),
        "title": {
            AWARDED: _("The Quality Label is awarded"),
            AWARDED_CONDITIONS: _("The Quality Label is awarded with conditions"),
            NOT_AWARDED: _("The Quality Label is not yet issued"),
        }[decision.outcome],
        "bars": [
            {"label": f"{area['code']} {area['title']}", "value": Decimal(area["score"])} for area in report["areas"]
        ],
        "conditions": sorted(
            ({**one, "due_on": date.fromisoformat(one["due_on"])} for one in report["conditions"]),
            key=itemgetter("due_on"),
        ),
    }


def report_pdf(decision: Decision) -> bytes:
    """Return the report as PDF, in the language of the application."""
    with translation.override(decision.report["language"]):
        context = {"decision": decision, "language": get_language(), **shown_report(decision)}
        page = render_to_string("quality_label/documents/report.html", context)
    return printing().pdf(page)


def certificate_pdf(label: Label) -> bytes:
    """Return the certificate of a label in the reader's language, with its signed credential inside."""
    version = label.credential.badge_version
    context = {
        "label": label,
        "language": get_language(),
        "organiser": label.organiser.words(),
        "badge": version.words(),
        "framework": label.application.framework,
    }
    page = render_to_string("quality_label/documents/certificate.html", context)
    attached = {"credential.json": label.credential.body.encode()}
    return printing().pdf(page, version.content["picture"], attached=attached)


def seal_svg(label: Label, *, dark: bool = False) -> str:
    """Draw the seal of a label as it stands now: whose it is, and whether it holds."""
    colours = DARK if dark else LIGHT
    holds = label.is_standing
    sign = (
        '<path d="m14 25 3 3 6-6.2" fill="none" stroke="#17202B" stroke-width="2.6" stroke-linecap="round"/>'
        if holds
        else '<path d="M13 25h12" fill="none" stroke="#17202B" stroke-width="2.6" stroke-linecap="round"/>'
    )
    name, title = _shortened(plain(label.organiser.words().name), 32), _("Quality Label for Badge Recognition")
    lines = textwrap.wrap(label.sentence, SEAL_LETTERS, max_lines=2, placeholder="…")
    mark = colours["mark"] if holds else colours["line"]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SEAL_WIDTH}" height="{SEAL_HEIGHT}" '
        f'viewBox="0 0 {SEAL_WIDTH} {SEAL_HEIGHT}" role="img" '
        f'aria-label="{escape(title)}: {escape(name)}. {escape(label.sentence)}">'
        f'<rect x=".5" y=".5" width="{SEAL_WIDTH - 1}" height="{SEAL_HEIGHT - 1}" rx="12" '
        f'fill="{colours["paper"]}" stroke="{colours["line"]}"/>'
        f'<g transform="translate(8 8) scale(2)"><path d="m19 4 16 9.5v20L19 40" fill="none"/>'
        f'<path d="M19 8 33.5 16.5v16L19 41 4.500 32.500v-16z" fill="{mark}" transform="translate(0 -4.500)"/>'
        f'<g transform="translate(0 -5)">{sign}</g></g>'
        f'<g font-family="Onest, \'Segoe UI\', Helvetica, Arial, sans-serif" fill="{colours["ink"]}">'
        f'<g font-weight="600" fill="{colours["soft"]}">{_seal_line(title, 26, 11)}</g>'
        f'<g font-weight="700">{_seal_line(name, 48, 17)}</g>'
        f"{''.join(_seal_line(line, 67 + 15 * number, 11) for number, line in enumerate(lines))}</g></svg>"
    )


def _seal_line(text: str, y: int, size: int) -> str:
    """Draw a line of the seal; a long one is squeezed, so that it ends inside whatever the reader's font is."""
    is_long = len(text) * size * WIDE > SEAL_ROOM
    squeezed = f' textLength="{SEAL_ROOM}" lengthAdjust="spacingAndGlyphs"' if is_long else ""
    return f'<text x="90" y="{y}" font-size="{size}"{squeezed}>{escape(text)}</text>'


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
