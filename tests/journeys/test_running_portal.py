"""A running portal in a browser: the main job as a new user does it, and every page kind."""

import json
import re
from collections import Counter

import pytest
from axe_playwright_python.sync_playwright import Axe

from cms.demo.data import email_of
from tests.badges.elsewhere import older_picture
from tests.interop.engines import verify_ob2, verify_ob3
from tests.journeys import endorsing, judging, keeping, label, offline, showing
from tests.journeys.conftest import AXE, CHROMIUM, FLAGS
from tests.journeys.credentials import published_documents
from tests.journeys.issuing import (
    award_to_many,
    award_to_one,
    download_reports,
    invite_issuer,
    make_badge,
    make_organiser,
)
from tests.journeys.learning import answer_rightly, hand_in, review
from tests.journeys.pages import follow, press
from tests.journeys.signing_in import read_mail, register, sign_in, storage_of
from tests.page_kinds import FIND, page_kinds
from tests.pictures import is_expected
from tests.portal_process import manage

VERIFY = """
from cms.demo.organisations import verify
from organisers.models import Organiser
verify(Organiser.objects.get(slug="%s"))
"""
PHONE = {"width": 360, "height": 780}
NARROW = {
    "home", "playlists", "playlist", "activity", "organiser", "badge", "assertion", "assertion-shown", "sign-in",
    "sign-up", "backpack", "share", "shown", "collections", "collection", "collection-edit", "settings", "inbox",
    "verify", "not-found",
}  # fmt: skip
WIDER = """document.documentElement.scrollWidth > innerWidth
  ? [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.outerHTML.slice(0, 80)) : []"""
UNKNOWN = "The signature is good, but the network does not know the issuer."
UNKNOWN_HOSTED = "This badge stands at the address that it names, but the network does not know the issuer."
NOT_YOURS = "This badge was sent to another address."
pytestmark = [pytest.mark.browser, pytest.mark.interop, pytest.mark.timeout(600)]


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
    showing.publish_and_share(learner, "Calm Checker")
    learner.goto("/backpack/")
    follow(learner, "^Calm Checker$")
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
    drawing = tmp_path / "badge.svg"
    drawing.write_bytes(stranger.request.get(f"{address}.svg").body())
    found = verify_ob2([f"{address}.json", png, drawing], allow=[host], recipient="vaiva@example.org")
    assert [verdict for verdict, _why in found] == ["VALID"] * 3, found


def test_an_organiser_endorses_another_and_withdraws_it(open_page):
    endorsing.ask_write_and_withdraw(open_page)


def test_an_organiser_accepts_the_endorsement_that_another_one_offers(open_page):
    endorsing.offer_and_accept(open_page)


def test_a_learner_keeps_the_badges_of_another_platform_that_are_theirs(open_page, school):
    learner = open_page("/en/", viewport=PHONE)
    register(learner, "goda@example.org", "Goda Petraitytė")
    mine, anothers = school.hosts("goda@work.example"), school.hosts("somebody@example.org", "/2")

    keeping.add_picture(learner, mine)
    assert NOT_YOURS in keeping.refusal(learner, open_page.complaints)
    keeping.add_address(learner, "goda@work.example")
    keeping.add_picture(learner, mine)
    kept = learner.get_by_role("main").inner_text()
    assert all(word in kept for word in ["Cook", "Cooks for twenty.", "School", "goda@work.example", "Open Badges 2.0"])
    assert keeping.answer(learner)["tone"] == "warning"
    assert "did not answer" not in kept
    keeping.add_picture(learner, anothers)
    assert NOT_YOURS in keeping.refusal(learner, open_page.complaints)

    learner.goto("/backpack/")
    elsewhere = learner.locator("section").filter(has_text="From other platforms")
    assert elsewhere.get_by_role("link", name=re.compile("Cook")).count() == 1
    assert elsewhere.locator("img").evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 8


