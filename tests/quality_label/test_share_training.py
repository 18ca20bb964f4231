"""A member lets an organiser see how far they are in the training; nothing without (K1)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from badges.models import BadgeClass
from pathways.actions import confirm_activity, join_playlist
from quality_label.actions.sharing import share_training
from quality_label.learners import learners_of
from quality_label.models import TrainingBadge, TrainingShare
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.organisers import MembershipFactory, OrganiserFactory, owner_of
from tests.factories.pathways import activity, playlist, translated
from tests.portal.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]
MINE = "/quality-label/training/"


@pytest.fixture
def training():
    """The training of the network, with two modules."""
    network = OrganiserFactory(verified=True, is_network=True)
    badge = published_badge(network)
    BadgeClass.objects.filter(pk=badge.pk).update(valid_months=24)
    badge.refresh_from_db()
    TrainingBadge.objects.create(badge_class=badge)
    modules = [activity(network, title=title) for title in ("Recognition", "Designing a badge")]
    playlist(activity(network, title="What is new"), title="Refresh", badge_class=badge, renews_badge=True)
    return playlist(*modules, title="Training", badge_class=badge)


@pytest.fixture
def organiser():
    return OrganiserFactory(verified=True)


def learner(organiser, training, done=1, **facts):
    person = MembershipFactory(organiser=organiser, role="issuer", person=PersonFactory(**facts)).person
    join_playlist(training, by=person)
    for step in list(training.steps.all())[:done]:
        confirm_activity(step.activity, by=person)
    return person


def test_the_training_has_its_title_in_the_readers_language(client, organiser, training):
    translation_of_it = translated(training)
    translation_of_it.title = "Mokymai"
    translation_of_it.save_revision().publish()
    client.force_login(learner(organiser, training, language="lt"))

    route = client.get(MINE).context["route"]

    assert route.playlist.title == "Mokymai"
    assert (route.done, route.needed) == (1, 2)


def seen_by_owner(client, organiser):
    client.force_login(owner_of(organiser))
    return client.get(f"/workspace/{organiser.slug}/quality-label/").text


def test_owners_see_nothing_without_consent_and_what_is_done_with_it(client, training, organiser):
    person = learner(organiser, training, name="Rasa Rasaitė")
    before = seen_by_owner(client, organiser)
    client.force_login(person)
    mine = client.get(MINE).text
    client.post(f"{MINE}{organiser.slug}/show/")
    with_it = seen_by_owner(client, organiser)
    client.force_login(person)
    client.post(f"{MINE}{organiser.slug}/hide/")
    after = seen_by_owner(client, organiser)

    assert "1 of 2 done" in mine
    assert ["Rasa Rasaitė" in page for page in (before, with_it, after)] == [False, True, False]
    assert "1 of 2 done" in with_it
    assert "Recognition" in with_it
    assert "Designing a badge" not in with_it


def test_others_of_the_organiser_see_nothing(client, training, organiser):
    share_training(organiser, by=learner(organiser, training, name="Rasa Rasaitė"))
    client.force_login(MembershipFactory(organiser=organiser, role="author").person)

    assert "Rasa Rasaitė" not in client.get(f"/workspace/{organiser.slug}/quality-label/").text


def test_whoever_leaves_is_seen_no_more_and_can_still_take_it_back(client, training, organiser):
    person = learner(organiser, training)
    share_training(organiser, by=person)
    organiser.memberships.filter(person=person).delete()
    client.force_login(person)

    assert learners_of(organiser) == []
    assert organiser.name in client.get(MINE).text
    assert client.post(f"{MINE}{organiser.slug}/show/").status_code == 403
    assert client.post(f"{MINE}{organiser.slug}/hide/").status_code == 302
    assert not TrainingShare.objects.exists()


def test_only_members_agree_and_once(client, training, organiser):
    stranger, person = PersonFactory(), learner(organiser, training)
    client.force_login(stranger)

    assert [client.post(f"{MINE}{organiser.slug}/{verb}/").status_code for verb in ("show", "hide")] == [404, 404]
    with pytest.raises(PermissionDenied):
        share_training(organiser, by=stranger)
    assert share_training(organiser, by=person) == share_training(organiser, by=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        TrainingShare.objects.create(person=person, organiser=organiser)


def test_without_a_training_the_page_says_so(client, organiser):
    client.force_login(owner_of(organiser))
    share_training(organiser, by=owner_of(organiser))

    assert "no training open at the moment" in client.get(MINE).text
    assert learners_of(organiser) == []


def test_one_learner_or_many_take_the_same_queries(client, training, organiser):
    share_training(organiser, by=learner(organiser, training))
    client.force_login(owner_of(organiser))
    address = f"/workspace/{organiser.slug}/quality-label/"
    one = queries_of(client, address)
    for _more in range(4):
        share_training(organiser, by=learner(organiser, training))

    assert queries_of(client, address) == one
