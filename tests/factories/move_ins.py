"""What was issued elsewhere for tests, brought by the product's own actions."""

import json

from badges.actions import moving_in as actions
from badges.models import MoveIn
from portal.files.gate import Admitted
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory, owner_of

HERE = "https://old.example"
ISSUER = {"type": "Issuer", "id": f"{HERE}/issuer", "name": "Ratas", "url": HERE, "email": "hello@old.example"}


def former_badge(name="Brake Check", **facts) -> dict:
    """Return a badge class as another platform exports it."""
    source = f"{HERE}/badges/{name.lower().replace(' ', '-')}"
    words = {"name": name, "description": "Adjusts brakes.", "criteria": {"narrative": "Adjust two brakes."}}
    return {"type": "BadgeClass", "id": source, "issuer": ISSUER["id"], **words, **facts}


def former_award(number, email="ona@example.org", badge=None, **facts) -> dict:
    """Return an assertion as another platform exports it."""
    recipient = {"type": "email", "hashed": False, "identity": email}
    issued = {"issuedOn": "2025-03-31T12:00:00Z", "badge": (badge or former_badge())["id"]}
    return {"type": "Assertion", "id": f"{HERE}/awards/{number}", "recipient": recipient, **issued, **facts}


def export_of(*objects) -> Admitted:
    """Return a file with some objects."""
    return Admitted("export.json", json.dumps(list(objects)).encode(), "application/json")


def log_of(*rows, header="badge,recipient,issued on,revoked") -> Admitted:
    """Return an award log; each row is a line."""
    return Admitted("log.csv", "\n".join([header, *rows]).encode(), "text/csv")


def brought(organiser=None, *, export=None, log=None, platform="Old Badges") -> MoveIn:
    """Return what an owner brought and has not handed in yet: one badge and two awards, where no file is given."""
    organiser = organiser or OrganiserFactory(verified=True)
    if not (export or log):
        export = export_of(ISSUER, former_badge(), former_award(1), former_award(2, "jonas@example.org"))
    facts = {"platform": platform, "address": f"{HERE}/ratas"}
    return actions.begin_move_in(organiser, export=export, log=log, by=owner_of(organiser), **facts)


def handed_in(organiser=None, *, kinds=None, **files) -> MoveIn:
    """Return what waits for the network."""
    move_in = brought(organiser, **files)
    return actions.hand_in_move_in(move_in, kinds=kinds or {}, by=owner_of(move_in.organiser))


def coordinator():
    """Return somebody who checks for the network."""
    return PersonFactory(roles=["coordinator"])


def checked(organiser=None, **facts) -> MoveIn:
    """Return what the network confirmed."""
    return actions.confirm_move_in(handed_in(organiser, **facts), note="Opened each award.", by=coordinator())


def turned_down(organiser=None, **facts) -> MoveIn:
    """Return what the network did not confirm."""
    reason = "The page there names somebody else."
    return actions.turn_down_move_in(handed_in(organiser, **facts), reason=reason, by=coordinator())