def test_anybody_reads_whether_a_badge_holds_and_whether_its_issuer_is_known(open_page, demo, school):
    stranger = open_page("/en/", viewport=PHONE)
    address = demo["examples"]["assertion"][0]
    ours = stranger.request.get(f"{address}/credential.json").text()
    foreign = school.signs("goda@work.example").decode()

    genuine = {"tone": "success", "says": "This badge is genuine.", "steps": keeping.STEPS_OF_OURS}
    assert keeping.check_text(stranger, address) == genuine
    assert keeping.check_text(stranger, ours) == genuine
    assert keeping.check_file(stranger, stranger.request.get(f"{address}.png").body()) == genuine

    unknown = {"tone": "warning", "says": UNKNOWN, "steps": keeping.STEPS_OF_OTHERS}
    assert keeping.check_text(stranger, foreign) == unknown
    hosted = school.hosts("goda@work.example", "/3")
    steps = ["says the same at its own address" if step == "signature good" else step for step in unknown["steps"]]
    assert keeping.check_file(stranger, older_picture(hosted)) == unknown | {"says": UNKNOWN_HOSTED, "steps": steps}

    steps = ["readable", "Failed: signature not good"]
    broken = {"tone": "danger", "says": "This badge does not hold.", "steps": steps}
    name = json.loads(ours)["credentialSubject"]["achievement"]["name"]
    for changed in [ours.replace(name, "Dean of All"), foreign.replace('"School"', '"Harvard"')]:
        assert changed not in (ours, foreign)
        assert keeping.check_text(stranger, changed) == broken


def test_an_organiser_and_a_colleague_award_a_badge_to_one_and_to_many(open_page, portal_dir):
    owner, colleague = open_page("/en/"), open_page("/en/")
    register(owner, "ada@example.org", "Ada Klimaitė")
    workspace = make_organiser(owner, "Lamp Workshop")
    verify(portal_dir, "lamp-workshop")
    register(colleague, "benas@example.org", "Benas Rimkus")
    invite_issuer(owner, colleague, workspace, "benas@example.org")
    badge = make_badge(colleague, workspace, "Lamp Doctor")

    batch = award_to_one(colleague, badge, "Ugnė", "Žydrūnaitė", "ugne.z@example.org")
    colleague.get_by_role("button", name="Undo this award").click()
    colleague.get_by_text("This award was undone").wait_for()
    batch = award_to_many(colleague, badge)
    assert batch.get_by_text("188 of 188").count() == 1
    states = download_reports(colleague)
    assert Counter(states) == {"held": 188, "left out": 12}
    press(colleague, "Send now")

    colleague.goto(f"{workspace}issued/?q=person150@example.org")
    follow(colleague, "Person 150")
    read_mail(open_page("/en/"), "person150@example.org", "Lamp Doctor")
    colleague.get_by_role("button", name="Send the mail again").click()
    colleague.get_by_text("The mail is on its way once more.").wait_for()
    assert colleague.get_by_role("listitem").filter(has_text="Mail").count() == 2
    colleague.get_by_role("link", name="Revoke").click()
    colleague.get_by_label("Reason").fill("Was not there.")
    colleague.get_by_role("button", name="Revoke this badge").click()
    colleague.get_by_text("The badge is revoked.").wait_for()
    assert colleague.get_by_role("listitem").filter(has_text="Was not there.").count() == 1


def verify(portal_dir, slug):
    """Let a coordinator verify an organiser, so that it may award more than 50 badges a day."""
    manage(portal_dir, "shell", "--no-imports", "-c", VERIFY % slug)


