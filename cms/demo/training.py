"""The network's training for badge issuers in the demo, and the way to refresh its badge."""

from datetime import timedelta

from badges.models import BadgeClass
from cms.demo.data import NETWORK_SLUG, email_of, in_each_language, network
from cms.demo.organisations import fresh, make_badge
from cms.demo.pages import body_of, build_route, pairs_of, publish, quiz_pairs, quiz_value, words_of_badge
from organisers.models import Organiser
from pathways.actions import answer_quiz, ensure_section, hand_in, join_playlist, judge_attempt
from pathways.models import ActivityPage, PlaylistPage
from portal import clock
from portal.accounts.models import Person
from quality_label.actions.sharing import share_training

QUIZ_MINUTES, CAPSTONE_MINUTES = 30, 40
NEWS_MINUTES, AGAIN_MINUTES = 30, 70
VALID_MONTHS = 24
LEARNER, REVIEWER = "Ana Z.", "Kadri T."
HANDED_IN = "Both badges with who claims what; the check is linked. Nobody sees what our volunteers learn at the door."
JUDGED = "All four lines are met. The second badge is described especially well: keep that table."
TASK_LINKS = {1, 5, 6}  # modules whose tasks point at something


def build_training() -> None:
    """Make six modules, each a text with a quiz and two tasks, the capstone, and what refreshes the badge later."""
    organiser = Organiser.objects.get(slug=NETWORK_SLUG)
    section = ensure_section(organiser)
    activities = []
    for number, facts in enumerate(network()["training"]["modules"], 1):
        words, tasks = in_each_language("training", "modules", number - 1), f"training-{number}-tasks"
        activities.append(quiz_of(section, f"training-{number}", words, QUIZ_MINUTES))
        words = {language: one["task"] for language, one in words.items()}
        minutes = facts["minutes"] - QUIZ_MINUTES
        activities.append(work_of(section, tasks, words, minutes, takes_link=number in TASK_LINKS))
    capstone = in_each_language("training", "capstone")
    activities.append(work_of(section, "training-capstone", capstone, CAPSTONE_MINUTES))
    words = in_each_language("training")
    badge_class = make_badge(
        organiser,
        words_of_badge(words),
        seed="milestone-training.book.teal",
        kind=BadgeClass.Kind.MICRO_CREDENTIAL,
        minutes=sum(activity.minutes for activity in activities),
        level=BadgeClass.Level.EQF_5,
        participation=BadgeClass.Participation.ONLINE,
        supervision=BadgeClass.Supervision.NONE,
        valid_months=VALID_MONTHS,
    )
    in_order = {"order": PlaylistPage.Order.FIXED, "takes_off_idle": True, "badge_class": badge_class}
    build_route(section, "training", words, activities, **in_order)
    again = [
        quiz_of(section, "training-news", in_each_language("training", "refresh", "news"), NEWS_MINUTES),
        work_of(section, "training-again", in_each_language("training", "refresh", "capstone"), AGAIN_MINUTES),
    ]
    words = in_each_language("training", "refresh")
    build_route(section, "training-refresh", words, again, renews_badge=True, **in_order)


def quiz_of(section, slug: str, words: dict[str, dict], minutes: int) -> ActivityPage:
    """Make a text that ends with a quiz."""
    english, pairs = words["en"], pairs_of(words)
    page = ActivityPage(
        title=english["title"], slug=slug, organiser=section.organiser, summary=english["summary"],
        body=body_of(english["body"]), minutes=minutes, kind=ActivityPage.Kind.COURSE,
        judge=ActivityPage.Judge.QUIZ, pass_mark=network()["training"]["pass_mark"], quiz=quiz_value(english["quiz"]),
    )  # fmt: skip
    for language, known in pairs.items():
        known |= quiz_pairs(english["quiz"], words[language]["quiz"])
    return publish(section, page, pairs)


def work_of(section, slug: str, words: dict[str, dict], minutes: int, **facts) -> ActivityPage:
    """Make something to hand in that a training reviewer judges line by line."""
    english = words["en"]
    page = ActivityPage(
        title=english["title"], slug=slug, organiser=section.organiser, summary=english["summary"],
        body=body_of(english["body"]), minutes=minutes, judge=ActivityPage.Judge.REVIEWER,
        evidence_prompt=english["evidence_prompt"], checklist=[("line", line) for line in english["checklist"]],
        **facts,
    )  # fmt: skip
    return publish(section, page, pairs_of(words))


def build_learner() -> None:
    """Let somebody of an organiser be in the second module, and let its owners see that."""
    learner, reviewer = (fresh(Person.objects.get(email=email_of(name))) for name in (LEARNER, REVIEWER))
    playlist = PlaylistPage.objects.filter(slug="training").order_by("pk").first()
    quiz, tasks, second_quiz = (step.activity for step in playlist.steps.all()[:3])
    with clock.moved_to(-timedelta(days=20)):
        join_playlist(playlist, by=learner)
        share_training(Organiser.objects.with_member(learner).get(), by=learner)
        answer_quiz(quiz, answers_to(quiz), by=learner)
        attempt = hand_in(tasks, by=learner, text=HANDED_IN)
    with clock.moved_to(-timedelta(days=12)):
        judge_attempt(attempt, by=reviewer, accept=True, feedback=JUDGED, checklist=list(tasks.lines()))
        answer_quiz(second_quiz, answers_to(second_quiz), by=learner)


def answers_to(activity: ActivityPage) -> dict[str, str]:
    """Return the right answers of a quiz."""
    return {question.id: question.right_answer() for question in activity.questions()}
