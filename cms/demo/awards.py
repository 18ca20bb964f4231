"""Awards by list in the demo: one that is out, one to be sent later, one to be mended, and what recipients answered."""

import random
from datetime import timedelta

from badges.actions import collect_badge, decline_badge, revoke_badge
from badges.actions.assertions import ask_for_correction, report_award
from badges.actions.lists import award_list, begin_list
from badges.actions.showing import publish_badge, show_to_others
from badges.actions.supplements import add_supplement
from badges.cards import printing
from badges.models import Assertion, AwardBatch, AwardReport, BadgeClass
from cms.demo.data import LEARNERS
from cms.demo.organisations import badge_named, fresh
from organisers.models import Organiser
from portal import clock, schedule
from portal.accounts.models import Person
from portal.files.gate import Admitted

VISITORS = [
    "Ramunė Kazlauskė",
    "Bronius Jankauskas",
    "Ieva Stankutė",
    "Oskaras Vaitkus",
    "Liepa Rimkutė",
    "Saulė Noreikaitė",
]
HEADER = "E-mail;First name;Last name"
WHAT_WAS_DONE = {
    1: "3 of 3 repairs;https://example.org/repair-cafe/toaster",
    2: "2 of 3 repairs;https://example.org/repair-cafe/lamp https://example.org/repair-cafe/my-notes",
}
LATER = """visitor01@example.org;Ramunė;Kazlauskė
visitor02@example.org;Bronius;Jankauskas
visitor03@example.org;Ieva;Stankutė
learner04@example.org;Ștefan;Ionescu
"""
TO_MEND = """vaida.petraityte@example.org;Vaida;Petraitytė
tadas.mockus@example;Tadas;Mockus
;Gintarė;Urbonienė
learner05@example.org;Tomaž;Kranjc
rasa.balciunaite@gmial.com;Rasa;Balčiūnaitė
vaida.petraityte@example.org;Vaida;Petraitytė
dovydas at example.org;Dovydas;Sabonis
milda.gudaite@example.org;Milda;Gudaitė
paulius.lapinskas@example.org;Paulius;Lapinskas
"""
REQUEST = "Please write both my surnames: Milena Đorđević-Savić, as on my school certificate."
REPORT = "I was never at a repair café. Somebody must have mistyped an address."

PAPER = "Repair café, six hours in two afternoons. Three repairs were finished and tested with their owners."


def build_awards() -> None:
    """Award a badge of the first organiser by lists in every stage, and let recipients answer."""
    organiser = Organiser.objects.get(slug="neris-makers")
    issuer = fresh(Person.objects.get(email="jonas.p@example.org"))
    badge = badge_named(organiser, "Repair Cafe - took part")
    with clock.moved_to(-timedelta(days=6)):
        batch = read(badge, "repair-cafe-november.csv", everybody(), by=issuer, header=f"{HEADER};Result;Evidence")
        award_list(batch, by=issuer)
        schedule.drain()
    with clock.moved_to(-timedelta(days=6) + timedelta(minutes=11)):
        schedule.drain()
    with clock.moved_to(-timedelta(days=4)):
        answer(batch, issuer)
    later = read(badge_named(organiser, "Repair Cafe Host"), "helpers-december.csv", LATER, by=issuer)
    award_list(later, by=issuer, send_at=clock.now() + timedelta(days=30))
    read(badge, "repair-cafe-december.csv", TO_MEND, by=issuer)
    schedule.drain()


def read(badge: BadgeClass, name: str, rows: str, *, by: Person, header: str = HEADER) -> AwardBatch:
    """Begin a list and let the clock read it."""
    batch = begin_list(badge, Admitted(name, f"{header}\n{rows}".encode(), "text/plain"), by=by, language="en")
    schedule.drain()
    return AwardBatch.objects.get(pk=batch.pk)


def everybody() -> str:
    """Return all learners and some visitors as rows."""
    people = [(f"learner{number:02}", name, WHAT_WAS_DONE.get(number, ";")) for number, name in enumerate(LEARNERS, 1)]
    people += [(f"visitor{number:02}", name, ";") for number, name in enumerate(VISITORS, 1)]
    return "".join(f"{local}@example.org;{';'.join(name.split(' ', 1))};{done}\n" for local, name, done in people)


def paper(title: str) -> Admitted:
    """Return a page with a title as PDF, or as text where the portal cannot print."""
    if printing() is None:
        return Admitted(f"{title}.txt", f"{title}\n\n{PAPER}\n".encode(), "text/plain")
    page = f'<html lang="en"><head><title>{title}</title></head><body><h1>{title}</h1><p>{PAPER}</p></body></html>'
    return Admitted(f"{title}.pdf", printing().pdf(page), "application/pdf")


def answer(batch: AwardBatch, issuer: Person) -> None:
    """Let most learners collect, one turn it down, one ask for a correction and one visitor report it; revoke one."""
    rng = random.Random(6)  # noqa: S311 the demo is the same each time
    badges = {badge.email: badge for badge in Assertion.objects.filter(batch=batch)}
    for number in range(1, len(LEARNERS) + 1):
        email = f"learner{number:02}@example.org"
        person = Person.objects.filter(email=email).first()
        if person is None or (number > 2 and rng.random() > 0.75):
            continue
        if number == 9:
            decline_badge(badges[email], by=person)
        else:
            collect_badge(badges[email], by=person)
    shown, holder = badges["learner02@example.org"], Person.objects.get(email="learner02@example.org")
    diploma = add_supplement(shown, title="Diploma Supplement", file=paper("Diploma Supplement"), by=issuer)
    add_supplement(shown, title="Notes of the assessor", file=paper("Notes of the assessor"), by=issuer)
    publish_badge(shown, by=holder, shows_name=True)
    evidence, documents = shown.row.evidence[:1], [str(diploma.key)]
    show_to_others(shown, by=holder, evidence=evidence, result=True, documents=documents)
    holder = Person.objects.get(email="learner06@example.org")
    ask_for_correction(badges[holder.email], by=holder, text=REQUEST)
    schedule.drain()
    report_award(badges["visitor06@example.org"], kind=AwardReport.Kind.STRANGER, text=REPORT)
    revoke_badge(badges["learner24@example.org"], by=issuer, reason="Left before the café began.")
