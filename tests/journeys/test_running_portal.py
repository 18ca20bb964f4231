"""A running portal in a browser: the main job as a new user does it, and every page kind.

One file, because a parallel run gives a file to one process, and the portal has one port.
"""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from cms.demo.data import texts
from tests.interop.engines import verify_ob2, verify_ob3
from tests.journeys.signing_in import storage_of
from tests.page_kinds import FIND, page_kinds
from tests.portal_process import manage

pytestmark = [pytest.mark.browser, pytest.mark.interop, pytest.mark.timeout(600)]
PASSWORD = "a long way to the river"
DEMO_PASSWORD = "waymark-demo"


def read_mail(page, address, subject):
    """Open the newest mail to an address in the demo's mail window and return its page."""
    for _try in range(40):
        page.goto(f"/dev/mail/?to={address}")
        link = page.get_by_role("link", name=re.compile(re.escape(subject)))
        if link.count():
            link.first.click()
            return page
        page.wait_for_timeout(500)
    raise AssertionError(f"no mail “{subject}” for {address}")


def sign_in(page, email, password=DEMO_PASSWORD):
    page.goto("/accounts/login/")
    page.get_by_label("Email").or_(page.get_by_label("E-mail")).first.fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def register(page, email, name):
    page.goto("/en/")
    page.goto("/accounts/signup/")
    page.get_by_label("Your name").fill(name)
    page.locator("input[type=email]").fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_label("Country").select_option("LT")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("main").get_by_role("button", name=re.compile("Register|Sign up|Create")).click()
    mail = read_mail(page, email, "Is this your address?")
    page.goto(mail.locator("a[href*='confirm-email']").first.get_attribute("href"))
    page.get_by_role("main").get_by_role("button", name="Yes, it is mine").click()
    page.wait_for_url(lambda address: "confirm-email" not in address)


def answer_rightly(page):
    """Choose the right answers of the quiz “Where does it come from?”, which its text allows to know."""
    for question in right_answers():
        page.get_by_label(question, exact=True).check()
    page.get_by_role("main").get_by_role("button", name="Send my answers").click()


def right_answers():

    return [one["options"][one["answer"]] for one in texts("en")["quiz"]]


def hand_in(page, title, text):
    page.get_by_role("link", name=re.compile(re.escape(title))).first.click()
    page.locator("textarea[name=text]").fill(text)
    page.get_by_role("button", name="Hand in", exact=True).click()


def review(open_page, title, verdict, feedback):
    """Sign in as the reviewer of the organiser and answer what waits for an activity."""
    page = open_page("/en/")
    sign_in(page, "pau.r@example.org")
    page.goto("/workspace/taller-mar-oberta/reviews/")
    page.get_by_role("link", name=re.compile("Vaiva")).first.click()
    page.locator("textarea[name=feedback]").fill(feedback)
    page.get_by_label(verdict).check()
    for line in page.locator("input[name=lines]").all():
        line.check()
    page.get_by_role("button", name="Send to the learner").click()


def test_a_new_learner_completes_spot_the_fake_and_holds_a_badge_that_others_verify(open_page, portal, tmp_path):
    learner = open_page("/en/")
    register(learner, "vaiva@example.org", "Vaiva Šaltenytė")

    learner.goto("/en/learn/taller-mar-oberta/spot-the-fake/")
    learner.get_by_role("button", name="Join this playlist").click()
    learner.get_by_role("link", name=re.compile("Where does it come from")).first.click()
    answer_rightly(learner)
    for title in ("Numbers that lie", "Talk about it"):
        learner.goto("/en/learn/taller-mar-oberta/spot-the-fake/")
        hand_in(learner, title, "What I found, step by step, with the links.")
        review(open_page, title, "Return for revision", "Please add the date of the picture.")
        learner.goto("/en/learn/taller-mar-oberta/spot-the-fake/")
        hand_in(learner, title, "With the date: 14 March 2019.")
        review(open_page, title, "Accept: the learner has done it", "Clear and complete now.")

    mail = read_mail(learner, "vaiva@example.org", "Calm Checker")
    learner.goto(mail.locator("a[href*='/claim/']").first.get_attribute("href"))
    learner.get_by_role("button", name="Collect this badge").click()
    learner.get_by_role("link", name="Calm Checker").first.click()
    address = learner.url
    stranger = open_page(address)
    assert "This badge is genuine." in stranger.get_by_role("main").inner_text()
    with stranger.expect_download() as download:
        stranger.get_by_role("link", name="Download").click()
    png = tmp_path / "badge.png"
    download.value.save_as(png)

    credential = tmp_path / "credential.json"
    credential.write_bytes(stranger.request.get(f"{address}/credential.json").body())
    maps = published_documents(stranger, credential, tmp_path)
    assert [verdict for verdict, _why in verify_ob3([credential, png], maps, strict=True)] == ["VALID", "VALID"]
    host = portal.removeprefix("http://")
    found = verify_ob2([f"{address}.json", png], allow=[host], recipient="vaiva@example.org")
    assert [verdict for verdict, _why in found] == ["VALID", "VALID"]


