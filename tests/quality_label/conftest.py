"""Fixtures of the label's pages."""

import pytest

from portal import clock
from quality_label.actions import begin_version
from tests.factories.accounts import PersonFactory
from tests.factories.label import FrameworkVersionFactory
from tests.factories.organisers import OrganiserFactory
from tests.quality_label.awarding import TODAY, at


@pytest.fixture
def admin(client):
    """Sign a network admin in."""
    person = PersonFactory(roles=["network_admin"])
    client.force_login(person)
    return person


@pytest.fixture
def draft(admin):
    """A draft that says what the version in force says."""
    return begin_version("1.1", source=FrameworkVersionFactory(in_force=True, name="1.0"), by=admin)


@pytest.fixture
def stopped_clock():
    """Let the clock stand at noon of TODAY."""
    with clock.moved_to(at(TODAY)):
        yield


@pytest.fixture
def organiser(stopped_clock):
    """A verified organiser."""
    return OrganiserFactory(verified=True)
