"""From nothing to an application for the label that is found eligible, as its people do it in the browser."""

from cms.demo.label_texts import CONTEXT, PLAN, POINTS
from portal import clock
from quality_label.conflicts import QUESTIONS
from quality_label.frameworks import framework_file
from tests.journeys.issuing import make_badge, make_organiser
from tests.journeys.pages import choose, fill, follow, press, send, tick
from tests.journeys.signing_in import register
from tests.portal_process import manage

NAME, SLUG, OWNER, EMAIL = "Candle Yard", "candle-yard", "Austėja Petrauskaitė", "austeja@example.org"
CRITERIA = framework_file("waymark-1.0").criteria
TYPED = ["A1", "A2"]  # in their pages; the others by the same forms, sent from the page's session
SEEN = "Seen in each award of the sample, with dates and the names of roles"
MONTHS_OF_ISSUING = f"""
from django.db import transaction
from badges.actions import Recipient, award
from badges.schedule import award_due_rows, release_due_batches
from cms.demo.applications import ago, award_to_many, owner_of, training_badge
from organisers.models import Organiser
organiser, network = Organiser.objects.get(slug="{SLUG}"), Organiser.objects.get(is_network=True)
with ago(214), transaction.atomic():  # so that the running worker does not award them today
    owner = owner_of(organiser)
    award(training_badge(), [Recipient(owner.email, owner.name)], by=owner_of(network), language="en")
    award_to_many(organiser)
    while award_due_rows():
        pass
with ago(213):
    release_due_batches()
"""


# --- before an application ------------------------------------------------------------------------------------------


def found_and_be_verified(owner, coordinator) -> str:
    """Make an organiser, ask for the check, answer the coordinator's question; returns the workspace."""
    register(owner, EMAIL, OWNER)
    workspace = make_organiser(owner, NAME)
    owner.goto(f"{workspace}profile/")
    fill(owner, address="Upės g. 1", privacy_url="https://lamps.example.org/privacy")
    press(owner, "^Save")
    owner.goto(f"{workspace}verification/")
    follow(owner, "Ask to be verified")
    fill(owner, registration="304 111 222", signatory=f"{OWNER}, chair")
    tick(owner, "is_right", "values")
    press(owner, "Send the request")

    coordinator.goto("/network/verifications/")
    follow(coordinator, NAME)
    press(coordinator, "Take the case up")
    choose(coordinator, **{"ask-about": "safety"})
    fill(coordinator, **{"ask-words": "Who looks after children in your yard?"})
    press(coordinator, "Send the question")
    owner.goto(f"{workspace}verification/")
    follow(owner, "Read and answer")
    fill(owner, words="Two of us have the certificate of the city; nobody is alone with a child.")
    press(owner, "Send the answer")
    coordinator.reload()
    for box in coordinator.locator("input[name$=checks]").all():
        box.check()
    fill(coordinator, **{"verify-note": "Spoke to the owner on the telephone; the website names her."})
    press(coordinator, "Verify the organiser")
    return workspace


def issue_for_months(owner, portal_dir, workspace):
    """Make three badges, and let seven months pass since they were awarded."""
    for name in ["Candle Maker", "Wick Guide", "Wax Keeper"]:
        make_badge(owner, workspace, name)
    manage(portal_dir, "shell", "--no-imports", "-c", MONTHS_OF_ISSUING)


# --- the application ------------------------------------------------------------------------------------------------


def apply(owner, workspace):
    """Write every section, attach evidence and hand the application in."""
    here = f"{workspace}quality-label/"
    owner.goto(here)
    press(owner, "Begin the application")
    write_about_oneself(owner, here)
    for code in TYPED:
        owner.goto(f"{here}form/criterion:{code}/")
        choose(owner, level="3")
        fill(owner, reason=f"{SEEN}: our page for {code}.")
        press(owner, "^Save$")
    for code in [code for code in CRITERIA if code not in TYPED]:
        send(owner, f"{here}form/criterion:{code}/", seen="0", level="3", reason=f"{SEEN}: {code}.")
    attach_evidence(owner, here)
    owner.goto(f"{here}form/")
    follow(owner, "Hand in")
    fill(owner, confirmed_name=OWNER)
    press(owner, "Hand the application in")
    owner.get_by_text("Handed in as QL-").wait_for()


