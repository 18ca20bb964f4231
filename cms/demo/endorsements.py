"""Endorsements in the demo: given, asked for, offered and withdrawn."""

from datetime import timedelta

from badges.actions import endorsements as actions
from badges.models import Endorsement
from badges.subjects import BADGE, ORGANISER, find
from cms.demo.organisations import badge_named, fresh
from organisers.models import Organiser
from pathways.models import ActivityPage
from portal import clock, schedule
from portal.accounts.models import Person

BADGE_TEXT = """Two of our trainers sat in on the workshop and on the assessment. Nobody got this badge for being \
there: everybody showed a working prototype to people who had not seen it before.

We take those who hold it into our own advanced group without asking for more."""
ORGANISER_TEXT = """We have run repair events with Neris Makers for two years. Their badges say plainly what somebody \
did, and whoever asks is shown the evidence."""
RETURNED_TEXT = "Their teachers judge with us at our repair events: fair, patient and well prepared."
OFFERED_TEXT = "Our young people did this activity on their visit. It is short, clear, and needs no special tools."
WITHDRAWN_TEXT = "We know these courses from our own volunteers, who came back safer riders."
MESSAGE = """You saw our sailing day last summer and spoke with the young people. Would you say in public what you \
saw? It would help families who do not know us."""


def build_endorsements() -> None:
    """Let organisers stand up for each other, and some still wait for an answer."""
    neris, ruta = organiser_and_owner("neris-makers")
    taller, nuria = organiser_and_owner("taller-mar-oberta")
    dunavska, milica = organiser_and_owner("dunavska-ucionica")
    badge = badge_named(neris, "Civic Tech Starter")
    with clock.moved_to(-timedelta(days=20)):
        give(find(BADGE, badge.key), BADGE_TEXT, asker=ruta, endorser=dunavska, writer=milica)
        give(find(ORGANISER, neris.key), ORGANISER_TEXT, asker=ruta, endorser=taller, writer=nuria)
        fietsen, daan = organiser_and_owner("groene-fietsacademie")
        over = give(find(ORGANISER, fietsen.key), WITHDRAWN_TEXT, asker=daan, endorser=neris, writer=ruta)
        give(find(ORGANISER, dunavska.key), RETURNED_TEXT, asker=milica, endorser=neris, writer=ruta)
    with clock.moved_to(-timedelta(days=3)):
        actions.withdraw_endorsement(over, by=ruta)
        actions.ask_for_endorsement(find(ORGANISER, taller.key), endorser=neris, message=MESSAGE, by=nuria)
        zmajska, ana = organiser_and_owner("zmajska-delavnica")
        activity = ActivityPage.objects.open_for_learning().of(neris).in_first_language()[0]
        offered = find("activity", activity.translation_key)
        actions.offer_endorsement(offered, endorser=zmajska, text=OFFERED_TEXT, by=ana)
    schedule.drain()


def organiser_and_owner(slug: str) -> tuple[Organiser, Person]:
    """Return an organiser of the demo, and its owner as read anew."""
    organiser = Organiser.objects.get(slug=slug)
    return organiser, fresh(organiser.memberships.owners().select_related("person").first().person)


def give(subject, text: str, *, asker: Person, endorser: Organiser, writer: Person) -> Endorsement:
    """Let an endorsement be asked for and written."""
    request = actions.ask_for_endorsement(subject, endorser=endorser, message=MESSAGE, by=asker)
    return actions.answer_request(request, endorser=endorser, text=text, by=writer)
