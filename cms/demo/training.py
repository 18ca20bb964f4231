"""The network's training for badge issuers in the demo, and the way to refresh its badge."""

from badges.models import BadgeClass
from cms.demo.data import NETWORK_SLUG, network, texts
from cms.demo.organisations import make_badge
from cms.demo.pages import badge_words, body_of, build_route, publish, quiz_pairs, quiz_value, text_pairs
from organisers.models import Organiser
from pathways.actions import ensure_section
from pathways.models import ActivityPage, PlaylistPage

QUIZ_MINUTES, CAPSTONE_MINUTES = 30, 40
NEWS_MINUTES, AGAIN_MINUTES = 30, 70
VALID_MONTHS = 24
TASK_LINKS = {1, 5, 6}  # modules whose tasks point at something


def build_training() -> None:
    """Make six modules, each a text with a quiz and two tasks, the capstone, and what refreshes the badge later."""
    organiser = Organiser.objects.get(slug=NETWORK_SLUG)
    section = ensure_section(organiser)
    english, lithuanian = texts("en")["training"], texts("lt")["training"]
    activities = []
    facts = network()["training"]["modules"]
    for number, (one, other) in enumerate(zip(english["modules"], lithuanian["modules"], strict=True), 1):
        activities.append(quiz_of(section, f"training-{number}", one, other, QUIZ_MINUTES))
        minutes, has_link = facts[number - 1]["minutes"] - QUIZ_MINUTES, number in TASK_LINKS
        tasks = (one["task"], other["task"], minutes)
        activities.append(work_of(section, f"training-{number}-tasks", *tasks, takes_link=has_link))
    capstone = (english["capstone"], lithuanian["capstone"], CAPSTONE_MINUTES)
    activities.append(work_of(section, "training-capstone", *capstone))
    badge_class = make_badge(
        organiser,
        {"en": badge_words(english), "lt": badge_words(lithuanian)},
        seed="milestone-training.book.teal",
        kind=BadgeClass.Kind.MICRO_CREDENTIAL,
        minutes=sum(activity.minutes for activity in activities),
        level=BadgeClass.Level.EQF_5,
        participation=BadgeClass.Participation.ONLINE,
        supervision=BadgeClass.Supervision.NONE,
        valid_months=VALID_MONTHS,
    )
    in_order = {"order": PlaylistPage.Order.FIXED, "takes_off_idle": True, "badge_class": badge_class}
    build_route(section, "training", english, lithuanian, activities, **in_order)
    english, lithuanian = english["refresh"], lithuanian["refresh"]
    again = [
        quiz_of(section, "training-news", english["news"], lithuanian["news"], NEWS_MINUTES),
        work_of(section, "training-again", english["capstone"], lithuanian["capstone"], AGAIN_MINUTES),
    ]
    build_route(section, "training-refresh", english, lithuanian, again, renews_badge=True, **in_order)


def quiz_of(section, slug: str, english: dict, lithuanian: dict, minutes: int) -> ActivityPage:
    """Make a text that ends with a quiz."""
    page = ActivityPage(
        title=english["title"], slug=slug, organiser=section.organiser, summary=english["summary"],
        body=body_of(english["body"]), minutes=minutes, kind=ActivityPage.Kind.COURSE,
        judge=ActivityPage.Judge.QUIZ, pass_mark=network()["training"]["pass_mark"], quiz=quiz_value(english["quiz"]),
    )  # fmt: skip
    pairs = text_pairs(english, lithuanian) | quiz_pairs(english["quiz"], lithuanian["quiz"])
    return publish(section, page, pairs)


def work_of(section, slug: str, english: dict, lithuanian: dict, minutes: int, **facts) -> ActivityPage:
    """Make something to hand in that a training reviewer judges line by line."""
    page = ActivityPage(
        title=english["title"], slug=slug, organiser=section.organiser, summary=english["summary"],
        body=body_of(english["body"]), minutes=minutes, judge=ActivityPage.Judge.REVIEWER,
        evidence_prompt=english["evidence_prompt"], checklist=[("line", line) for line in english["checklist"]],
        **facts,
    )  # fmt: skip
    return publish(section, page, text_pairs(english, lithuanian))
