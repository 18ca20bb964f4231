"""The label in an archive of the network's issuer: its credential, its picture, its final list."""

import pytest
from django.core.management import call_command

from badges import openbadges as ob
from portal import clock
from quality_label.actions.label_suspension import suspend_label
from tests.factories.accounts import PersonFactory
from tests.factories.label import label
from tests.factories.organisers import OrganiserFactory

pytestmark = pytest.mark.django_db


def test_the_label_verifies_from_files_and_one_that_is_suspended_does_not(tmp_path):
    standing, suspended = (label(organiser=OrganiserFactory(verified=True)) for _one in range(2))
    suspend_label(suspended, cause="complaint", words="x", by=PersonFactory(roles=["coordinator"]))
    issuer = standing.credential.issuer
    call_command("export_archive", tmp_path, issuer=str(issuer.key))
    root = tmp_path / issuer.organiser.slug

    def resolve(name):
        address = ob.did_address(name) or name
        return ob.decode((root / address.removeprefix("http://localhost:8000/")).read_bytes())

    def state(found):
        body = (root / f"attestations/{found.credential.key}/credential.json").read_bytes()
        assert ob.unbake_png((root / f"attestations/{found.credential.key}.png").read_bytes()) == {
            "openbadgecredential": body
        }
        return ob.verify(body, resolve=resolve, now=clock.now()).state

    assert (state(standing), state(suspended)) == (ob.State.VERIFIED, ob.State.REVOKED)
