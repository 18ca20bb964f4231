"""The pages of an appeal: of who lodges it, of the network, of its panel and of the side that decided."""

import pytest
from django.urls import reverse

from portal.accounts.models import Person
from quality_label.models import Appeal, Application
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import MembershipFactory
from tests.quality_label.test_appeals import WHY, admin, judges, lodge, owner, refused, voted, with_panel

pytestmark = pytest.mark.django_db
__all__ = ["admin", "judges", "refused"]


def signed_in(client, person):
    client.force_login(Person.objects.get(pk=person.pk))
    return client


def place_to_lodge(case, subject="not_awarded"):
    return reverse("quality_label:own-appeal-lodge", args=[case.organiser.slug, case.key, subject])


def step(appeal, name):
    return reverse(f"quality_label:{name}", args=[appeal.key])


def own_step(appeal, name):
    return reverse(f"quality_label:{name}", args=[appeal.application.organiser.slug, appeal.key])


def test_an_owner_finds_the_way_from_the_label_and_lodges(client, refused):
    signed_in(client, owner(refused))
    home = client.get(reverse("quality_label:own", args=[refused.organiser.slug]))
    assert place_to_lodge(refused) in home.text

    sent = client.post(place_to_lodge(refused), {"grounds": ["overlooked", "level"], "words": WHY}, follow=True)

    appeal = Appeal.objects.get()
    assert appeal.own_url in sent.redirect_chain[-1][0]
    assert appeal.grounds == ["overlooked"]
    again = client.get(place_to_lodge(refused))
    assert (again.status_code, again.url) == (302, appeal.own_url)
    assert appeal.own_url in client.get(reverse("quality_label:own", args=[refused.organiser.slug])).text


@pytest.mark.parametrize(
    ("grounds", "words", "said"),
    [
        (["level"], WHY, "no ground by itself"),
        ([], WHY, "required"),
        (["rule"], "Too short.", "100 characters"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(client, refused, grounds, words, said):
    signed_in(client, owner(refused))

    answer = client.post(place_to_lodge(refused), {"grounds": grounds, "words": words, "new_evidence": "A letter."})

    assert answer.status_code == 422
    assert said in answer.text
    assert words in answer.text
    assert "A letter." in answer.text
    assert not Appeal.objects.exists()


def test_others_of_the_organiser_read_and_only_owners_lodge(client, refused):
    author = MembershipFactory(organiser=refused.organiser, role="author").person
    signed_in(client, author)
    assert client.get(place_to_lodge(refused)).status_code == 403
    appeal = lodge(refused)

    assert client.get(appeal.own_url).status_code == 200
    assert client.post(own_step(appeal, "own-appeal-withdraw")).status_code == 403
    signed_in(client, PersonFactory())
    assert client.get(appeal.own_url).status_code == 404
    assert client.get(place_to_lodge(refused)).status_code == 404


def test_from_the_network_through_the_panel_to_a_new_round(client, refused, judges, admin):
    appeal = lodge(refused)
    signed_in(client, admin)
    assert refused.organiser.name in client.get(reverse("quality_label:appeal-list")).text
    client.post(step(appeal, "appeal-take-up"), {"take_up-seen": 0})
    page = client.get(step(appeal, "appeal"))
    client.post(step(appeal, "appeal-admit"), {"admit-seen": page.context["appeal"].version})
    seats = list(Appeal.objects.get().seats.all())
    assert len(seats) == 3

    for seat in seats:
        signed_in(client, seat.person)
        assert appeal.panel_url in client.get(reverse("quality_label:judging")).text
        assert WHY not in client.get(appeal.panel_url).text
        client.post(step(appeal, "appeal-declare"), {"has_conflict": "no"})
        assert WHY in client.get(appeal.panel_url).text
        empty = client.post(step(appeal, "appeal-vote"), {"vote": "partly_upheld", "words": "Look at it again."})
        assert (empty.status_code, "Name the criteria" in empty.text) == (422, True)
        vote = {"vote": "partly_upheld", "criteria": ["C4"], "words": "Item 17 was not seen."}
        assert client.post(step(appeal, "appeal-vote"), vote).status_code == 302

    signed_in(client, admin)
    page = client.get(step(appeal, "appeal"))
    facts = {"dismiss-seen": page.context["appeal"].version}
    assert client.post(step(appeal, "appeal-decide"), facts).status_code == 422
    facts["dismiss-finding_overlooked"] = "Item 17 was in the file, and no review names it."
    assert client.post(step(appeal, "appeal-decide"), facts).status_code == 302

    case = Application.objects.get(pk=refused.pk)
    assert (case.state, list(case.asked)) == ("assigning", ["C4"])
    signed_in(client, owner(refused))
    assert "Item 17 was in the file" in client.get(appeal.own_url).text
    assert "looked at again" in client.get(appeal.own_url).text
    report = client.get(case.decision.get_absolute_url())
    assert (report.status_code, "was replaced" in report.text) == (200, True)


def test_who_had_a_part_looks_and_does_not_act(client, refused, judges):
    appeal = lodge(refused)
    coordinator = Person.objects.get(pk=refused.coordinator_id)
    coordinator.network_roles.create(role="network_admin", starts_on="2020-01-01")
    signed_in(client, coordinator)

    page = client.get(step(appeal, "appeal"))

    assert (page.status_code, page.context["forms"]) == (200, {})
    assert client.post(step(appeal, "appeal-take-up"), {"take_up-seen": 0}).status_code == 403


def test_the_lead_comments_and_the_owner_answers(client, refused, judges, admin):
    appeal = with_panel(refused, admin)
    signed_in(client, refused.assignments.get(role="lead").person)
    assert WHY in client.get(appeal.panel_url).text
    client.post(step(appeal, "appeal-comment"), {"comment-seen": appeal.version, "comment-words": "It was seen."})
    signed_in(client, owner(refused))
    page = client.get(appeal.own_url)
    assert "It was seen." in page.text

    sent = {"answer-seen": page.context["appeal"].version, "answer-words": "No review names it."}
    assert client.post(own_step(appeal, "own-appeal-answer"), sent).status_code == 302
    signed_in(client, appeal.seats.first().person)
    assert "No review names it." in client.get(appeal.panel_url).text


def test_after_a_vote_it_is_not_taken_back(client, refused, judges, admin):
    appeal = voted(with_panel(refused, admin), "upheld")
    signed_in(client, owner(refused))

    assert client.post(own_step(appeal, "own-appeal-withdraw"), {"withdraw-seen": appeal.version}).status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(client, refused, admin, count, django_assert_num_queries):
    lodge(refused)
    for number in range(count - 1):
        Appeal.objects.create(
            application=refused, subject="conditions", against_at=f"2026-01-0{number + 1}T12:00Z", words=WHY,
            admit_by="2026-12-01", decide_by="2026-12-31",
        )  # fmt: skip
    signed_in(client, admin)
    client.get(reverse("quality_label:appeal-list"))

    with django_assert_num_queries(10):
        client.get(reverse("quality_label:appeal-list"))
