"""Claim codes that do not work: each says so in a sentence, takes nothing and awards nothing."""

from datetime import timedelta

import pytest

from badges.actions.codes import ask_with_code, close_codes
from badges.models import AwardRow, CodeUse
from organisers.actions import record_standing
from portal import clock
from portal.workflow import take
from tests.badges.pages import confirm_path, said
from tests.factories.badges import issuer_of
from tests.factories.codes import WANTED, claim_code, proven_use

pytestmark = pytest.mark.django_db


def use_up(code):
    proven_use(code, email="first@example.org")


def close(code):
    close_codes(code.series, by=issuer_of(code.series.badge_class.organiser))


def suspend(code):
    record_standing(code.series.badge_class.organiser, by=None, standing="suspended")


def lose_verification(code):
    record_standing(code.series.badge_class.organiser, by=None, standing="unverified")


def archive(code):
    badge = code.series.badge_class
    take(badge.archive, by=issuer_of(badge.organiser))


NOT_NOW = "This code does not work at the moment."
DEAD = {
    "used up": (use_up, "This code was used as often as it can be."),
    "closed": (close, "This code was closed by those who made it."),
    "suspended": (suspend, NOT_NOW),
    "not verified": (lose_verification, NOT_NOW),
    "archived": (archive, NOT_NOW),
}


@pytest.mark.parametrize(("kill", "sentence"), DEAD.values(), ids=DEAD)
def test_a_code_that_does_not_work_says_so_and_takes_nothing(client, kill, sentence):
    code = claim_code()
    kill(code)
    before = CodeUse.objects.count()

    page, answer = client.get(code.get_absolute_url()), client.post(code.get_absolute_url(), WANTED)

    assert sentence in said(page)
    assert sentence in said(answer)
    assert "suspended" not in said(page)
    assert answer.status_code == 409
    assert CodeUse.objects.count() == before


@pytest.mark.parametrize(("kill", "sentence"), DEAD.values(), ids=DEAD)
def test_a_code_that_stopped_working_awards_nothing_by_links_that_are_under_way(client, kill, sentence):
    code = claim_code()
    use = ask_with_code(code, email="vaiva@example.org", name="Vaiva")
    kill(code)

    answer = client.post(confirm_path(use), {"name": "Vaiva"})

    use.refresh_from_db()
    assert sentence in said(answer)
    assert use.is_unproven
    assert not AwardRow.objects.filter(email="vaiva@example.org").exists()


def test_a_code_is_not_valid_before_its_time(client):
    code = claim_code(valid_from=clock.now() + timedelta(hours=1))

    assert "This code does not work yet." in said(client.get(code.get_absolute_url()))
    with clock.moved_to(timedelta(hours=1, minutes=1)):
        assert "Send me the link" in said(client.get(code.get_absolute_url()))


def test_a_code_ends_with_its_time(client):
    code = claim_code(days=1)

    with clock.moved_to(timedelta(days=1, minutes=1)):
        assert "The time of this code is over." in said(client.get(code.get_absolute_url()))
        assert client.post(code.get_absolute_url(), WANTED).status_code == 409


def test_who_asked_in_time_may_prove_the_address_a_little_later(client):
    use = ask_with_code(claim_code(days=1), email="vaiva@example.org", name="Vaiva")

    with clock.moved_to(timedelta(days=1, hours=1)):
        client.post(confirm_path(use), {"name": "Vaiva"})

    use.refresh_from_db()
    assert use.is_awarded
