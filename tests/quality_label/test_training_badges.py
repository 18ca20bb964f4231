"""The network chooses which of its badges show that somebody was trained."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from portal.audit.models import AuditEvent
from portal.workflow import StepRefused, take
from quality_label.actions.training import choose_training_badges
from quality_label.models import TrainingBadge
from tests.factories.accounts import PersonFactory
from tests.factories.badges import draft_badge, issuer_of, published_badge
from tests.factories.organisers import OrganiserFactory

pytestmark = pytest.mark.django_db
PATH = "/network/training/"


@pytest.fixture
def network():
    return OrganiserFactory(verified=True, is_network=True)


def chosen():
    return [one.badge_class for one in TrainingBadge.objects.all()]


def test_an_admin_chooses_among_the_published_badges_of_the_network(client, admin, network):
    first, second = published_badge(network, name="Training"), published_badge(network, name="Refresher")
    draft, foreign = draft_badge(network), published_badge()

    offered = list(client.get(PATH).context["form"].fields["badges"].queryset)
    client.post(PATH, {"badges": [first.pk, second.pk]})
    both = chosen()
    client.post(PATH, {"badges": [second.pk]})
    one = chosen()
    refused = [client.post(PATH, {"badges": [badge.pk]}).status_code for badge in (draft, foreign)]

    assert (offered, set(both), one) == ([second, first], {first, second}, [second])
    assert (refused, chosen()) == ([422, 422], [second])
    assert client.get(PATH).context["form"]["badges"].value() == [second.pk]
    assert AuditEvent.objects.filter(verb="quality_label.choose_training").count() == 2
    client.post(PATH, {})
    assert chosen() == []


def test_an_archived_badge_stays_chosen(client, admin, network):
    badge = published_badge(network)
    choose_training_badges([badge], by=admin)
    take(badge.archive, by=issuer_of(network))

    client.post(PATH, {"badges": [badge.pk]})

    assert chosen() == [badge]


def test_without_a_published_badge_the_page_says_what_to_do(client, admin):
    assert "Publish one in the workspace of the network" in client.get(PATH).text


@pytest.mark.parametrize("role", [None, "coordinator", "assessor"])
def test_nobody_else_chooses(client, role, network):
    badge, person = published_badge(network), PersonFactory(roles=[role] if role else [])
    client.force_login(person)

    assert client.post(PATH, {"badges": [badge.pk]}).status_code == 403
    with pytest.raises(PermissionDenied):
        choose_training_badges([badge], by=person)


def test_badges_of_others_and_drafts_train_nobody(admin, network):
    for badge in [published_badge(), draft_badge(network)]:
        with pytest.raises(StepRefused, match="published badges of the network itself"):
            choose_training_badges([badge], by=admin)


def test_a_badge_is_chosen_once(network):
    badge = published_badge(network)
    TrainingBadge.objects.create(badge_class=badge)

    with pytest.raises(IntegrityError), transaction.atomic():
        TrainingBadge.objects.create(badge_class=badge)