def write_about_oneself(owner, here):
    """Fill in the sections that are not about criteria."""
    save = "^Save$"
    owner.goto(f"{here}form/signatory/")
    fill(owner, name=OWNER, role="Chair", email=EMAIL)
    tick(owner, "is_entitled", "is_committed")
    press(owner, save)
    owner.goto(f"{here}form/context/")
    fill(owner, **{name: text for name, text in CONTEXT.items() if name != "minors"})
    choose(owner, minors="yes")
    press(owner, save)
    owner.goto(f"{here}form/badges/")
    for number in range(2):
        owner.locator(f"select[name=chosen-{number}-badge]").select_option(index=number + 1)
        fill(owner, **{f"chosen-{number}-reason": "Most learners earn it here."})
    press(owner, save)
    owner.goto(f"{here}form/strengths/")
    fill(owner, **{f"{kind}-{n}-words": text for kind, texts in POINTS.items() for n, text in enumerate(texts)})
    press(owner, save)
    owner.goto(f"{here}form/plan/")
    for number, row in enumerate(PLAN):
        owner.locator(f"select[name=rows-{number}-criterion]").select_option(row["criterion"])
        typed = {"gap": row["gap"], "action": row["action"], "sign": row["sign"], "owner": OWNER}
        typed["date"] = f"{clock.today().year + 1}-{row['date']}"
        fill(owner, **{f"rows-{number}-{name}": value for name, value in typed.items()})
    press(owner, save)
    owner.goto(f"{here}form/conflicts/")
    tick(owner, "knows_nobody")
    press(owner, save)
    owner.goto(f"{here}form/consent/")
    tick(owner, "sampling", "publication", "retention")
    press(owner, save)


def attach_evidence(owner, here):
    """Attach a page of the portal, which serves what is mandatory, and a file."""
    owner.goto(f"{here}evidence/")
    fill(owner, title="Our page with every badge", address=f"/organisers/{SLUG}/")
    add_evidence(owner, [code for code, one in CRITERIA.items() if one.mandatory])
    fill(owner, title="The checklist at the table")
    checklist = {"name": "checklist.txt", "mimeType": "text/plain", "buffer": b"Look, ask, decide, write it down."}
    owner.locator("input[name=file]").set_input_files(checklist)
    add_evidence(owner, ["B2", "B4"])


def add_evidence(owner, codes):
    """Say what a piece of evidence is about, and attach it."""
    fill(owner, dated_on=clock.today().isoformat())
    for code in codes:
        choose(owner, criteria=code)
    tick(owner, "is_free_of_personal_data")
    press(owner, "Attach")


def take_up_and_return(coordinator):
    """Take the case up and give it back for one place."""
    coordinator.goto("/network/applications/")
    follow(coordinator, NAME)
    follow(coordinator, "Take the case up")
    choose(coordinator, **dict.fromkeys(QUESTIONS, "no"))
    press(coordinator, "Answer and take the case up")
    follow(coordinator, "Return to be completed")
    coordinator.locator("summary", has_text="B Evidence and assessment").click()
    fill(coordinator, **{"criterion:B4": "The sentence ends in the middle."})
    press(coordinator, "Return the application")


def complete(owner, workspace):
    """Complete the one place, which alone is open, and hand in again."""
    owner.goto(f"{workspace}quality-label/")
    follow(owner, "Complete it")
    follow(owner, "Self-assessment")
    assert "/form/criterion:B4/" in owner.url
    fill(owner, reason=f"{SEEN}: B4, and now to its end.")
    press(owner, "Save and go on")
    owner.goto(f"{workspace}quality-label/form/")
    press(owner, "Hand in again")


def find_eligible(coordinator):
    """Confirm every gate."""
    coordinator.reload()
    follow(coordinator, "^Eligible")
    for box in coordinator.locator("main input[type=checkbox]").all():
        box.check()
    press(coordinator, "Confirm and look for a team")


def ask_to_judge(coordinator, link, *names, of_committee=False):
    """Find the places to fill from the case, and ask these people, also such as sit in the committee."""
    coordinator.goto("/network/applications/")
    follow(coordinator, NAME)
    follow(coordinator, link)
    for number, name in enumerate(names):
        field = coordinator.locator(f"select[name=place_{number}]")
        field.select_option(field.locator("option", has_text=name).get_attribute("value"))
    if of_committee:
        tick(coordinator, "spares_members")
    press(coordinator, "Ask them")