def test_an_organiser_goes_from_nothing_to_a_label_that_can_be_suspended(
    open_page, browser, portal, portal_dir, tmp_path
):
    def arrive(name):
        return open_page("/quality-label/", storage_state=storage_of(browser, portal, email_of(name)))

    owner, coordinator = open_page("/en/"), arrive("Petra N.")
    workspace = label.found_and_be_verified(owner, coordinator)
    label.issue_for_months(owner, portal_dir, workspace)
    label.apply(owner, workspace)
    label.take_up_and_return(coordinator)
    label.complete(owner, workspace)
    label.find_eligible(coordinator)

    one, other, lead, third = (arrive(name) for name in ["Maria A.", "Tomáš B.", "Kadri T.", "Ingrid L."])
    label.ask_to_judge(coordinator, "Find the team", "Maria A.", "Tomáš B.", "Kadri T.")
    for page in [one, other, lead]:
        judging.accept(page)
    judging.ask_the_applicant(lead, [one, other], owner, workspace)
    desk = judging.write_review(one, judging.HIGH, "Only Maria says so.")
    judging.write_review(other, judging.LOW, "Only Tomáš says so.")
    judging.hand_in_review(one)
    for page in [other, lead, coordinator, owner]:
        assert page.request.get(f"{desk}A1/").status == 404
        assert "Only Maria says so." not in page.content()
    judging.hand_in_review(other)

    judging.call_third(lead)
    label.ask_to_judge(coordinator, "Find a third assessor", "Ingrid L.", of_committee=True)
    judging.accept(third)
    judging.write_review(third, judging.HIGH, "Ingrid saw the same.")
    assert third.request.get(f"{desk}A1/").status == 404
    judging.hand_in_review(third)
    judging.agree_and_report(lead)
    for name in ["Luca D.", "Seán O.", "Elena R."]:
        judging.vote(arrive(name))
    judging.decide(coordinator)

    stranger, admin = open_page("/quality-label/"), arrive("Hanna W.")
    credential = judging.download_credential(stranger, tmp_path)
    holds = dict.fromkeys(["register", "organiser", "seal", "engine"], True)
    assert judging.what_is_shown(stranger, credential, tmp_path) == holds
    words, cause = "Badges were given for money; we are looking into it.", "A serious complaint is being looked at."
    judging.look_after(admin, "Suspend the label", words, cause=cause)
    suspended = dict.fromkeys(holds, False) | {"engine": ["status is set"]}
    assert judging.what_is_shown(stranger, credential, tmp_path) == suspended
    judging.look_after(admin, "Lift the suspension", "It was a misunderstanding.")
    assert judging.what_is_shown(stranger, credential, tmp_path) == holds


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


