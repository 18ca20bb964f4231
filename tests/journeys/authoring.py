"""What authors do in the editor: write activities of each kind of judging, put them on a route, translate it."""

import re
from datetime import timedelta

from django.utils import timezone

from portal import clock
from tests.journeys.pages import fill

WHEN = "%Y-%m-%d %H:%M"
SUMMARY = "Small steps to lamps that last."
QUESTION = {
    "question": "What comes first?",
    "right": "Pull the plug",
    "wrong": "Open the lamp",
    "why": "Current hurts.",
}
LINE = "One can see what was broken."


def write_activity(page, workspace, title, judge, place) -> None:
    """Write an activity in the city, judged in one way, and publish it."""
    begin(page, workspace, "New activity", title)
    page.locator("select[name=mode]").select_option("on-site")
    choose_city(page, "Vilnius")
    north, east = place
    fill(page, minutes="20", latitude=north, longitude=east)
    page.locator("select[name=judge]").select_option(judge)
    {"quiz": add_question, "presence": add_date, "peer": add_line, "reviewer": add_line}.get(judge, leave)(page)
    publish(page, title)


def write_playlist(page, workspace, title, activities, badge) -> None:
    """Put published activities on a route that ends with a badge, and publish it."""
    begin(page, workspace, "New playlist", title)
    for number, activity in enumerate(activities):
        add_stop(page, number, activity)
    page.locator("select[name=badge_class]").select_option(label=badge)
    publish(page, title)


def translate(page, workspace, title, language, words) -> None:
    """Translate a published page into another language, part by part, and publish the translation."""
    page.goto(f"{workspace}playlists/")
    page.get_by_role("link", name=title, exact=True).click()
    page.get_by_role("button", name="Actions").first.click()
    page.get_by_role("link", name="Translate this page").first.click()
    page.get_by_label(language).check()
    page.get_by_role("button", name="Submit").click()
    for source, target in words.items():
        part = page.locator("li.incomplete").filter(has=page.get_by_text(source, exact=True))
        part.get_by_role("button", name="Translate").click()
        part.locator("textarea").fill(target)
        part.get_by_role("button", name="Save").click()
        part.wait_for(state="detached")
    page.get_by_role("button", name=f"Publish in {language}").click()
    page.get_by_text(f"Published '{words[title]}' in {language}.").wait_for()


def is_refused(page, playlist, workspace) -> bool:
    """Say whether an author of another organiser neither opens a playlist in the editor nor sees its workspace."""
    page.goto(playlist)
    number = page.locator("form[action$='/join/']").get_attribute("action").split("/")[-3]
    for address in [f"/cms/pages/{number}/edit/", f"/cms/pages/{number}/delete/"]:
        page.goto(address)
        page.get_by_text("Sorry, you do not have permission to access this area.").wait_for()
    return page.request.get(f"{workspace}playlists/").status == 404


def read_in_english(page) -> None:
    """Let the account be in English: the editor follows it, whatever language the site was read in."""
    page.goto("/settings/")
    page.locator("[name=language]").select_option("en")
    page.get_by_role("main").get_by_role("button", name="Save").first.click()


def begin(page, workspace, what, title) -> None:
    """Begin a page from the list of the organiser's playlists and activities."""
    page.goto(f"{workspace}playlists/")
    page.get_by_role("link", name=what).click()
    page.locator("[name=title]").fill(title)
    page.locator("[name=summary]").fill(SUMMARY)


def choose_city(page, name) -> None:
    """Take a city from the pages of the dialog."""
    page.get_by_role("button", name="Choose city").click()
    wanted, further = (page.locator(".modal").get_by_role("link", name=one, exact=True) for one in (name, "Next"))
    while wanted.or_(further).first.wait_for() or not wanted.count():
        with page.expect_response(lambda answer: "p=" in answer.url):
            further.click()
    wanted.click()
    page.locator("#id_city-chooser").get_by_text(name).wait_for()


def add_stop(page, number, activity) -> None:
    """Put an activity at the end of the route, found by its title; the first place is there already."""
    if number:
        page.locator("#id_steps-ADD").click()
    stop = page.locator(f"#id_steps-{number}-activity-chooser")
    stop.get_by_role("button", name="Choose").first.click()
    page.locator(".modal input[name=q]").fill(activity)
    page.locator(".modal").get_by_role("link", name=activity, exact=True).click()
    stop.get_by_text(activity).wait_for()


def leave(page) -> None:
    """Add nothing: the learner's word is enough."""


def add_question(page) -> None:
    """Write a quiz of one question with one right answer."""
    add_block(page, "quiz", "question with one right answer")
    fill(page, **{
        "quiz-0-value-question": QUESTION["question"],
        "quiz-0-value-options-0-value-text": QUESTION["right"],
        "quiz-0-value-options-1-value-text": QUESTION["wrong"],
        "quiz-0-value-explanation": QUESTION["why"],
    })  # fmt: skip
    page.locator("input[name='quiz-0-value-options-0-value-is_correct']").check()


def add_line(page) -> None:
    """Write a checklist of one line, for one other learner or for a reviewer."""
    fill(page, peers="1", evidence_prompt="A picture in words of what you did.")
    add_block(page, "checklist")
    fill(page, **{"checklist-0-value": LINE})


def add_date(page) -> None:
    """Let it begin in half an hour, so that the door is open already."""
    begins = timezone.localtime(clock.now()) + timedelta(minutes=30)
    page.locator("#id_dates-ADD").click()
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    for name, at in {"begins_at": begins, "ends_at": begins + timedelta(hours=2)}.items():
        field = page.locator(f"input[name=dates-0-{name}]")
        field.click()
        calendar.wait_for()  # it opens a moment later, and would stay over the page if the field was left before
        field.fill(at.strftime(WHEN))
        page.keyboard.press("Tab")
    calendar.wait_for(state="hidden")


def add_block(page, field, kind="") -> None:
    """Add a part to a field that has none; where there are several kinds, choose one."""
    page.locator(f"[data-contentpath={field}] button.c-sf-add-button").first.click()
    if kind:
        page.get_by_role("option", name=re.compile(kind, re.IGNORECASE)).click()


def publish(page, title) -> None:
    """Publish what is being written."""
    page.get_by_role("button", name="More actions").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text(f"'{title}' created and published").wait_for()
