"""Organisers that endorse each other."""

import re

from cms.demo.data import email_of
from tests.journeys.keeping import check_text
from tests.journeys.pages import follow, press
from tests.journeys.signing_in import read_mail, sign_in

ENDORSER, ENDORSED = "Dunavska Učionica", "Taller Mar Oberta"
KIND_WORDS = "We worked with them for three years, and every learner came back with more than a paper."


def ask_write_and_withdraw(open_page) -> None:
    """Let one organiser ask another for an endorsement, which writes it and withdraws it again; anybody checks it."""
    owner, endorser = open_page("/en/"), open_page("/en/")
    sign_in(owner, email_of("Núria F."))
    owner.goto("/workspace/taller-mar-oberta/endorsements/ask/")
    with owner.expect_navigation():
        owner.get_by_role("main").locator("a[href*='/endorsements/ask/organiser/']").first.click()
    owner.get_by_label("Name of the organiser").fill("Dunavska")
    press(owner, "Search|Find|Show")
    follow(owner, "Dunavska")
    owner.get_by_label("A few words to the owners").fill("You saw our workshops in May.")
    press(owner, "^Ask")

    sign_in(endorser, email_of("Milica S."))
    mail = read_mail(endorser, email_of("Milica S."), "asks you to endorse")
    endorser.goto(mail.locator("a[href*='/endorsements/']").first.get_attribute("href"))
    address = endorser.url
    follow(endorser, "Write the endorsement")
    endorser.get_by_label("What you say").fill(KIND_WORDS)
    press(endorser, "^Preview")
    press(endorser, "Sign and publish")

    stranger = open_page(address)
    assert KIND_WORDS in stranger.get_by_role("main").inner_text()
    found = check_text(stranger, address)
    assert (found["tone"], found["says"]) == ("success", "This endorsement is genuine.")
    assert f"{ENDORSER} endorses “{ENDORSED}”." in stranger.get_by_role("main").inner_text()
    signed = stranger.request.get(address, headers={"Accept": "application/vc+ld+json"}).text()
    assert check_text(stranger, signed.replace("three years", "ten years"))["tone"] == "danger"
    endorser.goto(address)
    follow(endorser, "Withdraw this endorsement")
    press(endorser, "Withdraw it")
    stranger.goto(address)
    assert re.search("withdrew this endorsement", stranger.get_by_role("main").inner_text())
    for _try in range(10):  # until its issuer's list is signed anew
        found = check_text(stranger, signed)
        if found["tone"] == "danger":
            break
        stranger.wait_for_timeout(1000)
    assert found["says"] == "This endorsement does not count: who gave it took it back."


def offer_and_accept(open_page) -> None:
    """Let one organiser offer an endorsement to another, which nobody sees before it is accepted."""
    writer, owner = open_page("/en/"), open_page("/en/")
    sign_in(writer, email_of("Núria F."))
    writer.goto("/organisers/laguna-aperta/")
    follow(writer, "Endorse this in the name of your organiser")
    writer.get_by_label("What you say").fill(KIND_WORDS)
    press(writer, "^Preview")
    press(writer, "Sign and send")

    stranger = open_page("/organisers/laguna-aperta/")
    assert KIND_WORDS not in stranger.get_by_role("main").inner_text()
    sign_in(owner, email_of("Efisio M."))
    mail = read_mail(owner, email_of("Efisio M."), "would like to endorse")
    owner.goto(mail.locator("a[href*='/endorsements/']").first.get_attribute("href"))
    press(owner, "Accept and show it")
    stranger.reload()
    assert KIND_WORDS in stranger.get_by_role("main").inner_text()
    assert check_text(stranger, owner.url)["says"] == "This endorsement is genuine."
