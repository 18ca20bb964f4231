"""Sessions that ran out leave nothing behind."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from portal import clock
from portal.accounts.schedule import forget_ended_sessions
from tests.factories.accounts import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_ended_sessions_are_forgotten_and_live_ones_are_kept(client):
    person = PersonFactory()
    client.force_login(person)
    key = client.session.session_key
    UserSession.objects.create(user=person, ip="192.0.2.1", user_agent="Old phone", session_key=key)

    forget_ended_sessions()
    assert UserSession.objects.filter(session_key=key).exists()

    with clock.moved_to(timedelta(days=15)):
        forget_ended_sessions()
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()
