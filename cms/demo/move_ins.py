"""What organisers of the demo issued elsewhere before: one checked, one waiting for the network, one not handed in."""

import json
from datetime import timedelta

from badges.actions import moving_in as actions
from badges.models import MoveIn
from cms.demo.endorsements import organiser_and_owner
from cms.demo.organisations import COORDINATOR, fresh
from portal import clock, schedule
from portal.accounts.models import Person
from portal.files.gate import Admitted

OLD = "https://insigna.example"
NOTE = """Opened twelve of the awards at their addresses, for three badges each of the years: all stand there, in the \
name of this organiser. The log has as many rows as the figures on its page."""
CHECKED = ["Repair Cafe Helper", "Soldering Basics", "Tool Library Volunteer"]
WAITING = ["Sail Hand", "Lagoon Guide"]
CLAIMS = {1: "contribution", 2: "skill", 3: "contribution"}


def build_move_ins() -> None:
    """Let one organiser be checked, one wait, and one look at what was read."""
    neris, ruta = organiser_and_owner("neris-makers")
    laguna, efisio = organiser_and_owner("laguna-aperta")
    petra = fresh(Person.objects.get(email=COORDINATOR))
    facts = {"platform": "Insigna", "address": f"{OLD}/neris-makers"}
    with clock.moved_to(-timedelta(days=60)):
        old = actions.begin_move_in(neris, export=export(CHECKED, neris), log=log(CHECKED, 84), by=ruta, **facts)
        old = actions.hand_in_move_in(old, kinds=CLAIMS, by=ruta)
    with clock.moved_to(-timedelta(days=52)):
        actions.confirm_move_in(old, note=NOTE, by=petra)
    with clock.moved_to(-timedelta(days=4)):
        facts = {"platform": "Insigna", "address": f"{OLD}/laguna-aperta"}
        new = actions.begin_move_in(laguna, export=export(WAITING, laguna), log=log(WAITING, 31), by=efisio, **facts)
        actions.hand_in_move_in(new, kinds={1: "skill"}, by=efisio)
        begin_another(neris, ruta)
    schedule.drain()


def begin_another(neris, ruta) -> MoveIn:
    """Bring a log with rows that cannot be read, and leave it there."""
    rows = [
        "Night of the Makers,somebody,2024-11-08,",
        "Night of the Makers,,2024-11-08,",
        "Open Bench,a@b.example,soon,",
    ]
    table = log(["Night of the Makers", "Open Bench"], 12, rows)
    return actions.begin_move_in(neris, platform="Event Stamps", address="", export=None, log=table, by=ruta)


def export(names: list[str], organiser) -> Admitted:
    """Return an export of issuer and badges as another platform writes it."""
    issuer = {"type": "Issuer", "id": f"{OLD}/{organiser.slug}", "name": organiser.name, "url": organiser.website}
    badges = [
        {
            "type": "BadgeClass",
            "id": f"{OLD}/{organiser.slug}/{number}",
            "name": name,
            "description": f"{name}, as we gave it before we came here.",
            "criteria": {"narrative": "Take part three times, and show one thing that you did."},
            "issuer": issuer["id"],
        }
        for number, name in enumerate(names, start=1)
    ]
    document = {"issuer": issuer, "badgeclasses": badges, "assertions": []}
    return Admitted("badges.json", json.dumps(document).encode(), "application/json")


def log(names: list[str], count: int, rows=()) -> Admitted:
    """Return an award log: so many awards to two people in three of these, until ten months ago."""
    last = clock.today() - timedelta(days=300)
    awards = [
        f"{names[number % len(names)]},person{number * 2 // 3}@insigna.example,{last - timedelta(days=9 * number)},"
        for number in range(count)
    ]
    return Admitted("awards.csv", "\n".join(["badge,recipient,issued on,revoked", *awards, *rows]).encode(), "text/csv")
