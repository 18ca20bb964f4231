"""How an application is judged and decided in the browser, and how the label that follows is looked after."""

import re

from cms.demo.label_texts import AREAS, POINTS, WISHES
from portal import clock
from quality_label.conflicts import QUESTIONS
from tests.journeys.credentials import judged
from tests.journeys.label import CRITERIA, NAME, SEEN, SLUG, TYPED
from tests.journeys.pages import choose, fill, follow, press, send, tick

HIGH = dict.fromkeys(CRITERIA, 3)
LOW = dict.fromkeys(CRITERIA, 2) | dict.fromkeys(["A1", "A3", "B1"], 3)  # 21 points below
PLACES = "/quality-label/places/"


def go_to_work(page, way):
    """Follow the way to one's work on this case from the page of what one judges."""
    page.goto(PLACES)
    with page.expect_navigation():
        page.locator("tr", has_text=NAME).get_by_role("link", name=way).click()


def accept(page):
    """Answer the eight questions and take the place."""
    go_to_work(page, "Answer")
    choose(page, **dict.fromkeys(QUESTIONS, "no"))
    tick(page, "is_confidential")
    press(page, "Send my answers")


def ask_the_applicant(lead, assessors, owner, workspace):
    """Gather one question, send it, and let the owner answer."""
    go_to_work(lead, "Team and questions")
    press(lead, "Gather questions")
    lead.locator("select[name=code]").select_option("B5")
    lead.locator("form[action$='/questions/'] textarea[name=words]").fill("Where can learners read what is allowed?")
    press(lead, "Add a question")
    for page in assessors:
        go_to_work(page, "Write the review")
        follow(page, "^Questions$")
        press(page, "I have no more questions")
    lead.reload()
    press(lead, "Send 1 question to the applicant")
    owner.goto(f"{workspace}quality-label/")
    follow(owner, "Read and answer")
    owner.locator("main textarea").first.fill("On the page of each badge, below the criteria.")
    press(owner, "Send all answers")


def write_review(page, levels, mark) -> str:
    """Judge every criterion and say what is strong; returns the address of the desk."""
    go_to_work(page, "Write the review")
    desk = re.search(r"/quality-label/desk/[-\w]+/", page.url)[0]
    for code in TYPED:
        choose(page, level=str(levels[code]), evidence="s1")
        with page.expect_request(lambda request: request.method == "POST"):  # the button is pressed while it saves
            fill(page, reason=f"{SEEN}. {mark}")
        press(page, "Save, and go on to")
    for code in [code for code in CRITERIA if code not in TYPED]:
        send(page, f"{desk}{code}/", seen="0", level=str(levels[code]), reason=f"{SEEN}. {mark}", evidence="s1")
    page.goto(f"{desk}hand-in/")
    fill(page, strengths=POINTS["strengths"][0], advice="\n".join(WISHES))
    return desk


def hand_in_review(page):
    """Hand it in for good."""
    tick(page, "has_no_conflict")
    press(page, "Hand the review in")
    page.get_by_text("Your review is handed in").first.wait_for()


def call_third(lead):
    """Read how far the reviews lie apart and call for another one."""
    go_to_work(lead, "Consensus")
    assert "The reviews lie 21" in lead.get_by_role("main").inner_text()
    press(lead, "Call a third assessor")


def agree_and_report(lead):
    """Agree on what is open, write the report and hand the case to the panel."""
    go_to_work(lead, "Consensus")
    follow(lead, "Go on to the report")
    fill(lead, call_held_on=clock.today().isoformat(), **{f"area_{code}": words for code, words in AREAS.items()})
    press(lead, "^Save$")
    press(lead, "Finish the consensus")
    lead.get_by_text("This becomes final").wait_for()
    press(lead, "Finish the consensus")
    lead.get_by_text("The consensus is finished").wait_for()


# --- the decision and the label -------------------------------------------------------------------------------------


def vote(page):
    """Declare to be free, read, and vote for the label."""
    go_to_work(page, "Read and vote")
    choose(page, has_conflict="no")
    press(page, "Declare")
    choose(page, vote="awarded")
    fill(page, words="I agree with the report of the team.")
    press(page, "^Vote$")


def decide(coordinator):
    """Write down what the panel decided."""
    coordinator.goto("/network/applications/")
    follow(coordinator, NAME)
    follow(coordinator, "Decision of the panel")
    for box in coordinator.locator("input[name$=checks]").all():
        box.check()
    press(coordinator, "Go on to the release")
    press(coordinator, "Release the decision")


def look_after(admin, name, words, *, cause=""):
    """Suspend the label for a cause from its public page, or lift that."""
    admin.goto(f"/quality-label/holders/{SLUG}/")
    follow(admin, "Look after this label")
    if cause:
        admin.get_by_label(cause).check()
    admin.locator("textarea[name$=words]").first.fill(words)
    press(admin, name)


def download_credential(page, folder):
    """Download the credential of the label from its public page."""
    page.goto("/quality-label/holders/")
    follow(page, NAME)
    file = folder / "label.json"
    file.write_bytes(page.request.get(page.get_by_role("link", name="credential.json").get_attribute("href")).body())
    return file


def what_is_shown(page, credential, folder) -> dict:
    """Return what a stranger finds: on the register, the organiser's page and the seal, and by an engine."""
    found = {}
    page.goto("/quality-label/holders/")
    found["register"] = "Suspended" not in page.locator(".card", has_text=NAME).inner_text()
    page.goto(f"/organisers/{SLUG}/")
    found["organiser"] = page.get_by_role("link", name="Holds the Quality Label").count() == 1
    found["seal"] = "Suspended" not in page.request.get(f"/quality-label/holders/{SLUG}/seal.svg").text()
    verdict, reasons = judged(page, credential, folder)
    found["engine"] = verdict == "VALID" or reasons
    return found
