"""Badges shown to one reader: what they see, in which language, until when; and how often they looked."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied

from badges.actions import Recipient, award, collect_badge, revoke_badge
from badges.actions.reader_shares import MOST, MOST_BADGES, Chosen, gather_openings, make_share, stop_share
from badges.actions.showing import show_to_others
from badges.actions.supplements import add_supplement
from badges.models import Assertion, ReaderShare
from portal import clock
from portal.accounts.models import Person
from portal.files.gate import Admitted
from portal.workflow import StepRefused
from tests.badges.pages import said
from tests.factories.accounts import PersonFactory
from tests.factories.badges import WORDS, carry_out, issuer_of, published_badge
from tests.factories.collections import collected, imported
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
WORK, PHOTO = "https://example.org/work", "https://example.org/photo"
LIST = "/backpack/shares/"


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def holder():
    return PersonFactory(email="jonas@example.org", name="Jonas Petraitis")


@pytest.fixture
def badge(holder):
    """Return a private badge with two pieces of evidence and a result."""
    facts = {"evidence": [WORK, PHOTO], "result": "9 of 10"}
    award(published_badge(), [Recipient(holder.email, "Jonas", **facts)], by=None, source="playlist")
    carry_out()
    return collect_badge(Assertion.objects.get(), by=holder)


def made(holder, *badges, days=1, **facts) -> ReaderShare:
    chosen = [one if isinstance(one, Chosen) else Chosen(one.key) for one in badges]
    facts = {"reader": "Rasa B.", "language": "en", "until": clock.today() + timedelta(days=days)} | facts
    return make_share(by=holder, badges=chosen, **facts)


def opened(client, share):
    return client.get(share.address.removeprefix("http://localhost:8000"))


def form(badge, **facts):
    until = (clock.today() + timedelta(days=1)).isoformat()
    return {"badge": [str(badge.key)], "reader": "Rasa B.", "language": "lt", "until": until} | facts


def test_the_reader_sees_what_was_ticked_of_a_private_badge_and_no_more(client, holder, badge):
    share = made(holder, Chosen(badge.key, (WORK,), result=True))

    page = opened(client, share)

    assert page.status_code == 200
    assert "Brake Check" in page.text
    assert "This badge is genuine." in page.text
    assert WORK in page.text
    assert "9 of 10" in page.text
    assert PHOTO not in page.text
    assert "Jonas" not in page.text
    assert client.get(badge.get_absolute_url()).status_code == 404
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex", "no-referrer")
    assert page["Cache-Control"] == "no-store, private"


def test_without_a_tick_neither_evidence_nor_result_is_shown(client, holder, badge):
    page = opened(client, made(holder, badge, shows_name=True)).text

    assert WORK not in page
    assert "9 of 10" not in page
    assert "Jonas Petraitis" in page


def test_evidence_that_the_badge_does_not_have_is_not_shown(client, holder, badge):
    page = opened(client, made(holder, Chosen(badge.key, ("https://evil.example/",)))).text

    assert "evil.example" not in page


def test_it_comes_in_the_language_of_the_reader_and_in_another_when_asked(client, holder, badge):
    share = made(holder, badge, language="lt")

    page = opened(client, share)
    other = client.get(share.address.removeprefix("http://localhost:8000") + "?language=en")

    assert page["Content-Language"] == "lt"
    assert '<html lang="lt"' in page.text
    assert '<html lang="en"' in other.text
    assert "en-GB" not in opened(client, share).headers.get("Set-Cookie", "")


def test_after_its_last_day_it_says_so_and_shows_nothing(client, holder, badge):
    share = made(holder, badge, days=1, message="For the job.")

    with clock.moved_to(timedelta(days=3)):
        page = opened(client, share)

    assert page.status_code == 410
    assert "This link is over" in page.text
    for secret in ("Brake Check", "Rasa", "For the job.", "Jonas"):
        assert secret not in page.text


def test_it_opens_until_the_end_of_its_last_day_where_the_holder_is(client, holder, badge):
    Person.objects.update(time_zone="Pacific/Auckland")
    holder.refresh_from_db()
    today = clock.now().astimezone(holder.zone()).date()
    share = make_share(by=holder, badges=[Chosen(badge.key)], reader="Rasa", language="en", until=today)

    assert share.ends_at.astimezone(holder.zone()).date() == today + timedelta(days=1)
    with clock.moved_to(share.ends_at - timedelta(seconds=1)):
        assert opened(client, share).status_code == 200
    with clock.moved_to(share.ends_at):
        assert opened(client, share).status_code == 410


def test_stopped_it_is_over_at_once_and_for_good(client, holder, badge):
    share = made(holder, badge)
    client.force_login(holder)

    client.post(f"{share.get_absolute_url()}stop/")

    client.logout()
    assert opened(client, share).status_code == 410


def test_only_its_owner_stops_it_or_looks_after_it(client, holder, badge):
    share = made(holder, badge)
    client.force_login(PersonFactory())

    assert client.get(share.get_absolute_url()).status_code == 404
    assert client.post(f"{share.get_absolute_url()}stop/").status_code == 404
    with pytest.raises(PermissionDenied):
        stop_share(share, by=PersonFactory())


@pytest.mark.parametrize("fact", ["is_of_age", "is_active"])
def test_it_leads_nowhere_for_a_closed_account_and_for_people_under_age(client, holder, badge, fact):
    share = made(holder, badge)
    Person.objects.filter(pk=holder.pk).update(**{fact: False})

    assert opened(client, share).status_code == 404


def test_a_badge_taken_back_is_gone_from_it(client, holder, badge):
    share = made(holder, badge)
    revoke_badge(badge, by=issuer_of(badge.badge_class.organiser), reason="A mistake.")

    assert "Brake Check" not in opened(client, share).text


def test_openings_are_counted_beside_the_database_and_ones_own_are_not(client, holder, badge):
    share = made(holder, badge)
    for _time in range(3):
        opened(client, share)
    client.head(share.address.removeprefix("http://localhost:8000"))
    client.force_login(holder)
    opened(client, share)
    share.refresh_from_db()
    assert share.opened_count == 0

    gather_openings()
    gather_openings()

    share.refresh_from_db()
    assert share.opened_count == 3
    assert "opened 3 times" in said(client.get(share.get_absolute_url()))


def test_from_the_badge_to_the_link(client, holder, badge):
    client.force_login(holder)
    assert f"{LIST}new/?badge={badge.key}" in client.get(f"/backpack/{badge.key}/share/").text
    assert f'value="{badge.key}" checked' in client.get(f"{LIST}new/?badge={badge.key}").text

    answer = client.post(f"{LIST}new/", form(badge, **{f"evidence-{badge.key}": [WORK]}), follow=True)

    share = ReaderShare.objects.get()
    assert share.address in answer.text
    assert WORK in answer.text
    assert (share.language, share.badges.get().evidence) == ("lt", [WORK])
    assert "Rasa B." in client.get(LIST).text
    assert "Rasa B." in client.get(badge.get_absolute_url()).text


@pytest.mark.parametrize(
    "fault",
    [
        {"badge": []},
        {"reader": ""},
        {"until": "2020-01-01"},
        {"until": "2120-01-01"},
        {"until": "tomorrow"},
        {"language": "xx"},
        {"reader": "R" * 121},
        {"badge": ["not-a-key", "3f0fa6a4-0000-4000-8000-000000000000"]},
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, holder, badge, fault):
    client.force_login(holder)

    sent = form(badge, message="For the job.", **{f"evidence-{badge.key}": [PHOTO]}) | fault
    answer = client.post(f"{LIST}new/", sent)

    assert answer.status_code == 422
    assert "For the job." in answer.text
    assert f'value="{PHOTO}" checked' in answer.text
    assert not ReaderShare.objects.exists()


def test_a_day_that_cannot_be_is_said_at_its_field(client, holder, badge):
    client.force_login(holder)

    answer = client.post(f"{LIST}new/", form(badge, until="2020-01-01"))

    assert answer.context["form"].errors["until"] == ["Choose a day from today on, a year away at the most."]
    assert answer.context["refusal"] == ""


def test_the_badge_of_somebody_else_cannot_be_shown(client, holder, badge):
    (other,) = collected(PersonFactory())

    with pytest.raises(StepRefused):
        made(holder, other)


def test_there_are_not_too_many(holder, badge):
    for _number in range(MOST):
        made(holder, badge)
    with pytest.raises(StepRefused, match="more is not possible"):
        made(holder, badge)


def test_a_link_has_so_many_badges_and_asks_the_same_of_the_database(client, holder, badge):
    few, many = made(holder, badge), made(holder, badge, *collected(holder, MOST_BADGES - 1))
    with pytest.raises(StepRefused):
        made(holder, *collected(holder, MOST_BADGES + 1))

    assert opened(client, many).text.count("This badge is genuine.") == MOST_BADGES
    client.force_login(holder)
    assert queries_of(client, few.get_absolute_url()) == queries_of(client, many.get_absolute_url())


def test_people_under_age_make_none(client):
    child = PersonFactory(is_of_age=False)
    badge = collected(child)[0]
    client.force_login(child)

    assert client.get(f"{LIST}new/")["Location"] == LIST
    assert "People under age" in said(client.get(LIST)) or "people under age" in said(client.get(LIST))
    with pytest.raises(StepRefused):
        made(child, badge)


def test_a_badge_of_another_platform_is_shown_with_what_its_check_found(client, holder):
    page = said(opened(client, made(holder, imported(holder, name="Cook"))))

    assert "Cook" in page
    assert "From another platform" in page


def test_a_public_document_is_handed_out_while_the_share_runs(client, holder, badge):
    file = Admitted("supplement.pdf", b"%PDF-1.7", "application/pdf")
    paper = add_supplement(badge, title="Diploma Supplement", file=file, by=issuer_of(badge.badge_class.organiser))
    share = made(holder, badge)
    path = f"{share.address.removeprefix('http://localhost:8000')}/documents/{paper.key}"
    assert client.get(path).status_code == 404

    show_to_others(badge, by=holder, evidence=[], result=False, documents=[str(paper.key)])
    assert path in opened(client, share).text
    assert b"".join(client.get(path)) == b"%PDF-1.7"

    stop_share(share, by=holder)
    assert client.get(path).status_code == 404


def test_unknown_links_lead_nowhere(client):
    assert client.get("/shares/nothing").status_code == 404
    assert client.post("/shares/nothing").status_code == 405
    assert WORDS["name"] not in client.get("/shares/nothing").text


def test_of_what_was_sent_as_evidence_only_what_the_badge_has_is_kept(client, holder, badge):
    client.force_login(holder)

    client.post(f"{LIST}new/", form(badge, **{f"evidence-{badge.key}": [PHOTO, "not\0there", "x" * 10_000]}))

    assert ReaderShare.objects.get().badges.get().evidence == [PHOTO]
