"""The file of a case opens to people of the network once they said that no conflict keeps them from it."""

import pytest

from quality_label.permissions import may_see_evidence
from tests.factories.accounts import PersonFactory
from tests.factories.cases import NO, led_case, snapshot_of
from tests.factories.label import DeclarationFactory, EvidenceFactory, voted_case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["coordinator", "network_admin"])
def test_a_case_page_shows_no_file_before_the_declaration(client, role):
    case, person = led_case(), PersonFactory(roles=[role])
    snapshot_of(case)
    client.force_login(person)
    path = f"/network/applications/{case.key}/"

    before = client.get(path)
    DeclarationFactory(application=case, person=person, answers=NO)
    after = client.get(path)

    assert "Young people of the harbour" not in before.text
    assert "Young people of the harbour" in after.text
    assert (f"{path}declare/" in before.text, f"{path}declare/" in after.text) == (True, False)


def test_nothing_of_the_file_opens_at_another_address(client):
    case, person = voted_case("awarded"), PersonFactory(roles=["coordinator"])
    item = EvidenceFactory(application=case, kind="link")
    client.force_login(person)
    lead = f"/quality-label/lead/{case.key}/"

    assert [client.get(path).status_code for path in [f"{lead}consensus/", f"{lead}print/"]] == [403] * 2
    assert not may_see_evidence(item, person)
    assert may_see_evidence(item, case.coordinator)
    client.force_login(PersonFactory(roles=["network_admin"]))
    panel = client.get(f"/network/applications/{case.key}/panel/")
    assert (panel.status_code, panel["Location"]) == (302, f"/network/applications/{case.key}/declare/")
