"""The demo's training event: four days that are over, with agenda, trainers and place."""

from datetime import date, datetime, time
from uuid import UUID

from wagtail.rich_text import RichText

from badges.models import BadgeClass
from cms.demo.data import NETWORK_SLUG, in_each_language
from cms.demo.organisations import make_badge
from cms.demo.pages import publish
from organisers.models import Organiser
from pathways.actions import ensure_section
from pathways.models import ActivityDate, ActivityPage
from portal import clock

EVENT_KEY = UUID("5a0f4f5e-2b1d-4c39-9a5e-0c6d1f7b2e18")  # the news item leads to it
FIRST = date(2026, 5, 18)
BOTH = "Mirela T., Bram H."
HOURS = [(time(9, 30), time(12, 30)), (time(14), time(17)), (time(19), None)]
TRAINERS = [("Mirela T.", "Cooperativa Sale e Vento"), ("Bram H.", "De Groene Fietsacademie")]
CONTACT = "training@example.org"


def build_event() -> None:
    """Make the page of the event with its four dates and its badge."""
    organiser = Organiser.objects.get(slug=NETWORK_SLUG)
    section, words = ensure_section(organiser), in_each_language("event")
    english = words["en"]
    page = ActivityPage(
        title=english["title"], slug="four-days-stara-vrba", translation_key=EVENT_KEY, organiser=organiser,
        summary=english["summary"], kind=ActivityPage.Kind.COURSE, minutes=24 * 60, mode=ActivityPage.Mode.ON_SITE,
        judge=ActivityPage.Judge.PRESENCE, dates_needed=len(english["days"]), body=body(english),
        closes_on=FIRST.replace(day=21),
    )  # fmt: skip
    page.dates = [date_of(number) for number in range(len(english["days"]))]
    badge = {language: one["badge"] for language, one in words.items()}
    page.badge_class = make_badge(
        organiser, badge, seed="four-days.book.teal", kind=BadgeClass.Kind.PARTICIPATION, minutes=page.minutes
    )
    publish(section, page, {code: pairs(english, one) for code, one in words.items() if code != "en"})


def date_of(number: int) -> ActivityDate:
    """Return one of the days, from half past nine to five."""
    day, zone = FIRST.replace(day=FIRST.day + number), clock.beginning_of(FIRST).tzinfo
    begins, ends = (datetime.combine(day, hour, zone) for hour in (time(9, 30), time(17)))
    return ActivityDate(begins_at=begins, ends_at=ends, room="The old school")


def body(words: dict) -> list:
    """Return the content of the page."""
    days = [
        {
            "day": FIRST.replace(day=FIRST.day + number),
            "title": day["title"],
            "sessions": [
                {"begins": begins, "ends": ends, "title": session, "who": BOTH}
                for session, (begins, ends) in zip(day["sessions"], HOURS, strict=False)
            ],
        }
        for number, day in enumerate(words["days"])
    ]
    trainers = [
        {"name": name, "role": words["trainer"], "organisation": home, "text": text, "portrait": None}
        for (name, home), text in zip(TRAINERS, words["trainers"], strict=True)
    ]
    return [
        ("text", RichText(f"<p>{words['text']}</p>")),
        ("objectives", words["objectives"]),
        ("agenda", days),
        ("trainers", trainers),
        ("logistics", words["logistics"] | {"contact": CONTACT}),
    ]


def pairs(english: dict, other: dict) -> dict[str, str]:
    """Return what each string becomes in another language; names stay as they are."""
    names = [BOTH, CONTACT, *(word for row in TRAINERS for word in row)]
    return dict(zip(strings_of(english), strings_of(other), strict=True)) | {name: name for name in names}


def strings_of(words: dict) -> list[str]:
    """Return the strings of the page in their order."""
    days = [word for day in words["days"] for word in (day["title"], *day["sessions"])]
    return [
        *(words[name] for name in ("title", "summary", "text", "trainer")),
        *words["objectives"],
        *days,
        *words["trainers"],
        *words["logistics"].values(),
    ]