def test_the_portal_can_be_installed_as_an_app(playwright, portal, tmp_path):
    window = playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=CHROMIUM, args=FLAGS, base_url=portal
    )
    page = window.new_page()
    page.goto("/en/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    devtools = window.new_cdp_session(page)

    errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    manifest = devtools.send("Page.getAppManifest")

    window.close()
    assert errors == []
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["name"] == "Waymark"


def test_a_learner_shows_badges_without_a_connection(open_page, portal_process, portal_dir):
    learner = open_page("/en/", viewport=PHONE)
    pages = offline.arrive(learner, "learner02@example.org")
    assert len(pages) > 4

    learner.context.set_offline(True)
    offline.shows_everything(learner, pages)
    learner.context.set_offline(False)
    with portal_process.stopped():
        offline.shows_everything(learner, pages)
        learner.goto("/backpack/")
        assert offline.MEANWHILE not in learner.get_by_role("main").inner_text()
        manage(portal_dir, "shell", "--no-imports", "-c", offline.AWARD)
    learner.reload()

    assert offline.MEANWHILE in learner.locator("section").filter(has_text="Waiting for you").inner_text()
    assert offline.note(learner) == ""
    learner.context.set_offline(True)
    learner.wait_for_function("document.querySelector('[data-connection]').textContent.startsWith('You are offline')")
    learner.context.set_offline(False)
    learner.wait_for_function("document.querySelector('[data-connection]').textContent === ''")

    learner.locator(".badge-tile").filter(has_text=offline.MEANWHILE).get_by_role("button", name="Collect").click()
    learner.get_by_text("The badge is yours, and private").wait_for()
    offline.wait_until_kept(learner)
    revoked = manage(portal_dir, "shell", "--no-imports", "-c", offline.REVOKE).strip()
    learner.goto("/backpack/")
    offline.wait_until_says(learner, revoked, "This badge was taken back.")
    learner.context.set_offline(True)
    learner.goto(revoked)
    assert "taken back" in learner.locator(".verdict").inner_text()
    offline.forgive_lost_files(open_page.complaints)


def test_who_signs_out_leaves_no_badge_on_the_device(open_page):
    learner = open_page("/en/")
    pages = offline.arrive(learner, "learner02@example.org")
    name = learner.locator(".avatar").inner_text()
    learner.context.set_offline(True)

    offline.sign_out(learner)
    learner.get_by_text("sign out once more").wait_for()
    assert offline.shows_nothing_of(learner, name, pages)

    learner.context.set_offline(False)
    learner.goto("/backpack/")
    offline.wait_until_kept(learner)
    offline.sign_out(learner)
    learner.wait_for_url("**/en/")
    learner.context.set_offline(True)
    learner.go_back()
    assert offline.is_offline_page(learner)
    assert offline.shows_nothing_of(learner, name, pages)
    offline.forgive_lost_files(open_page.complaints)


@pytest.mark.parametrize("is_offline", [False, True])
def test_going_back_shows_no_page_of_who_signed_out(playwright, portal, is_offline):
    remembers_pages = playwright.chromium.launch(
        executable_path=CHROMIUM, args=FLAGS, ignore_default_args=["--disable-back-forward-cache"]
    )
    learner = remembers_pages.new_page(base_url=portal)
    learner.goto("/en/")
    learner.evaluate("navigator.serviceWorker.ready.then(() => true)")
    sign_in(learner, "learner02@example.org")
    learner.wait_for_url("**/backpack/")
    learner.goto("/settings/")

    learner.context.set_offline(is_offline)
    offline.sign_out(learner)
    learner.wait_for_url("**/accounts/logout/" if is_offline else "**/en/")
    learner.evaluate("history.back()")

    shown = learner.get_by_role("heading", level=1, name="You are offline" if is_offline else "Sign in")
    shown.wait_for()
    assert learner.url.endswith("/settings/")
    remembers_pages.close()


def test_the_next_person_on_a_device_sees_nothing_of_the_one_before(open_page, browser, portal):
    device = open_page("/en/")
    pages = offline.arrive(device, "learner02@example.org")
    next_one = storage_of(browser, portal, "learner03@example.org")["cookies"]

    device.context.clear_cookies()
    device.context.add_cookies(next_one)
    device.goto("/backpack/")
    theirs = offline.wait_until_kept(device)
    assert not {*pages} & {*theirs, *device.evaluate(offline.KEPT)}
    device.context.set_offline(True)
    device.goto(pages[0])
    assert offline.is_offline_page(device)

    device.context.set_offline(False)
    device.context.clear_cookies()
    device.goto("/backpack/")
    device.wait_for_url("**/accounts/login/**")
    assert offline.wait_until(device, lambda kept: not kept) == set()
    offline.forgive_lost_files(open_page.complaints)


def test_the_buttons_of_the_app_are_there_where_they_work(open_page, browser, portal):
    state = storage_of(browser, portal, "learner02@example.org")
    page = open_page("/backpack/", storage_state=state)
    share = offline.listed(page)[1]
    install = page.get_by_role("button", name="Install as an app")
    assert not install.is_visible()

    page.evaluate(
        "dispatchEvent(Object.assign(new Event('beforeinstallprompt'), { prompt: () => { window.asked = true } }))"
    )
    install.click()
    assert page.evaluate("window.asked")
    assert not install.is_visible()

    page.goto(share)
    assert not page.get_by_role("button", name="Share with an app").is_visible()
    page.add_init_script("navigator.share = async (what) => { window.shared = what }; navigator.standalone = false")
    page.reload()
    page.get_by_role("button", name="Share with an app").click()
    assert page.evaluate("window.shared.url").endswith(share.replace("backpack", "assertions").removesuffix("/share/"))
    page.goto("/settings/")
    assert page.get_by_text("Add to Home Screen").is_visible()


def test_a_device_that_spares_data_keeps_what_is_opened_alone(open_page):
    learner = open_page("/en/")
    learner.evaluate("navigator.serviceWorker.ready.then(() => true)")
    spare = "Object.defineProperty(navigator.connection, 'saveData', { value: true })"
    learner.context.service_workers[0].evaluate(spare)
    sign_in(learner, "learner02@example.org")
    learner.wait_for_url("**/backpack/")
    wanted = offline.listed(learner)
    learner.goto(wanted[0])

    kept = offline.wait_until(learner, lambda kept: wanted[0] in kept)
    assert kept & {"/backpack/", *wanted} == {"/backpack/", wanted[0]}


@pytest.fixture(scope="session")
def kinds(demo, portal_dir):
    return page_kinds(demo, json.loads(manage(portal_dir, "shell", "--no-imports", "-c", FIND)))


def test_every_page_kind_is_free_of_faults(kinds, browser, portal):
    people = sorted({kind.person for kind in kinds})
    faults = [fault for person in people for fault in walk(browser, portal, person, kinds)]

    assert faults == []


@pytest.mark.parametrize("language", ["en", "lt"])
def test_the_main_pages_fit_the_narrowest_phone(kinds, browser, portal, language):
    wider = []
    for person in sorted({kind.person for kind in kinds if kind.name in NARROW}):
        state = storage_of(browser, portal, person)
        window = browser.new_context(base_url=portal, storage_state=state, viewport={"width": 320, "height": 640})
        window.add_cookies([{"name": "language", "value": language, "url": portal}])
        page = window.new_page()
        for kind in kinds:
            if kind.person == person and kind.name in NARROW:
                page.goto(kind.path.replace("/en/", f"/{language}/", 1))
                wide = page.evaluate(WIDER)
                wider += [(kind.name, part) for part in wide]
        window.close()

    assert {kind.name for kind in kinds} >= NARROW
    assert wider == []


def walk(browser, portal, person, kinds):
    """Open in one window, as a person does, all kinds that are theirs; yield what is wrong with each."""
    context = browser.new_context(base_url=portal, storage_state=storage_of(browser, portal, person), viewport=PHONE)
    context.add_init_script(Axe().axe_script)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for kind in kinds:
        if kind.person == person:
            said.clear()
            for fault in faults_of(page, kind, said):
                yield kind.name, *fault
    context.close()


def faults_of(page, kind, said):
    """Open a kind of page and yield its faults; `said` is where its console writes."""
    response = page.goto(kind.path)
    if response.status != kind.status:
        yield (f"answered {response.status}",)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield ("wider than the screen",)
    for line in list(said):  # before axe, whose own styles our policy refuses
        if not is_expected(line, kind):
            yield (line,)
    for violation in page.evaluate("options => axe.run(document, options).then(found => found.violations)", AXE):
        yield violation["id"], violation["nodes"][0]["html"][:200]


def test_a_learner_collects_arranges_publishes_and_shows_badges_to_one_reader(open_page, portal_process, portal_dir):
    learner = open_page("/en/")
    addresses = ["rugile@example.org", "rugile@example.org", "rugile@work.example"]
    register(learner, addresses[0], "Rugilė Žukaitė")
    keeping.add_address(learner, addresses[2])
    manage(portal_dir, "shell", "--no-imports", "-c", showing.AWARD % addresses)
    learner.goto("/backpack/")
    press(learner, "Collect all")
    badges = showing.names_of(learner)
    assert len(badges) == 3

    showing.collect_from_badge(learner, badges[0], "For a job")
    link = showing.collect_from_list(learner, "For my site", badges)
    frame = learner.locator("code", has_text="iframe").inner_text()
    with showing.another_site(f"<!doctype html><title>My site</title><h1>My site</h1>{frame}") as site:
        visitor = open_page(site)
        assert visitor.frame_locator("iframe").locator(".badge-tile-title").all_inner_texts() == badges
        visitor.wait_for_function("document.querySelector('iframe').height !== '480'")
    stranger = open_page(link)
    assert stranger.locator(".badge-tile-title").all_inner_texts() == badges

    told = showing.publish_and_share(learner, badges[1])
    assert told["name"] == badges[1]
    assert told["certUrl"] == f"{portal_process.base}/assertions/{told['certId']}"
    assert {"startTask", "organizationName", "issueYear", "issueMonth"} <= set(told)
    assert stranger.request.get(told["certUrl"]).ok

    shown = showing.show_to_reader(learner, badges[2], "Rasa B.")
    stranger.goto(shown)
    assert stranger.locator("html").get_attribute("lang") == "lt"
    assert "Šis ženklelis tikras." in stranger.get_by_role("main").inner_text()
    portal_process.settings["DJANGO_SETTINGS_MODULE"] = "tests.tomorrow"
    with portal_process.stopped():
        pass
    over = stranger.request.get(shown)
    assert (over.status, badges[2] in over.text(), "Rasa" in over.text()) == (410, False, False)
    del portal_process.settings["DJANGO_SETTINGS_MODULE"]
    with portal_process.stopped():
        pass
    assert stranger.request.get(shown).ok