def published_documents(page, credential, folder):
    """Fetch the DID document and the status list that a credential names, for the offline engines."""

    said = json.loads(credential.read_bytes())
    did, listed = said["issuer"]["id"], said["credentialStatus"]["statusListCredential"]
    did_url = "http://" + did.removeprefix("did:web:").replace(":", "/").replace("%3A", ":") + "/did.json"
    maps = {}
    for name, url in {did: did_url, listed: listed}.items():
        maps[name] = folder / f"{len(maps)}.json"
        maps[name].write_bytes(page.request.get(url).body())
    return maps


def test_an_issuer_sees_the_badge_while_writing_it(open_page):
    page = open_page("/en/")
    sign_in(page, "ruta.k@example.org")
    page.goto("/workspace/neris-makers/badges/new/")

    page.locator("input[name=name]").fill("Lamp Doctor")
    page.locator("textarea[name=description]").fill("Repairs lamps.")
    page.locator("textarea[name=criteria]").fill("Repair two lamps.")
    page.locator("input[name=picture_text]").fill("Circle with a light bulb")
    page.locator("#skill-query").press_sequentially("team")
    page.locator("[name=add_skill]", has_text="work in teams").click()
    page.locator("[data-another]").click()
    page.locator("summary", has_text=re.compile("symbol|simbol", re.IGNORECASE)).click()
    for part, choice in {"symbol": "bulb", "palette": "ochre", "shape": "circle"}.items():
        page.locator(f"input[name={part}][value={choice}]").set_checked(True, force=True)

    assert page.locator("[data-place=page] [data-says=name]").text_content() == "Lamp Doctor"
    assert page.locator("[data-place=card] img").get_attribute("src").endswith(".bulb.ochre.circle.svg")
    assert not page.locator("textarea[name=outcomes]").is_visible()
    page.select_option("select[name=kind]", "micro-credential")
    assert page.locator("textarea[name=outcomes]").is_visible()
    page.locator(".field-actions button:not([name])").click()
    page.wait_for_url(lambda address: "/new/" not in address)
    page.goto(page.locator("a[href$='#earn']").get_attribute("href"))
    assert "work in teams" in page.get_by_role("main").inner_text()


@pytest.fixture(scope="session")
def kinds(demo, portal_dir):
    return page_kinds(demo, json.loads(manage(portal_dir, "shell", "--no-imports", "-c", FIND)))


def test_every_page_kind_is_free_of_faults(kinds, browser, portal):
    faults = []
    for kind in kinds:
        context = browser.new_context(
            base_url=portal,
            storage_state=storage_of(browser, portal, kind.person),
            viewport={"width": 360, "height": 780},
        )
        page = context.new_page()
        said = []
        page.on("console", lambda message, said=said, kind=kind: complain(said, kind, message))
        page.on("pageerror", lambda error, said=said, kind=kind: said.append((kind.name, str(error))))
        response = page.goto(kind.path)
        if response.status != kind.status:
            faults.append((kind.name, f"answered {response.status}"))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append((kind.name, "wider than the screen"))
        faults += list(said)  # before axe, whose own styles our policy refuses
        for violation in Axe().run(page).response["violations"]:
            faults.append((kind.name, violation["id"], violation["nodes"][0]["html"][:200]))
        context.close()
    assert faults == []


def complain(faults, kind, message):
    """Note a console error; the browser's own line about an expected 404 or 403 is none."""
    if message.type == "error" and not (kind.status >= 400 and "status of" in message.text):
        faults.append((kind.name, message.text))
